import type { RxConflictHandlerInput, WithDeleted } from 'rxdb/plugins/core';
import type { PlaylistDocument } from '#shared/library/playlist.ts';

type State = WithDeleted<PlaylistDocument>;

/** Of two edits of a playlist the later one stands; a deletion of a playlist that the other side changed gives way. */
export function mergePlaylists(conflict: RxConflictHandlerInput<unknown>): State {
  const mine = conflict.newDocumentState as State;
  const theirs = conflict.realMasterState as State;
  return mine.updatedAt > theirs.updatedAt ? mine : theirs;
}
