import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { PlaylistAlgorithms, type PlaylistDocument, type PlaylistEntry } from '#shared/library/playlist.ts';
import type { DrawExplanation } from '#shared/playlists/draw.ts';
import type { ExportedPlaylist } from '#shared/playlists/export/playlist.ts';
import type { Library } from '../../library/api/library.ts';
import type { PlaylistItem } from '../../library/api/playlists.ts';

const Count = v.number();
const PlaylistTrack = v.object({
  /** Null where the library does not know the track (yet): the rest is then as it was written down, in words. */
  id: v.nullable(v.number()),
  /** Names the place, for moving and removing it. */
  entry: v.string(),
  /** Counted from 1. */
  position: v.number(),
  title: v.string(),
  durationSeconds: v.nullable(v.number()),
  album: v.nullable(v.object({ id: v.nullable(v.number()), title: v.string(), year: v.nullable(v.number()) })),
  artists: v.array(v.object({ id: v.nullable(v.number()), name: v.string() })),
  reason: v.optional(v.string()),
});
const itemEntries = {
  name: v.string(),
  algorithm: v.nullable(v.picklist(PlaylistAlgorithms)),
  aiPrompt: v.nullable(v.string()),
  options: v.nullable(v.record(v.string(), v.unknown())),
  trackCount: Count,
  createdAt: v.number(),
  updatedAt: v.number(),
  state: v.picklist(['writing', 'ready', 'failed']),
  failure: v.nullable(v.string()),
  problem: v.nullable(Problem),
  /** Tracks that the model named and that could not be used. */
  dropped: v.optional(Count),
};
export const PlaylistItemAnswer = v.object({ id: v.string(), ...itemEntries });
export const PlaylistAnswer = v.object({
  /** Null for a draw that is not kept. */
  id: v.nullable(v.string()),
  ...itemEntries,
  tracks: v.array(PlaylistTrack),
  explanation: v.optional(
    v.object({
      asked: Count,
      drawn: Count,
      offered: Count,
      leftOut: v.object({ notOwned: Count, heardSince: Count, artistFull: Count, otherPressing: Count }),
      short: v.nullable(
        v.picklist(['library-empty', 'nothing-heard', 'nothing-loved', 'nothing-of-decade', 'nothing-else']),
      ),
    }),
  ),
});

/** A playlist without its tracks. */
export function itemAnswer(item: PlaylistItem): v.InferOutput<typeof PlaylistItemAnswer> {
  const dropped = item.options?.['dropped'];
  return { ...item, ...(typeof dropped === 'number' && { dropped }) };
}

/** A kept playlist with its tracks. */
export function playlistAnswer(
  library: Library,
  item: PlaylistItem,
  document: PlaylistDocument,
  explanation?: DrawExplanation,
): v.InferOutput<typeof PlaylistAnswer> {
  return { ...itemAnswer(item), tracks: tracksOf(library, document), ...(explanation && { explanation }) };
}

/** A draw that is not kept. */
export function drawAnswer(
  library: Library,
  document: PlaylistDocument,
  explanation: DrawExplanation,
): v.InferOutput<typeof PlaylistAnswer> {
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

function tracksOf(library: Library, { entries }: PlaylistDocument): v.InferOutput<typeof PlaylistTrack>[] {
  // No track has the id 0.
  const tracks = library.reads.tracks(entries.map(({ trackId }) => trackId ?? 0));
  return entries.map((each, index) => {
    const { entry, reason } = each;
    return { ...(tracks[index] ?? inWords(each)), entry, position: index + 1, ...(reason !== undefined && { reason }) };
  });
}

/** What an entry without a track says of itself. */
const inWords = ({ artist, title, album }: PlaylistEntry) => ({
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
