import { addRollups } from '#shared/analytics/addRollups.ts';
import { computeRollups, type TrackLookup } from '#shared/analytics/computeRollups.ts';
import type { TrackFacts } from '#shared/analytics/libraryIndex.ts';
import { monthPeriod } from '#shared/analytics/period.ts';
import type { MonthlyRollup } from '#shared/analytics/rollup.ts';
import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { type Core, isoNow, listed } from './core.ts';
import { grouped } from './documents/credits.ts';
import { inSlices, type Pace } from './slices.ts';

const DAY = 86_400;

export interface RollupsVerified {
  months: number;
  listens: number;
  /** Months whose rollup was missing or said something else. */
  repaired: number;
}

/** Monthly rollups: what is left in the figures of listens that are archived. Months are the household's. */
export interface Rollups {
  monthOf(seconds: number): string;
  /** Brings these months in line with what is archived, inside the transaction that archives or brings back. @returns how many changed. */
  refresh(months: Iterable<string>): number;
  /** Holds every month against what is archived and mends what differs. @throws the signal's reason. */
  verify(pace: Pace): Promise<RollupsVerified>;
}

export function openRollups(core: Core): Rollups {
  const { db } = core;
  let calendar: Calendar | null = null;
  const today = (): Calendar => (calendar?.timeZone === core.days.timeZone ? calendar : (calendar = createCalendar(core.days.timeZone)));

  /** @returns true when the month's rollup was not what it is now. */
  function refreshMonth(month: string): boolean {
    const { document: stored, base = null } = db.get<{ document: string; base: string | null }>('SELECT document, base FROM rollups WHERE id = ?', month) ?? {};
    const { from, to } = monthPeriod(today(), month);
    // A day's margin, because clocks that go back at midnight show the end of a month twice.
    const listens = archivedBetween(core, from - DAY, to + DAY).filter(({ playedAt }) => today().monthKey(playedAt) === month);
    const [rollup] = computeRollups(listens, tracksOf(core, listens), today());
    // Figures that came without their archive count beside what is archived here.
    const known = base === null ? undefined : (JSON.parse(base) as MonthlyRollup);
    const all = known === undefined || rollup === undefined ? (rollup ?? known) : addRollups(known, rollup);
    const document = all === undefined ? undefined : JSON.stringify(all);
    if (document === stored) return false;
    if (document === undefined) db.run('DELETE FROM rollups WHERE id = ?', month);
    else db.run('INSERT OR REPLACE INTO rollups (id, document, base, updated_at) VALUES (?, ?, ?, ?)', month, document, base, isoNow(core));
    core.feed.touch('rollups', month, document === undefined);
    return true;
  }

  const refresh = (months: Iterable<string>) => [...new Set(months)].filter(refreshMonth).length;
  return {
    monthOf: (seconds) => today().monthKey(seconds),
    refresh,
    async verify(pace) {
      const months = new Set(db.rows<[string]>('SELECT id FROM rollups').map(([id]) => id));
      for (const month of archivedMonths(core, today())) months.add(month);
      let repaired = 0;
      await inSlices([...months].sort(), pace, (slice) => {
        repaired += db.transaction(() => refresh(slice));
      }, 1);
      const [[counted, listens] = [0, 0]] = db.rows<[number, number]>(`SELECT count(*), ifnull(sum(document ->> 'listens'), 0) FROM rollups`);
      return { months: counted, listens, repaired };
    },
  };
}

/** Figures of archived months follow what becomes of the tracks they count, in the transaction that changes these. */
export function keepFiguresTrue(core: Core, rollups: Rollups): void {
  core.db.onTransaction({
    beforeCommit() {
      if (core.changedTracks.size === 0) return;
      const tracks = listed(core.changedTracks);
      core.changedTracks.clear();
      const times = core.db.rows<[number]>(
        `SELECT timestamp FROM archived_listens WHERE track_id IN (
           SELECT value FROM json_each(?1) UNION SELECT former_id FROM former_ids WHERE kind = 'track' AND id IN (SELECT value FROM json_each(?1)))`,
        tracks,
      );
      rollups.refresh(times.map(([at]) => rollups.monthOf(at)));
      core.feed.settle();
    },
    afterCommit: () => undefined,
    afterRollback: () => core.changedTracks.clear(),
  });
}

/** The months that have archived listens, found by jumping from month to month. */
function archivedMonths(core: Core, calendar: Calendar): string[] {
  const months: string[] = [];
  for (let from = -Infinity; ; ) {
    const next = core.db.get<{ at: number | null }>('SELECT min(timestamp) AS at FROM archived_listens WHERE timestamp >= ?', Math.max(from, 0))?.at;
    if (next == null) return months;
    const month = calendar.monthKey(next);
    months.push(month);
    from = monthPeriod(calendar, month).to;
  }
}

type ArchivedRow = [id: number, playedAt: number, trackId: number, holder: number, source: Listen['source'], zone: string | null];

/** The archived listens of a time; a track that became one with another goes by the other's id. */
function archivedBetween(core: Core, from: number, to: number): Listen[] {
  const rows = core.db.rows<ArchivedRow>(
    `SELECT listen_id, timestamp, ifnull((SELECT id FROM former_ids WHERE kind = 'track' AND former_id = track_id), track_id), holder, source, zone
     FROM archived_listens WHERE timestamp >= ? AND timestamp < ?`,
    from,
    to,
  );
  return rows.map(([id, playedAt, trackId, holder, source, zone]) => ({
    id, playedAt, trackId, holder, source, witnesses: 1, ...(zone !== null && { zone }),
  }));
}

type FactsRow = [id: number, title: string, albumId: number | null, seconds: number | null, loved: number];

/** What the library says of these listens' tracks now. A track without credits of its own has its album's. */
export function tracksOf(core: Core, listens: readonly Listen[]): TrackLookup {
  const ids = listed(new Set(listens.map(({ trackId }) => trackId)));
  const own = grouped(
    core.db.rows<[number, number]>('SELECT track_id, artist_id FROM track_artist WHERE track_id IN (SELECT value FROM json_each(?)) ORDER BY track_id, position, artist_id', ids),
    ([, artist]) => String(artist),
  );
  const ofAlbum = grouped(
    core.db.rows<[number, number]>(
      `SELECT album_id, artist_id FROM album_artist
       WHERE album_id IN (SELECT album_id FROM tracks WHERE id IN (SELECT value FROM json_each(?))) ORDER BY album_id, position, artist_id`,
      ids,
    ),
    ([, artist]) => String(artist),
  );
  const facts = new Map<number, TrackFacts>();
  for (const [trackId, title, albumId, seconds, loved] of core.db.rows<FactsRow>(
    'SELECT id, title, album_id, duration_seconds, loved FROM tracks WHERE id IN (SELECT value FROM json_each(?))',
    ids,
  )) {
    const artistIds = own.get(trackId) ?? (albumId === null ? [] : ofAlbum.get(albumId)) ?? [];
    facts.set(trackId, { trackId, title, albumId: albumId === null ? null : String(albumId), artistIds, durationSeconds: seconds, loved: loved === 1 });
  }
  return { track: (trackId) => facts.get(trackId) };
}
