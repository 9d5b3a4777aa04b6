import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '#server/library/api/library.ts';
import { libraryForTest } from '#server/library/testing/library.ts';
import type { LastfmBackfill } from '#server/trackers/lastfm/backfill.ts';
import { type LastfmFixture, lastfmBackfill, openLastfmFixture, play, START } from './lastfmFixture.ts';

/** Two minutes apart, the newest first. */
const history = Array.from({ length: 1_000 }, (_, number) => play(-number * 120, { title: `Slack Water ${number}` }));
let lastfm: LastfmFixture;
let library: Library;

beforeEach(async () => {
  lastfm = await openLastfmFixture();
  await lastfm.restart({ history });
  ({ library } = libraryForTest());
});
afterEach(() => lastfm.sim.close());

const backfill = () => lastfmBackfill(lastfm, library, { client });
let client: ReturnType<LastfmFixture['client']>;
beforeEach(() => {
  client = lastfm.client();
});

async function ended(run: LastfmBackfill): Promise<ReturnType<LastfmBackfill['status']>> {
  await expect.poll(() => run.status().state, { timeout: 60_000 }).not.toBe('running');
  return run.status();
}

describe('a page of the history that can never be read', () => {
  /** The page that holds number 450, however its window is cut: what Last.fm cannot say it never can. */
  const isOfThePage = ({ query }: { query: URLSearchParams }) => {
    const newest = Number(query.get('to')) - 1;
    const from = newest - (Number(query.get('page')) - 1) * 200 * 120;
    return from >= START - 450 * 120 && from - 200 * 120 < START - 450 * 120;
  };

  test.each([
    ['a 500 for ever', { kind: 'status', status: 500 }],
    ['an answer of another shape', { kind: 'wrong-type', path: 'recenttracks.track', value: 'many' }],
    ['half an answer', { kind: 'cut-json' }],
  ] as const)('%s: is stepped over, counted, and everything beyond it comes', async (_what, fault) => {
    lastfm.sim.fault({ ...fault, times: Infinity, when: isOfThePage });
    const run = backfill();
    run.start();
    const done = await ended(run);
    expect(done).toMatchObject({ state: 'done', pagesSteppedOver: 1, lastError: null, nextTryAt: null });
    expect(library.scrobbles.count('lastfm')).toBe(done.seen);
    // Windows overlap by the stamp at which they meet: one of the page's 200 had come with the window before.
    expect(done.seen).toBe(801);
    expect(done.comparison?.because).toEqual([{ reason: 'page-unreadable', count: 199 }]);
    expect(library.reads.listens({ page: 1, pageSize: 1 }).total).toBe(801);
  });

  test('that is only a bad day is waited for, and nothing is stepped over', async () => {
    lastfm.sim.fault({ kind: 'status', status: 500, times: Infinity, when: ({ query }) => query.get('page') !== null });
    const run = backfill();
    run.start();
    await expect.poll(() => lastfm.clock.skipped, { timeout: 60_000 }).toBeGreaterThan(10 * 3_600_000);
    lastfm.sim.clearFaults();
    expect(await ended(run)).toMatchObject({ state: 'done', pagesSteppedOver: 0, seen: 1_000 });
  });
});

test('answers that cannot be read for days end the reading with a message, and it goes on when a person starts it again', async () => {
  await lastfm.restart({ history: history.slice(0, 300) });
  client = lastfm.client();
  lastfm.sim.fault({
    kind: 'wrong-type',
    path: 'recenttracks.track',
    value: 'many',
    times: Infinity,
    when: ({ query }) => Number(query.get('to')) < START,
  });
  const run = backfill();
  run.start();
  expect(await ended(run)).toMatchObject({
    state: 'failed',
    seen: 200,
    lastError: expect.stringContaining('unknown shape') as unknown,
    nextTryAt: null,
  });
  expect(lastfm.sim.requests.length).toBeLessThan(500);
  expect(lastfm.clock.skipped).toBeGreaterThan(48 * 3_600_000);
  lastfm.sim.clearFaults();
  run.start();
  expect(await ended(run)).toMatchObject({ state: 'done', seen: 300, new: 300, pagesSteppedOver: 0 });
});

