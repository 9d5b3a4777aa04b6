import { beforeEach, describe, expect, test } from 'vitest';
import type { Analysis } from '#shared/analytics/analysis.ts';
import { breakdown, BreakdownKinds } from '#shared/analytics/breakdowns.ts';
import { clock, weekHours } from '#shared/analytics/clocks.ts';
import { comebacks } from '#shared/analytics/comebacks.ts';
import { discoveries } from '#shared/analytics/discoveries.ts';
import { lead } from '#shared/analytics/lead.ts';
import { ownership } from '#shared/analytics/ownership.ts';
import { ALL_TIME, dayRange, monthPeriod, periodAround, type Period, yearPeriod } from '#shared/analytics/period.ts';
import { listensPer, yearCalendar } from '#shared/analytics/series.ts';
import { sessions } from '#shared/analytics/sessions.ts';
import { streaks } from '#shared/analytics/streaks.ts';
import { topAlbums, topArtists, topTracks } from '#shared/analytics/tops.ts';
import { furnish, hear, openTestApp, own, type TestApp, ZONE } from './testApp.ts';

const UNTIL = Date.parse('2026-02-20T19:00:00Z') / 1000;
let app: TestApp;
beforeEach(async () => {
  app = await openTestApp();
  furnish(app.library, UNTIL, 60);
});

