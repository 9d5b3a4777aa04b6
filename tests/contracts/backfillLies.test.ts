import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Library } from '#server/library/api/library.ts';
import { libraryForTest } from '#server/library/testing/library.ts';
import type { BackfillStatus } from '#shared/api/lastfm.ts';
import type { LastfmLie } from '#tests/simulators/lastfm/lies.ts';
import { type LastfmFixture, lastfmBackfill, openLastfmFixture, play } from './lastfmFixture.ts';

const LIES = [
  'nothing',
  'unlisted',
  'half',
  'cut',
  'same-page',
  'same-window',
  'newest',
  'grows',
  'more',
  'uncounted',
] as const satisfies LastfmLie[];
/** Two minutes apart, the newest first; here and there two in one second. */
const history = Array.from({ length: 320 }, (_, number) =>
  play(-(number - Number(number % 50 === 1)) * 120, { title: `Slack Water ${number}` }),
);
const PLAYS = history.length;
const HOUR = 3_600_000;

let lastfm: LastfmFixture;
beforeEach(async () => {
  lastfm = await openLastfmFixture();
  await lastfm.restart({ history });
});
afterEach(() => lastfm.sim.close());

const reading = (library: Library, statuses: BackfillStatus[] = []) =>
  lastfmBackfill(lastfm, library, { onProgress: (run) => statuses.push(run.status()) });

/** Reads the whole history of a Last.fm that lies. */
async function read(nextLie: () => LastfmLie | null) {
  const { library, close } = libraryForTest();
  const before = lastfm.sim.requests.length;
  const skipped = lastfm.clock.skipped;
  const statuses: BackfillStatus[] = [];
  lastfm.sim.lie(nextLie);
  const run = reading(library, statuses);
  run.start();
  await expect.poll(() => run.status().state, { interval: 5 }).not.toBe('running');
  const status = run.status();
  const titles = library.reads.listens({ page: 1, pageSize: 500 }).items.map(({ track }) => track.title);
  close();
  return {
    status,
    statuses,
    titles,
    asked: lastfm.sim.requests.length - before,
    hours: (lastfm.clock.skipped - skipped) / HOUR,
  };
}

const all = new Set(history.map(({ title }) => title));
const truthful = {
  state: 'done',
  total: PLAYS,
  seen: PLAYS,
  lastError: null,
  comparison: { lastfm: PLAYS, here: PLAYS, because: [] },
};

test('however Last.fm lies for a while, every play arrives once and the reading ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(fc.constantFrom(...LIES)), { maxLength: 8 }), async (lies) => {
      const left = [...lies];
      const { status, titles } = await read(() => left.shift() ?? null);
      expect(titles).toHaveLength(PLAYS);
      expect(new Set(titles)).toEqual(all);
      expect(status).toMatchObject(truthful);
    }),
    { numRuns: 5 },
  );
});

describe('a Last.fm that lies for ever', () => {
  test.each(LIES)('%s: is asked a bounded number of times, with pauses; what is missing is reported', async (lie) => {
    let answers = 0;
    const { status, titles, asked } = await read(() => ((answers += 1) > 1 ? lie : null));
    expect(asked).toBeLessThan(150);
    expect(status).toMatchObject({ state: 'done', lastError: null, nextTryAt: null });
    expect(new Set(titles).size).toBe(titles.length);
    const { lastfm: counted, here, because } = status.comparison!;
    expect(here).toBe(titles.length);
    expect(counted - here).toBe(because.reduce((sum, { count }) => sum + count, 0));
    if (titles.length < PLAYS) expect(because.map(({ reason }) => reason)).toEqual(['left-out']);
  });

  test('and then tells the truth: what was missing comes when it is read again', async () => {
    const { library } = libraryForTest();
    lastfm.sim.lie(() => 'newest');
    const run = reading(library);
    const ended = async () => {
      run.start();
      await expect.poll(() => run.status().state, { interval: 5 }).toBe('done');
      return run.status();
    };
    expect(await ended()).toMatchObject({
      comparison: { lastfm: PLAYS, here: 200, because: [{ reason: 'left-out', count: PLAYS - 200 }] },
    });
    lastfm.sim.lie(() => null);
    expect(await ended()).toMatchObject({ ...truthful, new: PLAYS - 200, known: 200 });
  });

  test('an empty first answer is no empty history: it is asked again for hours, says so, and goes on after a restart', async () => {
    const { library } = libraryForTest();
    const statuses: BackfillStatus[] = [];
    const run = reading(library, statuses);
    // In the midst of asking: these hours pass in a moment, and are over before a test that looks now and then has seen them.
    let closing: Promise<void> | undefined;
    lastfm.sim.lie(() => {
      if (lastfm.clock.skipped > HOUR) closing ??= run.close();
      return 'nothing';
    });
    run.start();
    await expect.poll(() => closing !== undefined).toBe(true);
    await closing;
    expect(statuses).toContainEqual(
      expect.objectContaining({
        state: 'running',
        lastError: `Last.fm counts ${PLAYS} plays and listed 0 of them`,
        nextTryAt: expect.any(Number) as unknown,
      }),
    );
    lastfm.sim.lie(() => null);
    const again = reading(library);
    again.resume();
    await expect.poll(() => again.status().state).toBe('done');
    expect(again.status()).toMatchObject(truthful);
  });
});

test('a history without a play is read with one look', async () => {
  await lastfm.restart({ history: [] });
  const { status, asked, hours } = await read(() => null);
  expect(status).toMatchObject({ state: 'done', seen: 0, comparison: { lastfm: 0, here: 0, because: [] } });
  expect(asked).toBe(2);
  expect(hours).toBeLessThan(0.1);
});

test.each([20, -60])(
  'what is heard while it reads, at second %s, is read and counted, and is waited for by nobody where it is the newest',
  async (second) => {
    let asked = 0;
    const { status, titles, hours } = await read(() => {
      asked += 1;
      if (asked === 2) lastfm.sim.scrobble(play(second, { title: 'Heard meanwhile' }));
      return null;
    });
    expect(titles).toContain('Heard meanwhile');
    expect(status).toMatchObject({
      ...truthful,
      total: PLAYS + 1,
      seen: PLAYS + 1,
      comparison: { lastfm: PLAYS + 1, here: PLAYS + 1, because: [] },
    });
    if (second > 0) expect(hours).toBeLessThan(0.1);
  },
);
