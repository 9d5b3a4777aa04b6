import type { MutationOf } from '#shared/mutations/registry.ts';
import type { Core } from '../core.ts';
import type { MutationHandler } from './definition.ts';
import { logTracks } from './manualListens.ts';
import { namedTracks } from './namedTracks.ts';

/** Logs what the library has no tracks of. */
export const logNamed: MutationHandler<'log-named'> = {
  hasOwnName: true,
  retarget({ albumId, ...named }, resolver) {
    const id = albumId === undefined ? undefined : resolver.albumIfThere(albumId);
    return { ...named, ...(id !== undefined && { albumId: id }) };
  },
  apply(core, { group, playedAt, artist, album, albumId, tracks, whole }, arrival) {
    const named = namedTracks(core, { artist, album, albumId, tracks, whole });
    return logTracks(core, { group, playedAt, tracks: named, ...(whole && { whole }) }, arrival);
  },
};

/** The library's tracks of what was logged by names as this group; undefined where none of it was. */
export function tracksNamedIn(core: Core, group: string): ReturnType<typeof namedTracks> | undefined {
  const stored = core.db.get<{ intent: string }>(
    `SELECT intent FROM intents WHERE intent ->> 'kind' = 'log-named' AND intent ->> 'group' = ?`,
    group,
  );
  return stored && namedTracks(core, JSON.parse(stored.intent) as MutationOf<'log-named'>);
}
