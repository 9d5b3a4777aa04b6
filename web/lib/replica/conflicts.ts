import type { RxConflictHandler } from 'rxdb/plugins/core';
import { defaultConflictHandler } from 'rxdb/plugins/core';
import type { CollectionName } from '#shared/sync/collections.ts';
import { resolvePlaylist } from './playlistConflict.ts';

/** Intents: the server's word is final, it carries the verdict. Playlists: both sides' edits are merged. */
export function conflictHandlerOf(name: CollectionName, now: () => number): RxConflictHandler<unknown> {
  if (name !== 'playlists') return defaultConflictHandler;
  return {
    isEqual: (a, b, context) => defaultConflictHandler.isEqual(a, b, context),
    resolve: (conflict) => Promise.resolve(resolvePlaylist(conflict, Math.floor(now() / 1_000))),
  };
}
