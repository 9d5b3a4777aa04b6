import { asGiven } from '#shared/analytics/redirectRollup.ts';
import { computeRollups } from '#shared/analytics/computeRollups.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { withoutPlay } from '#shared/analytics/withoutPlay.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { type Core, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { countedListen, type CountedRow } from '../rollups/countedListen.ts';
import { hasImportedRollups, idRedirectsOf } from '../rollups/importedRollups.ts';
import { evidence, type ScrobbleRow } from './evidence.ts';
import type { Rollups } from '../api/rollups.ts';
import { tracksOf } from '../rollups/trackFacts.ts';

/*
 * A device gives the figures of months whose listens are archived, but not those listens. When one of these plays comes to the
 * journal again (its service reports it, the archive's file is read) it leaves the figures: it would count twice. Which play a
 * figure counts is not known; one of the same track, day and hour is taken for the same. Where it was another, the sum is right
 * again once both were reported.
 */

/** Takes the plays of which these are the only reports out of the figures. Inside the transaction that recorded them. */
export function takeReportedOut(core: Core, rollups: Rollups, fresh: readonly ScrobbleRow[]): void {
  if (fresh.length === 0 || !hasImportedRollups(core)) return;
  const own = new Set(fresh.map(({ id }) => id));
  const listenIds = new Set(fresh.flatMap(({ listen_id }) => listen_id ?? []));
  const reportedListens = listensOf(
    core,
    [...listenIds].filter((listenId) => evidence.ofListen(core, listenId).every(({ id }) => own.has(id))),
  );
  const months = grouped(
    reportedListens.map((listen) => [rollups.monthOf(listen.playedAt), listen] as [string, Listen]),
    ([, listen]) => listen,
  );
  rollups.regive((month, given, calendar) => without(core, calendar, given, months.get(month)!), months.keys());
}

function without(core: Core, calendar: Calendar, given: MonthlyRollup, plays: readonly Listen[]): MonthlyRollup | null {
  const facts = tracksOf(
    core,
    plays.map(({ trackId }) => trackId),
  );
  const ids = idRedirectsOf(core, given);
  const left = plays.reduce((rest, play) => {
    const [alone] = computeRollups([play], facts, calendar);
    return withoutPlay(rest, asGiven(alone!, rest, ids)) ?? rest;
  }, given);
  return left.listens === 0 ? null : left;
}

function listensOf(core: Core, listenIds: readonly number[]): Listen[] {
  const rows = core.db.rows<CountedRow>(
    `SELECT id, timestamp, track_id, ifnull((SELECT album_id FROM tracks WHERE tracks.id = track_id), 0), source, zone
     FROM listening_history WHERE id IN (SELECT value FROM json_each(?)) AND timestamp <> ?`,
    listed(listenIds),
    DATE_UNKNOWN,
  );
  return rows.map(countedListen);
}
