import type { RxConflictHandler } from 'rxdb/plugins/core';
import { defaultConflictHandler } from 'rxdb/plugins/core';
import type { CollectionName } from '#shared/sync/collections.ts';
import { resolvePlaylist } from './playlistConflict.ts';

/**
 * What both sides have in common of a playlist, by its id, where it is not what RxDB takes for it: what this device wrote last,
 * where it learns only by a conflict that the server had taken it; what was there before, where the server refused what this device
 * wrote. Null: nothing.
 */
export type OwnWrites = Map<string, object | null>;

/** Mutations: the server's word is final, it carries the result. Playlists: both sides' edits are merged. */
export function conflictHandlerOf(
  name: CollectionName,
  now: () => number,
  ownWrites: OwnWrites,
): RxConflictHandler<unknown> {
  if (name !== 'playlists') return defaultConflictHandler;
  return {
    isEqual: (a, b, context) => defaultConflictHandler.isEqual(a, b, context),
    resolve: (conflict) => {
      const { id } = conflict.realMasterState as unknown as { id: string };
      const own = ownWrites.get(id);
      // Used once: what comes of it stands on what the server has now.
      ownWrites.delete(id);
      const assumedMasterState = own === undefined ? conflict.assumedMasterState : (own ?? undefined);
      return Promise.resolve(
        resolvePlaylist({ ...conflict, assumedMasterState } as typeof conflict, Math.floor(now() / 1_000)),
      );
    },
  };
}