interface Figures extends Record<string, unknown> {
  now: { listens: number };
  lead: { now: { listens: number } };
  artists: { artistId: number; name: string; listens: number }[];
  items: unknown[];
  months: unknown[];
  hours: number[];
  weekdays: number[][];
}
const figures = (path: string) => app.get<Figures>(`/analytics/${path}`);
/** As an answer has it: ids as numbers, no infinity. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => {
      if (key === 'rows') return undefined;
      if ((key === 'artistId' || key === 'albumId') && typeof part === 'string') return Number(part);
      return key === 'otherPressings' ? (part as string[]).map(Number) : part;
    }),
  );

const periods: [string, (analysis: Analysis) => Period][] = [
  ['', () => ALL_TIME],
  ['period=all', () => ALL_TIME],
  ['period=month&date=2026-01-31', ({ calendar }) => monthPeriod(calendar, '2026-01')],
  ['period=week&date=2026-02-20', ({ calendar }) => periodAround(calendar, 'week', UNTIL)],
  ['period=year&date=2026-06-01', ({ calendar }) => yearPeriod(calendar, 2026)],
  ['from=2026-01-10&to=2026-02-02', ({ calendar }) => dayRange(calendar, '2026-01-10', '2026-02-02')],
  [`from=${UNTIL - 900_000}&to=${UNTIL}`, () => ({ from: UNTIL - 900_000, to: UNTIL })],
  [`from=${UNTIL - 900_000}`, () => ({ from: UNTIL - 900_000, to: Infinity })],
];

describe('figures', () => {
  test.each(periods)('of "%s" are those that a device reckons', async (query, periodOf) => {
    const device = app.replica();
    const period = periodOf(device);
    const head = { timezone: ZONE, period: plain(period) };
    const expected: [string, object][] = [
      ['overview?', lead(device, period, Math.floor(Date.now() / 1000))],
      [
        'tops?limit=5&',
        {
          artists: topArtists(device, period, 5),
          albums: topAlbums(device, period, 5),
          tracks: topTracks(device, period, 5),
        },
      ],
      ['tops?kind=tracks&', { tracks: topTracks(device, period, 10) }],
      ['series?unit=month&', { unit: 'month', items: listensPer(device, 'month', period) }],
      ['series?', { unit: 'day', items: listensPer(device, 'day', period) }],
      ['discoveries?limit=3&', discoveries(device, period, 3)],
      ['comebacks?months=1&', { items: comebacks(device, period, 1) }],
      ['ownership?', ownership(device, period)],
      ...BreakdownKinds.map((kind): [string, object] => [`${kind}s?`, { items: breakdown(device, period, kind) }]),
    ];
    for (const [path, value] of expected)
      expect(await figures(`${path}${query}`), path).toEqual(plain({ ...head, ...value }));
    expect(await figures(`clock?${query}`)).toMatchObject({ ...head, hours: clock(device, period) });
    const { weekdays } = await figures(`heatmap?${query}`);
    expect(weekdays.flat()).toEqual(weekHours(device, period));
    expect(await figures(`streaks?${query}`)).toMatchObject({ longest: streaks(device, period, UNTIL).longest });
    const all = sessions(device, period);
    expect(await figures(`sessions?pageSize=4&${query}`)).toMatchObject({
      total: all.length,
      items: plain(all.toReversed().slice(0, 4)),
    });
  });

  test('count what there is', async () => {
    const total = (await app.get<{ total: number }>('/history/tracks')).total;
    expect(await figures('overview')).toMatchObject({ now: { listens: total }, before: null });
    const { items } = await figures('sources');
    expect(items).toEqual([{ key: 'lastfm', listens: total }]);
    const played = await figures('tops?kind=artists&limit=1');
    const [{ artistId, listens } = { artistId: 0, listens: 0 }] = played.artists;
    expect(await app.get(`/collection/artists/${artistId}`)).toMatchObject({ id: artistId, plays: listens });
  });

  test('follow each new listen, and a change of zone', async () => {
    const before = await figures('overview');
    hear(app.library, [{ at: UNTIL + 3_600, artist: 'Newcomer', title: 'First Word', album: 'Debut' }]);
    const after = await figures('overview');
    expect(after.now.listens).toBe(before.now.listens + 1);
    expect((await figures('discoveries?from=2026-02-20'))['newArtists']).toMatchObject([
      { name: 'Newcomer', firstHeard: UNTIL + 3_600 },
    ]);
    const { hours } = await figures('clock');
    app.library.household.update({ timeZone: 'Asia/Tokyo' });
    const shifted = await figures('clock');
    expect(shifted['timezone']).toBe('Asia/Tokyo');
    expect(shifted['hours']).toEqual(hours.map((_, hour) => hours[(hour + 16) % 24]));
  });

  test('of all time keep what is archived', async () => {
    const before = await figures('overview');
    const monthsBefore = await figures('series?unit=month');
    const cutoff = Date.parse('2026-01-31T23:00:00Z') / 1000;
    const { listens } = await app.library.archive.removeBefore(cutoff, {});
    expect(listens).toBeGreaterThan(0);
    expect(app.library.reads.counts().listens).toBe(before.now.listens - listens);
    expect((await figures('overview')).now).toEqual(before.now);
    expect(await figures('series?unit=month')).toEqual(monthsBefore);
  });
});

describe('more', () => {
  test('a year day by day, the same day in other years, records never played', async () => {
    const device = app.replica();
    expect(await figures('calendar?year=2026')).toEqual({ timezone: ZONE, ...yearCalendar(device, 2026) });
    hear(app.library, [
      { at: Date.parse('2023-02-20T19:00:00Z') / 1000, artist: 'Ada Nordlund', title: 'Ebb', album: 'Second Tide' },
    ]);
    const { items } = await figures('on-this-day?date=2026-02-20');
    expect(items).toMatchObject([{ day: '2023-02-20', listens: 1, album: { title: 'Second Tide' } }]);
    own(app.library, [{ title: 'Still Sealed', artist: 'Ilsa Marr', tracks: ['Unheard'] }]);
    const sealed = await app.get<{ items: { title: string }[]; total: number }>('/analytics/never-played');
    expect(sealed.items.map(({ title }) => title)).toContain('Still Sealed');
    expect(sealed.total).toBe(sealed.items.length);
  });

  test('a year in review', async () => {
    const review = await figures('year/2026');
    expect(review).toMatchObject({
      year: 2026,
      timezone: ZONE,
      lead: { now: { listens: expect.any(Number) as unknown } },
    });
    expect(review.months).toHaveLength(12);
    const total = (await app.get<{ total: number }>('/history/tracks?from=2026-01-01&to=2026-12-31')).total;
    expect(review.lead.now.listens).toBe(total);
    expect(review.artists[0]!.name).toBe(
      topArtists(app.replica(), yearPeriod(app.replica().calendar, 2026), 1)[0]!.name,
    );
    expect(await figures('year/1999')).toMatchObject({ artists: [], busiestDay: null, longestStreak: null });
  });

  test('an empty library has figures too', async () => {
    const empty = await openTestApp();
    for (const path of [
      'overview',
      'tops',
      'series',
      'heatmap',
      'clock',
      'streaks',
      'discoveries',
      'comebacks',
      'ownership',
      'sessions',
      'decades',
      'zones',
      'calendar',
      'on-this-day',
      'never-played',
      'year/2026',
    ]) {
      expect((await empty.ask('GET', `/analytics/${path}`)).status, path).toBe(200);
    }
    expect(await empty.get('/analytics/overview')).toMatchObject({ now: { listens: 0 }, topArtist: null });
  });

  test('a value that is none is refused by the name of its field', async () => {
    const calls: [path: string, field: string][] = [
      ['overview?period=decade', 'period'],
      ['overview?period=month&date=2026-02-30', 'date'],
      ['overview?date=2026-02-20', 'date'],
      ['overview?from=yesterday', 'from'],
      ['overview?to=99999999999', 'to'],
      ['overview?from=2026-02-02&to=2026-02-01', 'to'],
      ['overview?from=2026-02-02&period=month', 'period'],
      ['overview?from=2026-02-02&date=2026-02-02', 'date'],
      ['overview?year=2026', 'year'],
      ['tops?kind=labels', 'kind'],
      ['tops?limit=0', 'limit'],
      ['tops?limit=201', 'limit'],
      ['series?unit=hour', 'unit'],
      ['comebacks?months=0', 'months'],
      ['calendar?year=26', 'year'],
      ['on-this-day?date=02-20', 'date'],
      ['sessions?pageSize=201', 'pageSize'],
      ['year/26', 'year'],
      ['year/this', 'year'],
    ];
    for (const [path, field] of calls) {
      expect(await app.ask('GET', `/analytics/${path}`), path).toMatchObject({
        status: 400,
        json: { error: { kind: 'bad-request', field } },
      });
    }
  });

  test('what there is no figure of is not there', async () => {
    expect((await app.ask('GET', '/analytics/moods')).status).toBe(404);
  });
});
