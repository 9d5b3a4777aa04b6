/** A title and whose it is. */
interface Named {
  title: string;
  artistLine: string;
}

/** What a stretch is called. */
export interface StretchNames {
  title: string;
  artist: string;
  /** The record of a single track, where it has another name than the track. */
  record: string | null;
}

/**
 * What a stretch is called: several listens by their record, one alone by its track, however long it played, as in the Journal. What has
 * no name yet is called ''.
 */
export function namesOf(listens: readonly { track: Named | null | undefined }[], album: Named | null): StretchNames {
  const track = listens[0]?.track;
  if (track?.title && (listens.length === 1 || !album)) {
    return { title: track.title, artist: track.artistLine || (album?.artistLine ?? ''), record: album && album.title !== track.title ? album.title : null };
  }
  return { title: album?.title ?? '', artist: album?.artistLine ?? track?.artistLine ?? '', record: null };
}
