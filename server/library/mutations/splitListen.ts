import { rejoinReport, splitReport } from '../curation/mergeListens.ts';
import { evidence } from '../listens/evidence.ts';
import type { MutationHandler } from './definition.ts';
import { listenNamedBy, refuse } from './targets.ts';
import { refuseTwoOfOneSource } from './twoOfOneSource.ts';

/** A person's decision that one report is a play of its own; it holds for all that is resolved from then on. */
export const splitListen: MutationHandler<'split-listen'> = {
  retarget(mutation, resolver) {
    const listenId = resolver.listen(mutation.listenId);
    return { ...mutation, listenId, scrobbleId: resolver.scrobble(mutation.scrobbleId, listenId) };
  },
  apply(core, { listenId, scrobbleId }) {
    const reports = evidence.resolvedOf(core, listenNamedBy(core, listenId).id);
    const one =
      reports.find(({ id }) => id === scrobbleId) ??
      refuse('unknown-scrobble', 'This report is not part of the listen any more.');
    if (reports.length === 1) refuse('only-witness', 'This is the only report of the listen.');
    splitReport(core, one, reports);
    return { seenIn: 'journal' };
  },
};

/** Takes that back. */
export const rejoinListen: MutationHandler<'rejoin-listen'> = {
  retarget: (mutation, resolver) => ({
    ...mutation,
    listenId: resolver.listen(mutation.listenId),
    scrobbleId: resolver.scrobble(mutation.scrobbleId, undefined),
  }),
  apply(core, { listenId, scrobbleId }) {
    const listen = listenNamedBy(core, listenId);
    const one = evidence.byId(core, scrobbleId);
    if (one?.state !== 'resolved') return refuse('unknown-scrobble', 'This report is not in the journal any more.');
    if (one.listen_id === listen.id) return { seenIn: 'journal' };
    const others = evidence.resolvedOf(core, listen.id);
    refuseTwoOfOneSource([one, ...others]);
    rejoinReport(core, one, listen.id, others);
    return { seenIn: 'journal' };
  },
};
