import type { RxConflictHandler } from 'rxdb/plugins/core';
import { defaultConflictHandler } from 'rxdb/plugins/core';
import type { CollectionName } from '#shared/sync/collections.ts';
import { resolvePlaylist } from './playlistConflict.ts';

/**
 * What this device wrote last of a playlist, by its id, where it learns only by a conflict that the server had taken it. RxDB takes
 * what was there before for what both sides have in common.
 */
export type OwnWrites = Map<string, object>;

/** Intents: the server's word is final, it carries the verdict. Playlists: both sides' edits are merged. */
export function conflictHandlerOf(name: CollectionName, now: () => number, ownWrites: OwnWrites): RxConflictHandler<unknown> {
  if (name !== 'playlists') return defaultConflictHandler;
  return {
    isEqual: (a, b, context) => defaultConflictHandler.isEqual(a, b, context),
    resolve: (conflict) => {
      const { id } = conflict.realMasterState as unknown as { id: string };
      const assumedMasterState = ownWrites.get(id) ?? conflict.assumedMasterState;
      return Promise.resolve(resolvePlaylist({ ...conflict, assumedMasterState } as typeof conflict, Math.floor(now() / 1_000)));
    },
  };
}
