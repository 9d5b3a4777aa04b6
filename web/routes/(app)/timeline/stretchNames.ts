/** A title and whose it is. */
interface Named {
  title: string;
  artistLine: string;
}

/** A track as far as it identifies its record. */
interface OfRecord extends Named {
  album: { id: string } | null;
  unsent?: { album?: string };
}

/** The record of a track that waits to be sent by its names: the library has none yet. */
export function unsentRecord(track: Pick<OfRecord, 'artistLine' | 'unsent'> | null | undefined): Named | null {
  const title = track?.unsent?.album;
  return track && title !== undefined ? { title, artistLine: track.artistLine } : null;
}

/** Names the record of a listen, that of its track where it has none: the same for all that is of one record, also of what waits to be sent. */
export function recordKey(
  { ownerId, trackId }: { ownerId: number; trackId: number },
  track: OfRecord | null | undefined,
): string {
  if (ownerId > 0) return `album ${ownerId}`;
  if (track?.unsent && track.album) return `album ${track.album.id}`;
  const unsent = unsentRecord(track);
  return unsent ? `unsent ${unsent.artistLine}\n${unsent.title}` : `track ${trackId}`;
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
    return {
      title: track.title,
      artist: track.artistLine || (album?.artistLine ?? ''),
      record: album && album.title !== track.title ? album.title : null,
    };
  }
  return { title: album?.title ?? '', artist: album?.artistLine ?? track?.artistLine ?? '', record: null };
}