describe('an answer that holds less than Last.fm counts', () => {
  const PLAYS = 500;
  beforeEach(async () => {
    await lastfm.restart({ history: history.slice(0, PLAYS) });
    client = lastfm.client();
  });

  interface Answered {
    recenttracks: { track: unknown[]; '@attr': { page: string; total: string; totalPages: string } };
  }
  /** Spoils the answers of these numbers, from 1. */
  const spoil = (numbers: readonly number[], change: (body: Answered['recenttracks']) => void) => {
    let asked = 0;
    lastfm.sim.fault({
      kind: 'rewrite',
      times: Infinity,
      method: 'user.getRecentTracks',
      rewrite: (answer) => {
        asked += 1;
        const json = structuredClone(answer.json) as Answered;
        if (numbers.includes(asked)) change(json.recenttracks);
        return { ...answer, json };
      },
    });
  };
  const empty = (body: Answered['recenttracks']) => void (body.track = []);
  const nothing = (body: Answered['recenttracks']) => {
    body.track = [];
    Object.assign(body['@attr'], { total: '0', totalPages: '0' });
  };

  test.each<[string, number[], (body: Answered['recenttracks']) => void]>([
    ['no play, where more are counted', [2], empty],
    ['no play on the last page', [3], empty],
    ['half of its plays', [2], (body) => void body.track.splice(50, 100)],
    ['another page', [2], (body) => void (body['@attr'].page = '9')],
    ['one page only', [2], (body) => void (body['@attr'].totalPages = '1')],
    [
      'one page only, and as many plays in all',
      [2],
      (body) => Object.assign(body['@attr'], { totalPages: '1', total: '200' }),
    ],
    ['the same with its first answer', [1], (body) => Object.assign(body['@attr'], { totalPages: '1', total: '200' })],
    [
      'many more in all, with its first answer',
      [1],
      (body) => Object.assign(body['@attr'], { totalPages: '50', total: '10000' }),
    ],
    ['nothing in all', [2], nothing],
    ['nothing in all, twice', [2, 3], nothing],
  ])('%s: is no end, and everything comes', async (_what, numbers, change) => {
    spoil(numbers, change);
    const run = backfill();
    run.start();
    expect(await ended(run)).toMatchObject({
      state: 'done',
      total: PLAYS,
      seen: PLAYS,
      new: PLAYS,
      known: 0,
      pagesSteppedOver: 0,
      comparison: { here: PLAYS, because: [] },
    });
  });

  test('no play, for ever, on one page: it is stepped over and counted as that', async () => {
    lastfm.sim.fault({
      kind: 'rewrite',
      times: Infinity,
      when: ({ query }) => query.get('page') === '1' && Number(query.get('to')) === START - 199 * 120 + 1,
      rewrite: (answer) => ({
        ...answer,
        json: { recenttracks: { ...(answer.json as Answered).recenttracks, track: [] } },
      }),
    });
    const run = backfill();
    run.start();
    expect(await ended(run)).toMatchObject({
      state: 'done',
      seen: 301,
      pagesSteppedOver: 1,
      comparison: { lastfm: PLAYS, here: 301, because: [{ reason: 'page-unreadable', count: 199 }] },
    });
  });

  test('some plays of a page, for ever: the others come, and those are counted as not listed', async () => {
    lastfm.sim.fault({
      kind: 'rewrite',
      times: Infinity,
      method: 'user.getRecentTracks',
      rewrite: (answer) => {
        const { recenttracks } = answer.json as Answered;
        if (!Array.isArray(recenttracks.track)) return answer;
        const track = recenttracks.track.filter((entry) => !/ 2[0-4]\d$/.test((entry as { name: string }).name));
        return { ...answer, json: { recenttracks: { ...recenttracks, track } } };
      },
    });
    const run = backfill();
    run.start();
    expect(await ended(run)).toMatchObject({
      state: 'done',
      seen: 450,
      comparison: { lastfm: PLAYS, here: 450, because: [{ reason: 'left-out', count: 50 }] },
    });
  });
});

test('a run that needs a person goes on where it was when it is started again', async () => {
  let asked = 0;
  lastfm.sim.fault({ kind: 'error', error: 10, times: Infinity, when: () => (asked += 1) > 2 });
  const run = backfill();
  run.start();
  expect(await ended(run)).toMatchObject({ state: 'failed', seen: 399 });
  lastfm.sim.clearFaults();
  const before = lastfm.sim.requests.length;
  const again = backfill();
  again.start();
  expect(await ended(again)).toMatchObject({ state: 'done', seen: 1_000, new: 1_000 });
  expect(lastfm.sim.requests.length - before).toBeLessThanOrEqual(6);
});

test('what an older version could not read is offered to a newer one, once', async () => {
  library.setAside.keep(
    'lastfm',
    'plays',
    [
      { reason: 'unreadable', raw: { a: 1 } },
      { reason: 'unreadable', raw: { b: 2 } },
    ],
    1,
  );
  expect(await library.setAside.reread('lastfm', 'plays', 1, () => true)).toBe(0);
  expect(await library.setAside.reread('lastfm', 'plays', 2, (raw) => 'a' in (raw as object))).toBe(1);
  expect(await library.setAside.reread('lastfm', 'plays', 2, () => true)).toBe(0);
  expect(library.setAside.counts()).toMatchObject([{ count: 1 }]);
  library.setAside.keep('lastfm', 'plays', [{ reason: 'unreadable', raw: 'x'.repeat(100_000) }], 1);
  expect(await library.setAside.reread('lastfm', 'plays', 3, () => false)).toBe(0);
  expect(library.setAside.page('lastfm', { page: 1, pageSize: 5 }).items.every(({ raw }) => raw.length <= 4_000)).toBe(
    true,
  );
});
