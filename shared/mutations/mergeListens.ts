import * as v from 'valibot';
import { defineMutation, type ShownNames, type Targets } from './definition.ts';
import { ListenIds } from './fields.ts';

interface Listens {
  listenIds: number[];
}

const targets = ({ listenIds }: Listens, shown: ShownNames): Targets => listenIds.map((id) => shown.listen(id));

/** These were one play; the first is shown meanwhile. Undone by {@link unmergeListens} of the same. */
export const mergeListens = defineMutation({
  schema: v.object({ kind: v.literal('merge-listens'), listenIds: ListenIds }),
  shownIn: ['journal'],
  conflictKey: null,
  targets,
  optimistic({ merged, unmerged }, { listenIds: [first = 0, ...others] }) {
    merged.set(first, others);
    unmerged.delete(first);
  },
});

export const unmergeListens = defineMutation({
  schema: v.object({ kind: v.literal('part-listens'), listenIds: ListenIds }),
  shownIn: ['journal'],
  conflictKey: null,
  targets,
  optimistic({ merged, unmerged }, { listenIds: [first = 0, ...others] }) {
    unmerged.set(first, others);
    merged.delete(first);
  },
});
