import type { Rollups } from '../api/rollups.ts';
import { addRollups } from '#shared/analytics/addRollups.ts';
import { computeRollups } from '#shared/analytics/computeRollups.ts';
import { monthPeriod } from '#shared/analytics/period.ts';
import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { countedListen, type CountedRow } from './countedListen.ts';
import { importedRollup, importedRollupToday, storeImportedRollup } from './importedRollups.ts';
import { inSlices } from '../../kit/slices.ts';
import { tracksOf } from './trackFacts.ts';

const DAY = 86_400;

export function openRollups(core: Core): Rollups {
  const { db } = core;
  let calendar: Calendar | null = null;
  const today = (): Calendar =>
    calendar?.timeZone === core.days.timeZone ? calendar : (calendar = createCalendar(core.days.timeZone));

  /** @returns true when the month's rollup was not what it is now. */
  function refreshMonth(month: string): boolean {
    db.run(`DELETE FROM follow_ups WHERE kind = 'month' AND what = ?`, month);
    const stored = db.get<{ document: string }>('SELECT document FROM rollups WHERE id = ?', month)?.document;
    const { from, to } = monthPeriod(today(), month);
    // A day's margin, because clocks that go back at midnight show the end of a month twice.
    const listens = archivedBetween(core, from - DAY, to + DAY).filter(
      ({ playedAt }) => today().monthKey(playedAt) === month,
    );
    const [rollup] = computeRollups(
      listens,
      tracksOf(
        core,
        listens.map(({ trackId }) => trackId),
      ),
      today(),
    );
    const given = importedRollup(core, month);
    // Figures that came without their archive count beside what is archived here.
    const known = given && importedRollupToday(core, given);
    const all = known === undefined || rollup === undefined ? (rollup ?? known) : addRollups(known, rollup);
    const document = all === undefined ? undefined : JSON.stringify(all);
    if (document === stored) return false;
    if (document === undefined) db.run('DELETE FROM rollups WHERE id = ?', month);
    else
      db.run(
        'INSERT INTO rollups (id, document, updated_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET document = ?2, updated_at = ?3',
        month,
        document,
        isoNow(core),
      );
    core.feed.touch('rollups', month, document === undefined);
    return true;
  }

  const refresh = (months: Iterable<string>) => [...new Set(months)].filter(refreshMonth).length;
  return {
    monthOf: (seconds) => today().monthKey(seconds),
    refresh,
    monthsOf(trackIds) {
      const ids = listed(trackIds);
      const times = db.rows<[number]>(
        'SELECT timestamp FROM archived_listens WHERE track_id IN (SELECT value FROM json_each(?))',
        ids,
      );
      const given = db.rows<[string]>(
        'SELECT DISTINCT month FROM given_plays WHERE track_id IN (SELECT value FROM json_each(?))',
        ids,
      );
      return [...new Set([...times.map(([at]) => today().monthKey(at)), ...given.map(([month]) => month)])];
    },
    give(figures) {
      if (db.get('SELECT 1 FROM rollups WHERE id = ?', figures.id) !== undefined) return false;
      storeImportedRollup(core, figures.id, figures);
      core.feed.touch('rollups', figures.id);
      refreshMonth(figures.id);
      return true;
    },
    regive(change, months) {
      for (const month of months) {
        const given = importedRollup(core, month);
        const left = given && change(month, given, today());
        if (left === undefined || left === given) continue;
        storeImportedRollup(core, month, left);
        refreshMonth(month);
      }
    },
    async verify(pace) {
      const months = new Set(db.rows<[string]>('SELECT id FROM rollups').map(([id]) => id));
      for (const month of archivedMonths(core, today())) months.add(month);
      let repaired = 0;
      await inSlices(
        [...months].sort(),
        pace,
        (slice) => {
          repaired += db.transaction(() => refresh(slice));
        },
        1,
      );
      const [[counted, listens] = [0, 0]] = db.rows<[number, number]>(
        `SELECT count(*), ifnull(sum(document ->> 'listens'), 0) FROM rollups`,
      );
      return { months: counted, listens, repaired };
    },
  };
}

/** The months that have archived listens, found by jumping from month to month. */
function archivedMonths(core: Core, calendar: Calendar): string[] {
  const months: string[] = [];
  for (let from = -Infinity; ;) {
    const next = core.db.get<{ at: number | null }>(
      'SELECT min(timestamp) AS at FROM archived_listens WHERE timestamp >= ?',
      Math.max(from, 0),
    )?.at;
    if (next == null) return months;
    const month = calendar.monthKey(next);
    months.push(month);
    from = monthPeriod(calendar, month).to;
  }
}

/** The archived listens of a time; a track that became one with another goes by the other's id. */
function archivedBetween(core: Core, from: number, to: number): Listen[] {
  const rows = core.db.rows<CountedRow>(
    `SELECT listen_id, timestamp, ifnull((SELECT id FROM former_ids WHERE kind = 'track' AND former_id = track_id), track_id), holder, source, zone
     FROM archived_listens WHERE timestamp >= ? AND timestamp < ?`,
    from,
    to,
  );
  return rows.map(countedListen);
}
