import { mergeListens as merge, unmergeListen } from '../curation/mergeListens.ts';
import { evidence } from '../listens/evidence.ts';
import type { MutationHandler } from './definition.ts';
import { listenNamedBy, refuse } from './targets.ts';
import { refuseTwoOfOneSource } from './twoOfOneSource.ts';

/** A person's decision that these were one play, reported by several sources. */
export const mergeListens: MutationHandler<'merge-listens'> = {
  retarget: (mutation, resolver) => ({ ...mutation, listenIds: mutation.listenIds.map((id) => resolver.listen(id)) }),
  apply(core, { listenIds }) {
    const ids = new Set(listenIds.map((id) => listenNamedBy(core, id).id));
    if (ids.size < 2) return { seenIn: 'journal' };
    refuseTwoOfOneSource([...ids].flatMap((id) => evidence.resolvedOf(core, id)));
    merge(core, ids);
    return { seenIn: 'journal' };
  },
};

/** Takes that back. */
export const unmergeListens: MutationHandler<'part-listens'> = {
  retarget: (mutation, resolver) => ({
    ...mutation,
    listenIds: mutation.listenIds.map((id) => resolver.deletedListen(id)),
  }),
  apply(core, { listenIds }) {
    const unmerged = listenIds.filter((id) => unmergeListen(core, id));
    if (unmerged.length === 0) refuse('not-merged', 'These listens were not merged, or are two again already.');
    return { seenIn: 'journal' };
  },
};
