import { catalogue } from '../catalogue/reported.ts';
import { resolveId } from '../curation/redirects.ts';
import { decide, forgetDecision } from '../listens/decisions.ts';
import { evidence, reportKey } from '../listens/evidence.ts';
import { resolve } from '../listens/resolve.ts';
import type { MutationHandler } from './definition.ts';
import { refuseTwoOfOneSource, reportsOf } from './sourceReports.ts';
import { listenNamedBy, refuse } from './targets.ts';

/** A person's decision that one report is a play of its own; it holds for all that is resolved from then on. */
export const splitListen: MutationHandler<'split-listen'> = {
  retarget(mutation, resolver) {
    const listenId = resolver.listen(mutation.listenId);
    return { ...mutation, listenId, scrobbleId: resolver.scrobble(mutation.scrobbleId, listenId) };
  },
  apply(core, { listenId, scrobbleId }) {
    const listen = listenNamedBy(core, listenId);
    const rows = reportsOf(core, listen.id);
    const one =
      rows.find(({ id }) => id === scrobbleId) ??
      refuse('unknown-scrobble', 'This report is not part of the listen any more.');
    if (rows.length === 1) refuse('only-witness', 'This is the only report of the listen.');
    for (const other of rows) if (other !== one) decide(core, reportKey(one), reportKey(other), 'different');
    core.db.run('UPDATE scrobbles SET listen_id = NULL, reasons = NULL WHERE id = ?', one.id);
    resolve(
      core,
      catalogue(core),
      rows.map((row) => evidence.byId(core, row.id)!),
    );
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
    const others = reportsOf(core, listen.id);
    refuseTwoOfOneSource([one, ...others]);
    for (const other of others) forgetDecision(core, reportKey(one), reportKey(other));
    resolve(core, catalogue(core), [one, ...others]);
    // What the rule would not join was joined manually before, so it is again.
    if (evidence.byId(core, scrobbleId)?.listen_id !== resolveId(core, 'listen', listen.id)) {
      for (const other of others) decide(core, reportKey(one), reportKey(other), 'same');
      resolve(
        core,
        catalogue(core),
        [one, ...others].map((row) => evidence.byId(core, row.id)!),
      );
    }
    return { seenIn: 'journal' };
  },
};
