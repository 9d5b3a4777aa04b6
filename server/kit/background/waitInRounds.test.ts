import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { silentLog } from '../log.ts';
import { type Round, waitInRounds } from './waitInRounds.ts';

function waitForTest(round: (number: number) => Round<string>, more: { firstPauseMs?: number } = {}) {
  const clock = new SimulatedClock('2026-01-10T00:00:00Z');
  const stop = new AbortController();
  const rounds: number[] = [];
  const waited = waitInRounds({
    name: 'tested',
    clock,
    log: silentLog,
    signal: stop.signal,
    round() {
      rounds.push(clock.elapsed() / 1000);
      return round(rounds.length);
    },
    ...more,
  });
  return { clock, stop, rounds, waited };
}

test('rounds go on until one finds what is waited for, and no further', async () => {
  const { clock, stop, rounds, waited } = waitForTest(
    (number) => (number === 3 ? { found: 'it' } : { pauseMs: 2_000 }),
    { firstPauseMs: 1_000 },
  );
  await clock.pass(60_000);
  expect(await waited).toBe('it');
  stop.abort();
  await clock.pass(60_000);
  expect(rounds).toEqual([1, 3, 5]);
});

test('a round that fails is repeated after a growing pause', async () => {
  const { clock, rounds, waited } = waitForTest((number) => {
    if (number < 3) throw new Error('the disk does not answer');
    return { found: 'it' };
  });
  await clock.pass(60_000);
  expect(await waited).toBe('it');
  expect(rounds).toEqual([0, 1, 3]);
});

test('whoever waits no longer gets nothing, and no round begins any more', async () => {
  const { clock, stop, rounds, waited } = waitForTest(() => ({ pauseMs: 2_000 }));
  await clock.pass(3_000);
  stop.abort();
  expect(await waited).toBeNull();
  await clock.pass(60_000);
  expect(rounds).toEqual([0, 2]);
});
