import type { ManualDecision } from '#shared/matching/decisions.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { revisionsId } from '#shared/library/revision.ts';
import { WIDEST_WINDOW_SECONDS } from '#shared/matching/listenTimes.ts';
import { connectedReports, type ReportStore } from '#shared/matching/neighbourhood.ts';
import { resolveReports, type ReportGroup } from '#shared/matching/resolveReports.ts';
import { type IsAwaited, nothingAwaited, removeIdleTrack } from '../catalogue/removal.ts';
import type { Catalogue } from '../catalogue/reported.ts';
import { trackById } from '../catalogue/trackById.ts';
import type { Core } from '../core.ts';
import { moveRevisions } from '../documents/revisions.ts';
import { resolveListen } from './resolveListen.ts';
import { manualDecisions } from './decisions.ts';
import { evidence, reportKey, reportOf, type ScrobbleRow } from './evidence.ts';
import { chooseListens, type Group } from './groups.ts';
import { touchDeletionOf } from './touchDeletion.ts';
import { insertListens, listenRow, type NewListen, removeListen, updateListen } from './listens.ts';
import { resolveNames } from './naming.ts';

/**
 * Deduplicates scrobbles (dedupe): the same play reported by several sources becomes one listen.
 * Decides which listens these scrobbles belong to, together with all others that can be of the same plays, and brings
 * the listens in line. The result depends on the evidence and the manual decisions, not on the order of arrival.
 *
 * @param isAwaited what a listen is taken from stays all the same.
 */
export function resolve(
  core: Core,
  names: Catalogue,
  scrobbles: readonly ScrobbleRow[],
  isAwaited: IsAwaited = nothingAwaited,
): void {
  const decisions = manualDecisions(core);
  const decided = new Set(decisions.flatMap(({ a, b }) => [a, b]));
  const alone = isAlone(core, scrobbles);
  const others = scrobbles.filter((scrobble) => decided.has(reportKey(scrobble)) || !alone(scrobble));
  const contested = new Set(others);
  settleAll(
    core,
    names,
    scrobbles
      .filter((scrobble) => !contested.has(scrobble))
      .map((row) => ({ rows: [row], joins: [], listenId: row.listen_id, state: row.state })),
    isAwaited,
  );
  if (others.length === 0) return;
  replaceListens(core, names, chooseListens(ruleGroups(core, others, decisions)), isAwaited);
}

/** What the rule makes of these scrobbles and all others that can be of the same plays; nothing is written. */
export function ruleGroups(
  core: Core,
  scrobbles: readonly ScrobbleRow[],
  decisions: readonly ManualDecision[],
): Group[] {
  const rows = new Map(scrobbles.map((row) => [reportKey(row), row]));
  const store = storeOf(core, rows);
  const connected = connectedReports(scrobbles.map(reportOf), store, decisions);
  return resolveReports(connected, decisions).map((reports) => groupOf(reports, rows));
}

/** Nothing else can be of the same play: no other source reported anything near. */
export function isAlone(core: Core, scrobbles: readonly ScrobbleRow[]): (scrobble: ScrobbleRow) => boolean {
  const sources = new Set(scrobbles.map(({ source }) => source));
  const times = scrobbles.map(({ played_at }) => played_at);
  const quiet =
    sources.size === 1 &&
    !evidence.othersBetween(
      core,
      [...sources][0]!,
      Math.min(...times) - WIDEST_WINDOW_SECONDS,
      Math.max(...times) + WIDEST_WINDOW_SECONDS,
    );
  return ({ source, played_at: at }) =>
    quiet ||
    at === DATE_UNKNOWN ||
    !evidence.othersBetween(core, source, at - WIDEST_WINDOW_SECONDS, at + WIDEST_WINDOW_SECONDS);
}

/** The evidence as the rule reads it; `rows` collects what was read. A play without a date is near no other. */
function storeOf(core: Core, rows: Map<string, ScrobbleRow>): ReportStore {
  const remember = (row: ScrobbleRow) => {
    const key = reportKey(row);
    if (!rows.has(key)) rows.set(key, row);
    return reportOf(row);
  };
  return {
    between: (from, to) =>
      evidence
        .around(core, from, to)
        .filter(({ played_at }) => played_at !== DATE_UNKNOWN)
        .map(remember),
    withKeys: (keys) =>
      keys.flatMap((key) => {
        const at = key.indexOf(':');
        return evidence
          .byKeys(core, key.slice(0, at), [key.slice(at + 1)])
          .filter(({ state }) => state !== 'withdrawn')
          .map(remember);
      }),
  };
}

function groupOf({ reports, joins }: ReportGroup, rows: ReadonlyMap<string, ScrobbleRow>): Group {
  return { rows: reports.map(({ key }) => rows.get(key)!), joins, listenId: null, state: 'resolved' };
}

