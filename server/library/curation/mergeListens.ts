import { nowSeconds } from '../../kit/clock.ts';
import { catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { decide, forgetDecision } from '../listens/decisions.ts';
import { evidence, reportKey, type ScrobbleRow } from '../listens/evidence.ts';
import { type ListenRow, listenRow } from '../listens/listens.ts';
import { replaceListenNote } from '../listens/notes.ts';
import { resolve } from '../listens/resolve.ts';
import { removeRedirect, resolveId } from './redirects.ts';

/** A listen as it was before a person merged it into another. */
interface MergedListen extends ListenRow {
  /** Ids of the reports that were its own. */
  reports: number[];
}

/**
 * Makes one listen of several, and stores what an unmerge needs. The decision holds for all that is resolved from then on.
 *
 * @param ids listens in the journal whose reports are each of another source.
 */
export function mergeListens(core: Core, ids: ReadonlySet<number>): void {
  const before = snapshotsOf(core, ids);
  const reports = [...ids].flatMap((id) => evidence.resolvedOf(core, id));
  reports.forEach((one, index) => {
    for (const other of reports.slice(index + 1)) decide(core, reportKey(one), reportKey(other), 'same');
  });
  resolve(core, catalogue(core), reports);
  storeMerged(core, before);
}

/** Restores a listen that was merged into another, under its own id and with its own note. @returns false when there is none. */
export function unmergeListen(core: Core, listenId: number): boolean {
  if (listenRow(core, listenId) !== undefined) return false;
  const merged = takeMerged(core, listenId);
  const survivor = listenRow(core, resolveId(core, 'listen', listenId));
  if (merged === undefined || survivor === undefined) return false;
  const reports = evidence.resolvedOf(core, survivor.id);
  const own = reports.filter(({ id }) => merged.reports.includes(id));
  const others = reports.filter((row) => !own.includes(row));
  if (own.length === 0 || others.length === 0) return false;
  for (const one of own) for (const other of others) decide(core, reportKey(one), reportKey(other), 'different');
  removeRedirect(core, 'listen', listenId);
  core.db.run(
    'UPDATE scrobbles SET listen_id = ?, reasons = NULL WHERE id IN (SELECT value FROM json_each(?))',
    listenId,
    JSON.stringify(own.map(({ id }) => id)),
  );
  resolveAnew(core, reports);
  replaceListenNote(core, listenId, merged.note);
  if (merged.note !== null) replaceListenNote(core, survivor.id, merged.heirNote);
  return true;
}

/** Makes one report of a listen a listen of its own. @param reports all of the listen's, `one` among them. */
export function splitReport(core: Core, one: ScrobbleRow, reports: readonly ScrobbleRow[]): void {
  for (const other of reports) if (other !== one) decide(core, reportKey(one), reportKey(other), 'different');
  core.db.run('UPDATE scrobbles SET listen_id = NULL, reasons = NULL WHERE id = ?', one.id);
  resolveAnew(core, reports);
}

/** Takes that back. @param others the reports of the listen with this id. */
export function rejoinReport(core: Core, one: ScrobbleRow, listenId: number, others: readonly ScrobbleRow[]): void {
  for (const other of others) forgetDecision(core, reportKey(one), reportKey(other));
  resolve(core, catalogue(core), [one, ...others]);
  if (evidence.byId(core, one.id)?.listen_id === resolveId(core, 'listen', listenId)) return;
  // What the rule would not join was joined manually before, so it is again.
  for (const other of others) decide(core, reportKey(one), reportKey(other), 'same');
  resolveAnew(core, [one, ...others]);
}

/** Resolves these reports as their rows are by now. */
const resolveAnew = (core: Core, reports: readonly ScrobbleRow[]): void =>
  resolve(
    core,
    catalogue(core),
    reports.map((row) => evidence.byId(core, row.id)!),
  );

const snapshotsOf = (core: Core, ids: Iterable<number>): MergedListen[] =>
  [...ids].map((id) => ({ ...listenRow(core, id)!, reports: evidence.ofListen(core, id).map((row) => row.id) }));

/** Stores those that are gone from the journal. */
function storeMerged(core: Core, before: readonly MergedListen[]): void {
  const survivor = before.find(({ id }) => listenRow(core, id) !== undefined);
  for (const listen of before) {
    if (listenRow(core, listen.id) !== undefined) continue;
    const row = { ...listen, heirNote: survivor?.note ?? null };
    core.db.run(
      'INSERT OR REPLACE INTO deleted_listens (listen_id, listen, deleted_at) VALUES (?, ?, ?)',
      listen.id,
      JSON.stringify(row),
      nowSeconds(core.clock),
    );
  }
}

/** A listen that was merged, with the note that its survivor had before; undefined when no merge took this id away. */
function takeMerged(core: Core, id: number): (MergedListen & { heirNote: string | null }) | undefined {
  const row = core.db.get<{ listen: string }>(
    `SELECT listen FROM deleted_listens WHERE listen_id = ? AND listen ->> 'reports' IS NOT NULL`,
    id,
  );
  if (row === undefined) return undefined;
  core.db.run('DELETE FROM deleted_listens WHERE listen_id = ?', id);
  return JSON.parse(row.listen) as MergedListen & { heirNote: string | null };
}
