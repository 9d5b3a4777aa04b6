import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#server/kit/clock.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { openTestApp, type TestApp } from './testApp.ts';

const HOUR = 3_600_000;
const PLAYS = 450;

let ahead = 0;
const clock = { ...systemClock, now: () => systemClock.now() + ahead, elapsed: () => systemClock.elapsed() + ahead };
const now = () => Math.floor(clock.now() / 1000);
let sim: LastfmSimulator;
let app: TestApp;

beforeEach(async () => {
  const newest = now() - 600;
  const history = Array.from({ length: PLAYS }, (_, number) => ({
    playedAt: newest - number * 1_920,
    artist: 'Marée Lente',
    title: `Slack Water ${number}`,
    album: 'Tidewater Sessions',
  }));
  sim = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history });
});
afterEach(async () => {
  ahead = 0;
  await sim.close();
});

const open = async () => {
  app = await openTestApp(
    {
      ...followsLastfm(sim),
    },
    undefined,
    clock,
  );
};
const total = async () => (await app.get<{ total: number }>('/history/tracks')).total;
const status = () =>
  app.get<{ pagesSteppedOver: number; lastError: string | null; consecutiveFailures: number }>(
    '/services/tracker/status',
  );
const asked = (query: URLSearchParams) => ({
  page: Number(query.get('page')),
  isDeep: Number(query.get('from')) < now() - 86_400,
});

/** As many names are blank as make the first page unreadable: 60 of its 200. */
const blankNames = () =>
  sim.fault({
    kind: 'rewrite',
    times: Infinity,
    method: 'user.getRecentTracks',
    rewrite: (answer) => {
      const json = structuredClone(answer.json) as { recenttracks: { track: { name: string }[] } };
      for (const entry of json.recenttracks.track) if (/ (?:[3-9]|[1-5]\d|6[0-2])$/.test(entry.name)) entry.name = ' ';
      return { ...answer, json };
    },
  });
const brokenPage = () =>
  sim.fault({
    kind: 'status',
    status: 500,
    times: Infinity,
    when: ({ query }) => query.has('from') && asked(query).isDeep && asked(query).page === 1,
  });

test.each([
  ['with too many blank names', blankNames],
  ['that Last.fm cannot give', brokenPage],
])(
  'a page %s keeps neither the others nor new plays from coming, is reported, and comes when it can be read',
  async (_what, spoil) => {
    spoil();
    await open();
    await until('the pages beyond', total, (heard) => heard >= PLAYS - 200);
    sim.scrobble({ playedAt: now() - 5, artist: 'Ada Nordlund', title: 'Ferry', album: 'Harbour Lights' });
    await until(
      'what is new',
      () => app.get<{ items: { track: { title: string } }[] }>('/history/tracks'),
      ({ items }) => items[0]?.track.title === 'Ferry',
    );
    expect(await total()).toBeLessThan(PLAYS);
    await until(
      'no failure',
      status,
      ({ lastError, pagesSteppedOver }) => lastError === null && pagesSteppedOver === 1,
    );
    sim.clearFaults();
    ahead += HOUR;
    await until('the page', total, (heard) => heard === PLAYS + 1);
    await until('no word of it', status, ({ pagesSteppedOver }) => pagesSteppedOver === 0);
  },
);

test('on a day on which no page can be read a short reading follows each long one, nothing is stepped over, and all comes afterwards', async () => {
  sim.fault({ kind: 'wrong-type', path: 'recenttracks.track', value: 'many', times: Infinity });
  await open();
  await until(
    'a short reading',
    () => sim.requests.map(({ query }) => asked(query)),
    (all) => all.some(({ isDeep }) => isDeep) && all.some(({ isDeep }) => !isDeep),
  );
  expect(await status()).toMatchObject({
    pagesSteppedOver: 0,
    lastError: expect.stringContaining('unknown shape') as unknown,
  });
  sim.clearFaults();
  await until('everything', total, (heard) => heard === PLAYS);
});

test('another person’s page is never stepped over', async () => {
  sim.answerAs('somebody-else');
  await open();
  await until('the word of it', status, ({ lastError }) => lastError !== null);
  expect(sim.requests.filter(({ query }) => asked(query).page > 1)).toEqual([]);
  expect(await total()).toBe(0);
});

test.each(['same-page', 'same-window'] as const)(
  'where Last.fm answers with the %s for ever, and counts far more pages, a poll ends, what is listed and new plays come',
  async (lie) => {
    sim.lie(() => lie);
    sim.fault({
      kind: 'rewrite',
      times: Infinity,
      method: 'user.getRecentTracks',
      rewrite: (answer) => {
        const json = structuredClone(answer.json) as { recenttracks: { '@attr': object } };
        Object.assign(json.recenttracks['@attr'], { total: '100000', totalPages: '500' });
        return { ...answer, json };
      },
    });
    await open();
    await until(
      'the word of it',
      status,
      ({ lastError, pagesSteppedOver }) => lastError === null && pagesSteppedOver > 0,
    );
    expect(Math.max(...sim.requests.map(({ query }) => asked(query).page))).toBeLessThan(9);
    expect(await total()).toBeGreaterThan(190);
    sim.scrobble({ playedAt: now() - 5, artist: 'Ada Nordlund', title: 'Ferry', album: 'Harbour Lights' });
    await until(
      'what is new',
      () => app.get<{ items: { track: { title: string } }[] }>('/history/tracks'),
      ({ items }) => items[0]?.track.title === 'Ferry',
    );
    sim.clearFaults();
    sim.lie(() => null);
    ahead += HOUR;
    await until('everything', total, (heard) => heard === PLAYS + 1);
    await until('no word of it', status, ({ pagesSteppedOver }) => pagesSteppedOver === 0);
  },
);

test('while Last.fm hangs, health reports that nothing comes in any more, and later that it does again', async () => {
  await open();
  await until('the history', total, (heard) => heard === PLAYS);
  const health = () =>
    app.get<{
      status: string;
      ready: boolean;
      checks: Record<string, string>;
      parts: { tracker: { code: string; lagSeconds: number } };
    }>('/health');
  expect((await health()).parts.tracker).toMatchObject({ state: 'ok', code: 'following' });
  const before = sim.requests.length;
  sim.fault({ kind: 'hang', ms: 1_500 });
  await until(
    'the next poll',
    () => sim.requests.length,
    (count) => count > before,
  );
  ahead += 301_000;
  const { status, ready, checks, parts } = await health();
  expect({ status, ready, tracker: checks['tracker'] }).toEqual({
    status: 'degraded',
    ready: true,
    tracker: 'failing',
  });
  expect(parts.tracker).toMatchObject({ state: 'failing', code: 'frozen', intervalSeconds: 1 });
  expect(parts.tracker.lagSeconds).toBeGreaterThan(300);
  await until('the end of it', health, ({ parts: { tracker } }) => tracker.code === 'following');
});
