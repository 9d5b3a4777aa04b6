import * as v from 'valibot';
import { defineMutation } from './definition.ts';
import { ListenId } from './fields.ts';

const conflictKey = {
  name: 'presence',
  entity: 'listen',
  id: ({ listenId }: { listenId: number }) => listenId,
} as const;

/** Takes a listen out of the journal; undone by {@link restoreListen}. */
export const deleteListen = defineMutation({
  schema: v.object({ kind: v.literal('delete-listen'), listenId: ListenId }),
  shownIn: ['journal'],
  conflictKey,
  targets: ({ listenId }, shown) => [shown.listen(listenId)],
  optimistic({ deletedListens, restoredListens }, { listenId }) {
    restoredListens.delete(listenId);
    deletedListens.add(listenId);
  },
});

export const restoreListen = defineMutation({
  schema: v.object({ kind: v.literal('restore-listen'), listenId: ListenId }),
  shownIn: ['journal'],
  conflictKey,
  targets: ({ listenId }, shown) => [shown.listen(listenId)],
  optimistic({ deletedListens, restoredListens }, { listenId }) {
    deletedListens.delete(listenId);
    restoredListens.add(listenId);
  },
});