/** Writes the listens of these groups; listens that are left without reports are removed, with a redirect to where these went. */
function replaceListens(core: Core, names: Catalogue, groups: readonly Group[], isAwaited: IsAwaited): void {
  const surviving = new Set(groups.map(({ listenId }) => listenId));
  const before = new Map(
    groups.flatMap(({ rows }) =>
      rows.filter(({ state }) => state === 'resolved').map((row) => [row, row.listen_id] as const),
    ),
  );
  settleAll(core, names, groups, isAwaited);
  for (const [row, listenId] of before) {
    if (listenId === null || surviving.has(listenId)) continue;
    removeWithRedirect(core, names, listenId, row.listen_id, isAwaited);
  }
}

/** A listen that was merged into another one, or was withdrawn. */
export function removeWithRedirect(
  core: Core,
  names: Catalogue,
  listenId: number,
  into: number | null,
  isAwaited: IsAwaited = nothingAwaited,
): void {
  const listen = listenRow(core, listenId);
  if (listen === undefined) return;
  if (into !== null) {
    core.redirects.keep('listen', listenId, into);
    moveNote(core, listen.note, into);
    moveRevisions(core, revisionsId('listen-note', listenId), revisionsId('listen-note', into));
  }
  removeListen(core, listen);
  removeIfIdle(core, names, listen.track_id, isAwaited);
}

function moveNote(core: Core, note: string | null, into: number): void {
  const survivor = listenRow(core, into);
  if (note === null || survivor === undefined || survivor.note === note) return;
  core.db.run(
    'UPDATE listening_history SET note = ? WHERE id = ?',
    survivor.note === null ? note : `${survivor.note}\n\n${note}`,
    into,
  );
  core.feed.touch('journal', survivor.page);
}

/** Brings the groups' listens and scrobbles in line; what is deleted or archived only takes its scrobbles. */
function settleAll(core: Core, names: Catalogue, groups: readonly Group[], isAwaited: IsAwaited): void {
  const current = groups.filter(({ state }) => state === 'resolved');
  const naming = resolveNames(
    core,
    current.map(({ rows }) => rows),
  );
  names.prepare(naming);
  const missing: { group: Group; listen: NewListen }[] = [];
  const left: number[] = [];
  for (const [index, group] of current.entries()) {
    const resolved = resolveListen(group.rows, names.trackOf(naming[index]!).id);
    const listen = group.listenId === null ? undefined : listenRow(core, group.listenId);
    if (listen === undefined) {
      missing.push({ group, listen: { ...resolved, id: group.listenId ?? undefined } });
      continue;
    }
    updateListen(core, listen, resolved);
    if (listen.track_id !== resolved.trackId) left.push(listen.track_id);
  }
  insertListens(
    core,
    missing.map(({ listen }) => listen),
  ).forEach((id, index) => (missing[index]!.group.listenId = id));
  writeScrobbles(core, groups);
  for (const trackId of left) removeIfIdle(core, names, trackId, isAwaited);
}

/** A track that a listen was taken from goes when nothing else holds it. */
function removeIfIdle(core: Core, names: Catalogue, trackId: number, isAwaited: IsAwaited): void {
  const track = trackById(core, trackId);
  if (track !== undefined && removeIdleTrack(core, track, { isAwaited })) names.forget();
}

/** Notes on the scrobbles which listen they are of, in which state, and why they were joined. */
function writeScrobbles(core: Core, groups: readonly Group[]): void {
  const deleted = new Set(groups.filter(({ state }) => state === 'deleted').flatMap(newlyDeleted));
  const changes = groups.flatMap((group) =>
    group.rows.map((row) => {
      const key = reportKey(row);
      const own = group.joins.filter(({ a, b }) => a === key || b === key);
      row.listen_id = group.listenId;
      row.state = group.state;
      return [row.id, group.listenId, group.state, own.length === 0 ? null : JSON.stringify(own)];
    }),
  );
  core.db.run(
    `UPDATE scrobbles SET listen_id = change.value ->> 1, state = change.value ->> 2, reasons = change.value ->> 3
     FROM json_each(?) AS change WHERE scrobbles.id = change.value ->> 0
       AND (listen_id IS NOT change.value ->> 1 OR state <> change.value ->> 2 OR reasons IS NOT change.value ->> 3)`,
    JSON.stringify(changes),
  );
  for (const listenId of deleted) touchDeletionOf(core, listenId);
}

/** The deleted listens that a report comes to, or leaves. */
function newlyDeleted({ rows, listenId, state }: Group): number[] {
  const moved = rows.filter((row) => row.state !== state || row.listen_id !== listenId);
  return moved.flatMap((row) => [row.listen_id, listenId]).filter((id) => id !== null);
}
