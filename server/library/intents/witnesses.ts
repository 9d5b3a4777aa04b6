import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { findFormer, forgetFormer } from '../curation/redirects.ts';
import { decide, forgetDecision } from '../listens/decisions.ts';
import { evidence, reportKey, type ScrobbleRow } from '../listens/evidence.ts';
import { touchPage } from '../listens/journalPages.ts';
import { listenRow } from '../listens/listens.ts';
import { resolve } from '../listens/resolve.ts';
import type { Handlers } from './handler.ts';
import { keepMerged, snapshots, takeMerged } from './merged.ts';
import { keepListenNote } from './notes.ts';
import { listenNamedBy, refuse } from './targets.ts';

/** A person's word on which reports are one play; it holds for all that is resolved from then on. */
export const witnesses: Handlers<'split-listen' | 'rejoin-listen' | 'merge-listens' | 'part-listens'> = {
  'split-listen'(core, { listenId, scrobbleId }) {
    const listen = listenNamedBy(core, listenId);
    const rows = standing(core, listen.id);
    const one =
      rows.find(({ id }) => id === scrobbleId) ??
      refuse('unknown-scrobble', 'This report is not a witness of the listen any more.');
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
  'rejoin-listen'(core, { listenId, scrobbleId }) {
    const listen = listenNamedBy(core, listenId);
    const one = evidence.byId(core, scrobbleId);
    if (one?.state !== 'resolved') return refuse('unknown-scrobble', 'This report is not in the journal any more.');
    if (one.listen_id === listen.id) return { seenIn: 'journal' };
    const others = standing(core, listen.id);
    refuseTwoOfOneSource([one, ...others]);
    for (const other of others) forgetDecision(core, reportKey(one), reportKey(other));
    resolve(core, catalogue(core), [one, ...others]);
    // What the rule would not join was joined by hand before, so it is again.
    if (evidence.byId(core, scrobbleId)?.listen_id !== findFormer(core, 'listen', listen.id)) {
      for (const other of others) decide(core, reportKey(one), reportKey(other), 'same');
      resolve(
        core,
        catalogue(core),
        [one, ...others].map((row) => evidence.byId(core, row.id)!),
      );
    }
    return { seenIn: 'journal' };
  },
  'merge-listens'(core, { listenIds }) {
    const ids = new Set(listenIds.map((id) => listenNamedBy(core, id).id));
    if (ids.size < 2) return { seenIn: 'journal' };
    const before = snapshots(core, ids);
    const rows = [...ids].flatMap((id) => standing(core, id));
    refuseTwoOfOneSource(rows);
    rows.forEach((one, index) => {
      for (const other of rows.slice(index + 1)) decide(core, reportKey(one), reportKey(other), 'same');
    });
    resolve(core, catalogue(core), rows);
    keepMerged(core, before);
    return { seenIn: 'journal' };
  },
  'part-listens'(core, { listenIds }) {
    const parted = listenIds.filter((id) => part(core, id));
    if (parted.length === 0) refuse('not-merged', 'These listens were not merged, or are two again already.');
    return { seenIn: 'journal' };
  },
};

const standing = (core: Core, listenId: number): ScrobbleRow[] =>
  evidence.ofListen(core, listenId).filter(({ state }) => state === 'resolved');

/** Brings a listen back that was merged into another, under its own id and with its own note. @returns false when there is none. */
function part(core: Core, listenId: number): boolean {
  if (listenRow(core, listenId) !== undefined) return false;
  const merged = takeMerged(core, listenId);
  const heir = listenRow(core, findFormer(core, 'listen', listenId));
  if (merged === undefined || heir === undefined) return false;
  const rows = standing(core, heir.id);
  const own = rows.filter(({ id }) => merged.reports.includes(id));
  const others = rows.filter((row) => !own.includes(row));
  if (own.length === 0 || others.length === 0) return false;
  for (const one of own) for (const other of others) decide(core, reportKey(one), reportKey(other), 'different');
  forgetFormer(core, 'listen', listenId);
  core.db.run(
    'UPDATE scrobbles SET listen_id = ?, reasons = NULL WHERE id IN (SELECT value FROM json_each(?))',
    listenId,
    JSON.stringify(own.map(({ id }) => id)),
  );
  resolve(
    core,
    catalogue(core),
    rows.map((row) => evidence.byId(core, row.id)!),
  );
  giveNote(core, listenId, merged.note);
  if (merged.note !== null) giveNote(core, heir.id, merged.heirNote);
  return true;
}

function giveNote(core: Core, listenId: number, note: string | null): void {
  const listen = listenRow(core, listenId);
  if (listen === undefined || listen.note === note) return;
  keepListenNote(core, listenId, 'replaced');
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', note, listenId);
  touchPage(core, listen.page);
}

/** One source reports a play once: two of its reports under different keys are two plays. */
function refuseTwoOfOneSource(rows: readonly ScrobbleRow[]): void {
  const sources = rows.map(({ source }) => source);
  const twice = sources.find((source, index) => sources.indexOf(source) !== index);
  if (twice !== undefined)
    refuse('same-source', `${twice} reported these as separate plays, so they stay separate listens.`);
}
