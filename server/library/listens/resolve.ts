import { DATE_UNKNOWN } from '#shared/journal/listen.ts';
import type { HandDecision } from '#shared/matching/decisions.ts';
import { WIDEST_WINDOW_SECONDS } from '#shared/matching/listenTimes.ts';
import { connectedReports, type ReportStore } from '#shared/matching/neighbourhood.ts';
import { resolveWitnesses, type Witnesses } from '#shared/matching/witnesses.ts';
import { removeOrphans } from '../catalogue/orphans.ts';
import { type Catalogue, trackById } from '../catalogue/reported.ts';
import { type Core, listed } from '../core.ts';
import { keepFormer } from '../formerIds.ts';
import { believed, namesWitness } from './belief.ts';
import { evidence, namesOf, reportKey, reportOf, type ScrobbleRow } from './evidence.ts';
import { chooseListens, type Group } from './groups.ts';
import { insertListen, listenRow, removeListen, updateListen } from './listens.ts';

/**
 * Decides which listens these scrobbles belong to, together with all others that can be of the same plays, and brings
 * the listens in line. The result depends on the evidence and the hand decisions, not on the order of arrival.
 */
export function resolve(core: Core, names: Catalogue, scrobbles: readonly ScrobbleRow[]): void {
  const decisions = handDecisions(core);
  const decided = new Set(decisions.flatMap(({ a, b }) => [a, b]));
  const alone = isAlone(core, scrobbles);
  const others: ScrobbleRow[] = [];
  for (const scrobble of scrobbles) {
    if (decided.has(reportKey(scrobble)) || !alone(scrobble)) others.push(scrobble);
    else settle(core, names, { rows: [scrobble], joins: [], listenId: scrobble.listen_id, state: scrobble.state });
  }
  if (others.length === 0) return;
  const rows = new Map(others.map((row) => [reportKey(row), row]));
  const store = storeOf(core, rows);
  const connected = connectedReports(others.map(reportOf), store, decisions);
  const groups = resolveWitnesses(connected, decisions).map((witnesses) => groupOf(witnesses, rows));
  replaceListens(core, names, chooseListens(groups));
}

/** Nothing else can be of the same play: no other source reported anything near. */
function isAlone(core: Core, scrobbles: readonly ScrobbleRow[]): (scrobble: ScrobbleRow) => boolean {
  const sources = new Set(scrobbles.map(({ source }) => source));
  const times = scrobbles.map(({ played_at }) => played_at);
  const quiet =
    sources.size === 1 &&
    !evidence.othersBetween(core, [...sources][0]!, Math.min(...times) - WIDEST_WINDOW_SECONDS, Math.max(...times) + WIDEST_WINDOW_SECONDS);
  return ({ source, played_at: at }) =>
    quiet || at === DATE_UNKNOWN || !evidence.othersBetween(core, source, at - WIDEST_WINDOW_SECONDS, at + WIDEST_WINDOW_SECONDS);
}

function handDecisions(core: Core): HandDecision[] {
  return core.db
    .all<{ one: string; other: string; verdict: string; created_at: number }>('SELECT one, other, verdict, created_at FROM witness_decisions')
    .map(({ one, other, verdict, created_at }) => ({
      kind: verdict === 'same' ? ('merge' as const) : ('split' as const),
      a: one,
      b: other,
      decidedAt: created_at,
    }));
}

/** The evidence as the rule reads it; `rows` collects what was read. A play without a date is near no other. */
function storeOf(core: Core, rows: Map<string, ScrobbleRow>): ReportStore {
  const kept = (row: ScrobbleRow) => {
    const key = reportKey(row);
    if (!rows.has(key)) rows.set(key, row);
    return reportOf(row);
  };
  return {
    between: (from, to) => evidence.around(core, from, to).filter(({ played_at }) => played_at !== DATE_UNKNOWN).map(kept),
    withKeys: (keys) =>
      keys.flatMap((key) => {
        const at = key.indexOf(':');
        return evidence.byKeys(core, key.slice(0, at), [key.slice(at + 1)]).filter(({ state }) => state !== 'withdrawn').map(kept);
      }),
  };
}

function groupOf({ reports, joins }: Witnesses, rows: ReadonlyMap<string, ScrobbleRow>): Group {
  return { rows: reports.map(({ key }) => rows.get(key)!), joins, listenId: null, state: 'resolved' };
}

/** Writes the listens of these groups; listens that are left without witnesses go, and lead to where they went. */
function replaceListens(core: Core, names: Catalogue, groups: readonly Group[]): void {
  const kept = new Set(groups.map(({ listenId }) => listenId));
  const before = new Map(groups.flatMap(({ rows }) => rows.filter(({ state }) => state === 'resolved').map((row) => [row, row.listen_id] as const)));
  for (const group of groups) settle(core, names, group);
  for (const [row, listenId] of before) {
    if (listenId === null || kept.has(listenId)) continue;
    vanish(core, listenId, row.listen_id);
  }
}

/** A listen that became part of another one, or was withdrawn. */
export function vanish(core: Core, listenId: number, into: number | null): void {
  const listen = listenRow(core, listenId);
  if (listen === undefined) return;
  if (into !== null) {
    keepFormer(core, 'listen', listenId, into);
    handOverNote(core, listen.note, into);
  }
  const track = trackById(core, listen.track_id);
  removeListen(core, listen);
  if (track !== undefined) removeOrphans(core, track);
}

function handOverNote(core: Core, note: string | null, into: number): void {
  const heir = listenRow(core, into);
  if (note === null || heir === undefined || heir.note === note) return;
  core.db.run('UPDATE listening_history SET note = ? WHERE id = ?', heir.note === null ? note : `${heir.note}\n\n${note}`, into);
  core.feed.touch('journal', heir.page);
}

/** Brings one group's listen and its scrobbles in line; what is deleted or archived only takes its scrobbles. */
export function settle(core: Core, names: Catalogue, group: Group): void {
  if (group.state === 'resolved') group.listenId = settleListen(core, names, group);
  const isNew = group.rows.length === 1 && group.rows[0]!.listen_id === null;
  const moved = group.rows.filter((row) => row.listen_id !== group.listenId || row.state !== group.state);
  for (const row of moved) {
    row.listen_id = group.listenId;
    row.state = group.state;
  }
  if (moved.length > 0) {
    const one = moved.length === 1 ? 'id = ?' : 'id IN (SELECT value FROM json_each(?))';
    const ids = moved.length === 1 ? moved[0]!.id : listed(moved.map(({ id }) => id));
    core.db.run(`UPDATE scrobbles SET listen_id = ?, state = ? WHERE ${one}`, group.listenId, group.state, ids);
  }
  if (!isNew) keepReasons(core, group);
}

function settleListen(core: Core, names: Catalogue, { rows, listenId }: Group): number {
  const track = names.trackOf(namesOf(namesWitness(rows)));
  const belief = believed(rows, track.id);
  const listen = listenId === null ? undefined : listenRow(core, listenId);
  if (listen === undefined) return insertListen(core, belief, { id: listenId ?? undefined });
  updateListen(core, listen, belief);
  if (listen.track_id !== track.id) {
    const former = trackById(core, listen.track_id);
    names.forget();
    if (former !== undefined) removeOrphans(core, former);
  }
  return listen.id;
}

function keepReasons(core: Core, { rows, joins }: Group): void {
  for (const row of rows) {
    const key = reportKey(row);
    const own = joins.filter(({ a, b }) => a === key || b === key);
    core.db.run('UPDATE scrobbles SET reasons = ? WHERE id = ?', own.length === 0 ? null : JSON.stringify(own), row.id);
  }
}
