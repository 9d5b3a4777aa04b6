import { catalogue } from '../catalogue/reported.ts';
import { decide } from '../listens/decisions.ts';
import { evidence, reportKey, type ScrobbleRow } from '../listens/evidence.ts';
import { resolve } from '../listens/resolve.ts';
import type { Handlers } from './handler.ts';
import { listenNamedBy, refuse } from './targets.ts';

/** A person's word on which reports are one play; it holds for all that is resolved from then on. */
export const witnesses: Handlers<'split-listen' | 'merge-listens'> = {
  'split-listen'(core, { listenId, scrobbleId }) {
    const listen = listenNamedBy(core, listenId);
    const rows = evidence.ofListen(core, listen.id).filter(({ state }) => state === 'resolved');
    const one = rows.find(({ id }) => id === scrobbleId) ?? refuse('unknown-scrobble', 'This report is not a witness of the listen any more.');
    if (rows.length === 1) refuse('only-witness', 'This is the only report of the listen.');
    for (const other of rows) if (other !== one) decide(core, reportKey(one), reportKey(other), 'different');
    core.db.run('UPDATE scrobbles SET listen_id = NULL, reasons = NULL WHERE id = ?', one.id);
    resolve(core, catalogue(core), rows.map((row) => evidence.byId(core, row.id)!));
    return { seenIn: 'journal' };
  },
  'merge-listens'(core, { listenIds }) {
    const ids = new Set(listenIds.map((id) => listenNamedBy(core, id).id));
    if (ids.size < 2) return { seenIn: 'journal' };
    const rows = [...ids].flatMap((id) => evidence.ofListen(core, id).filter(({ state }) => state === 'resolved'));
    refuseTwoOfOneSource(rows);
    rows.forEach((one, index) => {
      for (const other of rows.slice(index + 1)) decide(core, reportKey(one), reportKey(other), 'same');
    });
    resolve(core, catalogue(core), rows);
    return { seenIn: 'journal' };
  },
};

/** One source reports a play once: two of its reports under different keys are two plays. */
function refuseTwoOfOneSource(rows: readonly ScrobbleRow[]): void {
  const sources = rows.map(({ source }) => source);
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined) refuse('same-source', `${twice} reported these as separate plays, so they stay separate listens.`);
}
