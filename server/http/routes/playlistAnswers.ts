import type { Draw, Playlist, PlaylistItem, PlaylistTrack } from '#shared/api/playlists.ts';
import type { PlaylistDocument, PlaylistEntry } from '#shared/library/playlist.ts';
import type { DrawExplanation } from '#shared/playlists/draw.ts';
import type { ExportedPlaylist } from '#shared/playlists/export/playlist.ts';
import type { Library } from '../../library/api/library.ts';

/** A playlist without its tracks. */
export function itemAnswer(item: PlaylistItem): PlaylistItem {
  const dropped = item.options?.['dropped'];
  return { ...item, ...(typeof dropped === 'number' && { dropped }) };
}

/** A stored playlist with its tracks. */
export function playlistAnswer(
  library: Library,
  item: PlaylistItem,
  document: PlaylistDocument,
  explanation?: DrawExplanation,
): Playlist {
  return { ...itemAnswer(item), tracks: tracksOf(library, document), ...(explanation && { explanation }) };
}

/** A draw that is not stored. */
export function drawAnswer(library: Library, document: PlaylistDocument, explanation: DrawExplanation): Draw {
  const { entries, options, id: _id, ...facts } = document;
  return {
    id: null,
    ...facts,
    options: options ?? null,
    trackCount: entries.length,
    state: 'ready',
    failure: null,
    problem: null,
    tracks: tracksOf(library, document),
    explanation,
  };
}

function tracksOf(library: Library, { entries }: PlaylistDocument): PlaylistTrack[] {
  // No track has the id 0.
  const tracks = library.reads.tracks(entries.map(({ trackId }) => trackId ?? 0));
  return entries.map((each, index) => {
    const { entry, reason } = each;
    return {
      ...(tracks[index] ?? describeLimits(each)),
      entry,
      position: index + 1,
      ...(reason !== undefined && { reason }),
    };
  });
}

/** What an entry without a track says of itself. */
const describeLimits = ({ artist, title, album }: PlaylistEntry) => ({
  id: null,
  title: title ?? '',
  durationSeconds: null,
  album: album ? { id: null, title: album, year: null } : null,
  artists: artist ? [{ id: null, name: artist }] : [],
});

/** The playlist with names in place of keys. */
export function exportedPlaylist(library: Library, document: PlaylistDocument): ExportedPlaylist {
  const { name, algorithm, aiPrompt, createdAt } = document;
  return {
    name,
    algorithm,
    aiPrompt,
    createdAt,
    tracks: tracksOf(library, document).map(({ title, artists, album, durationSeconds, reason }) => ({
      title,
      artists: artists.map((artist) => artist.name),
      album: album?.title ?? null,
      year: album?.year ?? null,
      durationSeconds,
      ...(reason !== undefined && { reason }),
    })),
  };
}
