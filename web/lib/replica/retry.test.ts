import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from './apiClient.ts';
import { pause, retrying, unlessAborted, Wake } from './retry.ts';

const gone = new ApiError('network', 'gone');
let life: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  life = new AbortController();
});
afterEach(() => vi.useRealTimers());

const ended = async (waiting: Promise<unknown>): Promise<boolean> => {
  let isOver = false;
  void waiting.then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(0);
  return isOver;
};

describe('a pause', () => {
  it('lasts as long as it was to, or until one of its signals fires', async () => {
    const wake = new Wake();
    const [long, woken] = [pause(1_000), pause(1_000, [life.signal, wake.signal])];
    await vi.advanceTimersByTimeAsync(999);
    expect([await ended(long), await ended(woken)]).toEqual([false, false]);
    wake.wake();
    expect([await ended(long), await ended(woken)]).toEqual([false, true]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended(long)).toBe(true);
    life.abort();
    expect(await ended(pause(1_000, [life.signal]))).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not ended by a wake that was before it', async () => {
    const wake = new Wake();
    wake.wake();
    expect(await ended(pause(1_000, [wake.signal]))).toBe(false);
  });
});

describe('retries', () => {
  /** Due a second after each failure. */
  function retrySchedule() {
    const failures: unknown[] = [];
    return {
      failures,
      due: (signal: AbortSignal) => (failures.length === 0 ? Promise.resolve() : pause(1_000, [signal])),
      failed: (error: unknown) => void failures.push(error),
    };
  }

  it('go on until one succeeds, each when it is due', async () => {
    const state = retrySchedule();
    const attempt = vi.fn(() => (attempt.mock.calls.length < 3 ? Promise.reject(gone) : Promise.resolve('here')));
    const asked = retrying(state, attempt, { signal: life.signal });
    await vi.advanceTimersByTimeAsync(999);
    expect(attempt).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_001);
    await expect(asked).resolves.toBe('here');
    expect(state.failures).toEqual([gone, gone]);
  });

  it('begin at once where they are to, whatever failed before', async () => {
    const state = retrySchedule();
    state.failed(gone);
    await expect(ended(retrying(state, () => Promise.resolve(), { signal: life.signal }))).resolves.toBe(false);
    const atOnce = retrying(state, () => Promise.resolve(), { signal: life.signal, atOnce: true });
    await expect(ended(atOnce)).resolves.toBe(true);
  });

  it('end with what no further attempt would change', async () => {
    const state = retrySchedule();
    const fault = new TypeError('a fault of the program');
    await expect(retrying(state, () => Promise.reject(fault), { signal: life.signal })).rejects.toBe(fault);
    const isTransient = (error: unknown) => error !== gone;
    await expect(retrying(state, () => Promise.reject(gone), { signal: life.signal, isTransient })).rejects.toBe(gone);
    expect(state.failures).toEqual([]);
  });

  it('end when nobody waits any more, in a pause and in an attempt', async () => {
    const state = retrySchedule();
    const paused = unlessAborted(
      retrying(state, () => Promise.reject(gone), { signal: life.signal }),
      life.signal,
    );
    await vi.advanceTimersByTimeAsync(500);
    life.abort();
    await expect(paused).resolves.toBeUndefined();
    expect(state.failures).toEqual([gone]);
    const other = new AbortController();
    const attempt = (): Promise<never> => {
      other.abort();
      return Promise.reject(gone);
    };
    const tried = unlessAborted(retrying(retrySchedule(), attempt, { signal: other.signal }), other.signal);
    await expect(tried).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that were answered count, also where nobody waits any more', async () => {
    const attempt = () => {
      life.abort();
      return Promise.resolve('here');
    };
    await expect(retrying(retrySchedule(), attempt, { signal: life.signal })).resolves.toBe('here');
  });
});
