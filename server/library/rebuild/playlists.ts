import type { PlaylistDocument } from '#shared/library/playlist.ts';
import type { Playlists } from '../api/playlists.ts';
import { type Core, listed } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import type { ForeignIds, Need } from './ids.ts';

/**
 * @param asText tracks that were not given are stored as text, and join when a track of that name comes.
 * @returns what it names that was not given yet; null for one that the library has, or had.
 */
export function takePlaylist(
  core: Core,
  ids: ForeignIds,
  playlists: Playlists,
  document: PlaylistDocument,
  asText: boolean,
): Need[] | null {
  if (core.db.get('SELECT 1 FROM playlists WHERE uid = ?', document.id) !== undefined) return null;
  const ours = new Map(
    document.entries.flatMap(({ trackId }) =>
      trackId === null ? [] : [[trackId, resolveId(core, 'track', ids.track(trackId))] as const],
    ),
  );
  const there = new Set(
    core.db
      .rows<[number]>('SELECT id FROM tracks WHERE id IN (SELECT value FROM json_each(?))', listed(ours.values()))
      .map(([id]) => id),
  );
  const missing = [...ours].filter(([, id]) => !there.has(id)).map(([theirs]): Need => ['track', theirs]);
  if (missing.length > 0 && !asText) return missing;
  const trackOf = (theirs: number) => (there.has(ours.get(theirs)!) ? ours.get(theirs)! : null);
  playlists.put({
    ...document,
    entries: document.entries.map((entry) => ({
      ...entry,
      trackId: entry.trackId === null ? null : trackOf(entry.trackId),
    })),
  });
  return [];
}
