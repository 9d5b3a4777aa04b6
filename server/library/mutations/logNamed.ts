import type { MutationHandler } from './definition.ts';
import { logTracks } from './manualListens.ts';
import { namedTracks } from './namedTracks.ts';

/** "I am playing this" of what the library has no tracks of. */
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
