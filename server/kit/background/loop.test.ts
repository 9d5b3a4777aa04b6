import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { silentLog } from '../log.ts';
import { BackgroundLoop, type BackgroundLoopOptions } from './loop.ts';

function loopForTest(round: (signal: AbortSignal, number: number) => number | Promise<number>, more = {}) {
  const clock = new SimulatedClock('2026-01-10T00:00:00Z');
  const rounds: number[] = [];
  const options: BackgroundLoopOptions = {
    name: 'tested',
    clock,
    log: silentLog,
    round(signal) {
      rounds.push(clock.elapsed() / 1000);
      return round(signal, rounds.length);
    },
    ...more,
  };
  return { clock, rounds, loop: new BackgroundLoop(options) };
}

test('a loop rests as long as its round says, by the clock that nobody sets, and never longer than it may', async () => {
  const { clock, rounds, loop } = loopForTest((_signal, number) => (number === 3 ? Infinity : 60_000), {
    longestPauseMs: 300_000,
  });
  loop.start();
  loop.start();
  await clock.pass(60_000);
  await clock.set(-3 * 86_400_000);
  await clock.pass(360_000);
  expect(rounds).toEqual([0, 60, 120, 420]);
  await loop.stop();
  await clock.pass(600_000);
  expect(rounds).toHaveLength(4);
  expect(loop.isRunning).toBe(false);
});

test('a loop may wait before its first round, unless it is woken', async () => {
  const { clock, rounds, loop } = loopForTest(() => Infinity, { firstPauseMs: 5_000 });
  loop.start();
  await clock.pass(4_000);
  expect(rounds).toEqual([]);
  await clock.pass(4_000);
  expect(rounds).toEqual([5]);
  await loop.stop();
  loop.start();
  await clock.pass(1_000);
  loop.wake();
  await clock.pass(10_000);
  expect(rounds).toEqual([5, 9]);
  await loop.stop();
});

test('whoever wakes it is never missed: not while it rests without end, and not during a round', async () => {
  let underWay = () => {};
  const { clock, rounds, loop } = loopForTest(async (_signal, number) => {
    if (number === 2) await new Promise<void>((resolve) => (underWay = resolve));
    return Infinity;
  });
  loop.start();
  await clock.pass(5_000);
  loop.wake();
  await clock.pass(1_000);
  expect(rounds).toEqual([0, 5]);
  loop.wake();
  loop.wake();
  await clock.pass(1_000);
  expect(rounds).toHaveLength(2);
  underWay();
  await clock.pass(86_400_000);
  expect(rounds).toEqual([0, 5, 7]);
  await loop.stop();
});

test('it may wait a moment before each round: whatever wakes it meanwhile is one with it', async () => {
  const { clock, rounds, loop } = loopForTest(() => Infinity, { settleMs: 500 });
  loop.start();
  await clock.pass(400);
  loop.wake();
  await clock.pass(5_000);
  expect(rounds).toEqual([0.5]);
  loop.wake();
  await clock.pass(100);
  loop.wake();
  await clock.pass(60_000);
  expect(rounds).toEqual([0.5, 5.9]);
  loop.wake();
  await loop.stop();
  await clock.pass(60_000);
  expect(rounds).toHaveLength(2);
});

test('a round that fails is reported and repeated after growing pauses', async () => {
  const reported: (string | null)[] = [];
  const { clock, rounds, loop } = loopForTest(
    (_signal, number) => {
      if (number < 4) throw new Error('the database is locked');
      return Infinity;
    },
    { onErrorChange: (error: Error | null) => reported.push(error?.message ?? null) },
  );
  loop.start();
  await clock.pass(60_000);
  expect(rounds).toEqual([0, 1, 3, 7]);
  expect(reported).toEqual(Array.from({ length: 3 }, () => ['the database is locked', null]).flat());
  await loop.stop();
});

test('one that is stopped and started again never has two rounds at once', async () => {
  let running = 0;
  let most = 0;
  const { clock, rounds, loop } = loopForTest(async (signal) => {
    most = Math.max(most, ++running);
    // Comes to its end only a while after it was stopped.
    await clock.sleep(1e9, signal).catch(() => clock.sleep(1_000));
    running -= 1;
    return 0;
  });
  loop.start();
  await clock.pass(10);
  const stopped = loop.stop();
  loop.start();
  expect(loop.isRunning).toBe(true);
  await clock.pass(2_000);
  await stopped;
  expect(rounds).toEqual([0, 1.01]);
  expect(most).toBe(1);
  const closed = loop.stop();
  await clock.pass(2_000);
  await closed;
});
