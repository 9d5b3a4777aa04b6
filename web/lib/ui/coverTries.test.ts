import { afterEach, expect, it, vi } from 'vitest';
import { CoverTries } from './coverTries.ts';

afterEach(() => vi.useRealTimers());

it('asks again when the server is there again, for all that failed together', () => {
  vi.useFakeTimers();
  const onRound = vi.fn();
  const tries = new CoverTries(onRound);
  tries.again();
  expect(onRound).not.toHaveBeenCalled();
  tries.failed();
  tries.failed();
  tries.again();
  tries.again();
  vi.advanceTimersByTime(86_400_000);
  expect(onRound).toHaveBeenCalledTimes(1);
});

it('asks again by itself, ever more rarely', () => {
  vi.useFakeTimers();
  const onRound = vi.fn();
  const tries = new CoverTries(onRound);
  const waits = Array.from({ length: 9 }, (_, before) => {
    tries.failed();
    let seconds = 0;
    for (; onRound.mock.calls.length === before; seconds += 10) vi.advanceTimersByTime(10_000);
    return seconds;
  });
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
});
