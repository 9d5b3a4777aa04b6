import { computeRollups } from '#shared/analytics/computeRollups.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { withoutPlay } from '#shared/analytics/withoutPlay.ts';
import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import { DATE_UNKNOWN, type Listen } from '#shared/journal/listen.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { grouped } from '../documents/credits.ts';
import { evidence, type ScrobbleRow } from '../listens/evidence.ts';
import { openRollups, tracksOf } from '../rollups.ts';

/*
 * A device gives the figures of months whose listens are archived, but not those listens. When one of these plays comes to the
 * journal again (its service tells of it, the archive's file is read) it leaves the figures: it would count twice. Which play a
 * figure counts is not known; one of the same track, day and hour is taken for the same. Where it was another, the sum is right
 * again once both were told of.
 */

/** Takes the plays out of the figures that only these reports tell of. Inside the transaction that recorded them. */
export function takeReportedOut(core: Core, fresh: readonly ScrobbleRow[]): void {
  if (fresh.length === 0 || !hasGivenFigures(core)) return;
  const own = new Set(fresh.map(({ id }) => id));
  const listenIds = new Set(fresh.flatMap(({ listen_id }) => listen_id ?? []));
  takeOut(core, [...listenIds].filter((listenId) => evidence.ofListen(core, listenId).every(({ id }) => own.has(id))));
}

function takeOut(core: Core, listenIds: readonly number[]): void {
  const calendar = createCalendar(core.days.timeZone);
  const months = grouped(listensOf(core, listenIds).map((listen) => [calendar.monthKey(listen.playedAt), listen] as [string, Listen]), ([, listen]) => listen);
  for (const [month, plays] of months) {
    const base = core.db.get<{ base: string | null }>('SELECT base FROM rollups WHERE id = ?', month)?.base ?? null;
    if (base === null) continue;
    const before = JSON.parse(base) as MonthlyRollup;
    const left = without(core, calendar, before, plays);
    if (left === before) continue;
    core.db.run('UPDATE rollups SET base = ?, updated_at = ? WHERE id = ?', left.listens === 0 ? null : JSON.stringify(left), isoNow(core), month);
    openRollups(core).refresh([month]);
  }
}

const hasGivenFigures = (core: Core): boolean => core.db.get('SELECT 1 FROM rollups WHERE base IS NOT NULL LIMIT 1') !== undefined;

function without(core: Core, calendar: Calendar, rollup: MonthlyRollup, plays: readonly Listen[]): MonthlyRollup {
  const facts = tracksOf(core, plays);
  return plays.reduce((left, play) => {
    const [alone] = computeRollups([play], facts, calendar);
    return withoutPlay(left, alone!) ?? left;
  }, rollup);
}

type ListenedRow = [id: number, playedAt: number, trackId: number, holder: number, source: Listen['source'], zone: string | null];

function listensOf(core: Core, listenIds: readonly number[]): Listen[] {
  const rows = core.db.rows<ListenedRow>(
    `SELECT id, timestamp, track_id, ifnull((SELECT album_id FROM tracks WHERE tracks.id = track_id), 0), source, zone
     FROM listening_history WHERE id IN (SELECT value FROM json_each(?)) AND timestamp <> ?`,
    listed(listenIds),
    DATE_UNKNOWN,
  );
  return rows.map(([id, playedAt, trackId, holder, source, zone]) => ({ id, playedAt, trackId, holder, source, witnesses: 1, ...(zone !== null && { zone }) }));
}
