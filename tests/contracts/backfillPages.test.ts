import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '#server/kit/log.ts';
import type { Library } from '#server/library/contract.ts';
import { libraryForTest } from '#server/library/testing/library.ts';
import { LastfmBackfill } from '#server/trackers/lastfm/backfill.ts';
import { openLastfmHouse, play, START, type LastfmHouse } from './lastfmHouse.ts';

/** Two minutes apart, the newest first. */
const history = Array.from({ length: 1_000 }, (_, number) => play(-number * 120, { title: `Slack Water ${number}` }));
let lastfm: LastfmHouse;
let library: Library;

beforeEach(async () => {
  lastfm = await openLastfmHouse();
  await lastfm.restart({ history });
  ({ library } = libraryForTest());
});
afterEach(() => lastfm.sim.close());

const backfill = () =>
  new LastfmBackfill({
    library, clock: lastfm.clock, log: silentLog, source: () => client, username: () => 'ligeia', requestsPerMinute: () => 60_000, onProgress: () => undefined,
  });
let client: ReturnType<LastfmHouse['client']>;
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
  expect(lastfm.sim.requests.length - before).toBeLessThanOrEqual(4);
});

test('what an older version could not read is offered to a newer one, once', async () => {
  library.setAside.keep('lastfm', 'plays', [{ reason: 'unreadable', raw: { a: 1 } }, { reason: 'unreadable', raw: { b: 2 } }], 1);
  expect(await library.setAside.reread('lastfm', 'plays', 1, () => true)).toBe(0);
  expect(await library.setAside.reread('lastfm', 'plays', 2, (raw) => 'a' in (raw as object))).toBe(1);
  expect(await library.setAside.reread('lastfm', 'plays', 2, () => true)).toBe(0);
  expect(library.setAside.counts()).toMatchObject([{ count: 1 }]);
  library.setAside.keep('lastfm', 'plays', [{ reason: 'unreadable', raw: 'x'.repeat(100_000) }], 1);
  expect(await library.setAside.reread('lastfm', 'plays', 3, () => false)).toBe(0);
  expect(library.setAside.page('lastfm', { page: 1, pageSize: 5 }).items.every(({ raw }) => raw.length <= 4_000)).toBe(true);
});
