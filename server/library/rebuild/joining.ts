import type { Listen } from '#shared/journal/listen.ts';
import { splitCredits } from '#shared/matching/credits.ts';
import { identityKey, textKey } from '#shared/matching/identity.ts';
import { WIDEST_WINDOW_SECONDS } from '#shared/matching/listenTimes.ts';
import { compareReports } from '#shared/matching/sameListen.ts';
import type { Catalogue } from '../catalogue/reported.ts';
import type { Core } from '../core.ts';
import { decide, manualDecisions } from '../listens/decisions.ts';
import { evidence, reportKey, reportOf, type ScrobbleRow } from '../listens/evidence.ts';
import { listenRow } from '../listens/listens.ts';
import { resolve, ruleGroups } from '../listens/resolve.ts';
import { insertAssumed, insertExact } from './evidence.ts';
import type { ForeignIds } from './ids.ts';
import type { TrackNames } from './listenFacts.ts';

/**
 * Adds a listen near which others reported something: the rule decides whether it is one of theirs, and then it is their listen
 * with a further report.
 *
 * @param ownId no listen has or had its id.
 * @param others listens here that are others of its life; it becomes one of them.
 */
export function joinListen(
  core: Core,
  names: Catalogue,
  ids: ForeignIds,
  listen: Listen,
  track: TrackNames,
  ownId: boolean,
  others: Set<number>,
): void {
  const scrobbleId = insertExact(core, ids.life, listen, track, null);
  // A track is credited to more than each of its reports named, and two plays of one life are never one: their performers alone.
  const alike = madeAlike(core, scrobbleId, others);
  for (const { id, artist } of alike)
    core.db.run('UPDATE scrobbles SET artist = ? WHERE id = ?', splitCredits(artist).primary, id);
  if (alike.length > 0) keepSeparate(core, scrobbleId, others);
  const row = evidence.byId(core, scrobbleId)!;
  if (ownId) row.listen_id = listen.id;
  resolve(core, names, [row], ids.isTaken);
  const { listen_id: id } = evidence.byId(core, scrobbleId)!;
  const heard = id === null ? undefined : listenRow(core, id);
  if (heard === undefined) return;
  ids.keepListen(listen.id, heard.id);
  others.add(heard.id);
  const sources = evidence.ofListen(core, heard.id).map(({ source }) => source);
  if (sources.length < listen.witnesses)
    insertAssumed(core, ids.life, listen, track, heard.id, { count: listen.witnesses - sources.length, sources });
  core.db.run(
    `UPDATE listening_history SET note = ifnull(note, ?1),
       witnesses = (SELECT count(*) FROM scrobbles WHERE listen_id = ?2 AND state = 'resolved') WHERE id = ?2`,
    listen.note,
    heard.id,
  );
  core.feed.touch('journal', heard.page);
}

/** Where the rule would make this scrobble part of one of these listens: it, and the reports made from replicas that it would join. */
function madeAlike(core: Core, scrobbleId: number, others: ReadonlySet<number>): ScrobbleRow[] {
  const joined = joinedWith(core, scrobbleId, others);
  if (joined.length === 0) return [];
  return [evidence.byId(core, scrobbleId)!, ...joined.filter(({ rebuilt }) => rebuilt !== null)];
}

/**
 * Where the rule makes this scrobble part of one of these listens all the same, the report that parted the two in its life is lacking
 * here: that they are two plays is stored as decided.
 */
function keepSeparate(core: Core, scrobbleId: number, others: ReadonlySet<number>): void {
  const key = reportKey(evidence.byId(core, scrobbleId)!);
  for (const row of joinedWith(core, scrobbleId, others)) decide(core, key, reportKey(row), 'different');
}

/** The reports of these listens that the rule finds to be of one play with this scrobble. */
function joinedWith(core: Core, scrobbleId: number, others: ReadonlySet<number>): ScrobbleRow[] {
  if (others.size === 0) return [];
  const { rows } = ruleGroups(core, [evidence.byId(core, scrobbleId)!], manualDecisions(core)).find((group) =>
    group.rows.some(({ id }) => id === scrobbleId),
  )!;
  return rows.filter(({ listen_id: id }) => id !== null && others.has(id));
}

/**
 * A listen that is here by the report whose measures its life takes, under other names: a further report there gave it these, and is lacking
 * here. It is added where the rule finds it to be of that play; which source it was is a guess.
 *
 * @param others listens here that are others of its life.
 * @returns true when one was added.
 */
export function learnNamer(
  core: Core,
  names: Catalogue,
  ids: ForeignIds,
  listen: Listen,
  track: TrackNames,
  listenId: number,
  others: ReadonlySet<number>,
): boolean {
  const known = evidence.ofListen(core, listenId);
  const isLacking =
    listen.witnesses > 1 && (known.length < listen.witnesses || !known.some((row) => namesTrack(row, track)));
  if (!isLacking || isNamedBeside(core, known, track, others)) return false;
  insertAssumed(core, ids.life, listen, track, listenId, { count: 1, sources: known.map(({ source }) => source) });
  const before = new Set(known.map(({ id }) => id));
  const further = evidence.ofListen(core, listenId).find(({ id }) => !before.has(id));
  if (further === undefined) return false;
  const together = ruleGroups(core, [further], manualDecisions(core)).find(({ rows }) =>
    rows.some(({ id }) => id === further.id),
  );
  if (known.some(({ id }) => together?.rows.some((row) => row.id === id) !== true)) {
    core.db.run('DELETE FROM scrobbles WHERE id = ?', further.id);
    return false;
  }
  resolve(core, names, [further], ids.isTaken);
  return true;
}

/**
 * True when a report that can have named the play is here and is of another one, which that life does not know: with what was reported
 * here it fits that better.
 */
function isNamedBeside(
  core: Core,
  known: readonly ScrobbleRow[],
  track: TrackNames,
  others: ReadonlySet<number>,
): boolean {
  const moments = known.map(({ played_at: at }) => at);
  const near = evidence.around(
    core,
    Math.min(...moments) - WIDEST_WINDOW_SECONDS,
    Math.max(...moments) + WIDEST_WINDOW_SECONDS,
  );
  return near.some(
    (row) =>
      row.rebuilt === null &&
      row.listen_id !== null &&
      !others.has(row.listen_id) &&
      namesTrack(row, track) &&
      known.some((one) => compareReports(reportOf(one), reportOf(row)).same),
  );
}

const performer = (artist: string): string => identityKey(splitCredits(artist).primary);
const namesTrack = (row: ScrobbleRow, { titleKey, artist }: TrackNames): boolean =>
  textKey(row.title) === titleKey && performer(row.artist) === performer(artist);
