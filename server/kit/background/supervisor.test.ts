import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { createLog, silentLog } from '../log.ts';
import { supervise } from './supervisor.ts';

test('a loop that throws is reported, begun anew after growing pauses, and never the end of its caller', async () => {
  const clock = new SimulatedClock('2026-01-01T00:00:00Z');
  const lines: string[] = [];
  const stop = new AbortController();
  const began: number[] = [];
  const reported: (string | null)[] = [];
  const ended = supervise(
    'polling',
    async () => {
      began.push(clock.elapsed() / 1000);
      if (began.length < 5) throw new Error('the database is locked');
      await clock.sleep(1e9, stop.signal);
    },
    {
      clock,
      log: createLog(
        () => [],
        (line) => lines.push(line),
      ),
      signal: stop.signal,
      onErrorChange: (error) => {
        reported.push(error?.message ?? null);
        throw new Error('reporting fails too');
      },
    },
  );
  await clock.pass(600_000);
  expect(began).toEqual([0, 1, 3, 7, 15]);
  expect(reported.filter((message) => message === null)).toHaveLength(4);
  expect(reported.at(-1)).toBeNull();
  expect(lines.filter((line) => line.includes('the database is locked'))).toHaveLength(4);
  stop.abort(new Error('the end'));
  await ended;
});

test('the clock set back for three days: what waits, waits no longer', async () => {
  const clock = new SimulatedClock('2026-01-10T00:00:00Z');
  const stop = new AbortController();
  let rounds = 0;
  const ended = supervise(
    'polling',
    async (signal) => {
      for (;;) {
        rounds += 1;
        await clock.sleep(60_000, signal);
      }
    },
    { clock, log: silentLog, signal: stop.signal },
  );
  await clock.pass(120_000);
  await clock.set(-3 * 86_400_000);
  await clock.pass(600_000);
  expect(rounds).toBe(13);
  stop.abort();
  await ended;
});
