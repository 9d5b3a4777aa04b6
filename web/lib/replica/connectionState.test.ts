import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionState } from './connectionState.ts';
import { ApiError } from './apiClient.ts';

const gone = new ApiError('network', 'gone');
let connectionState: ConnectionState;
let seen: string[];
const life = new AbortController();

/** Milliseconds until the next attempt is due. */
async function wait(): Promise<number> {
  const from = performance.now();
  let due = false;
  void connectionState.due(life.signal).then(() => (due = true));
  await vi.advanceTimersByTimeAsync(0);
  while (!due) await vi.advanceTimersByTimeAsync(50);
  return performance.now() - from;
}

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  connectionState = new ConnectionState((connection) => seen.push(connection));
});
afterEach(() => vi.useRealTimers());

describe('a lost connection', () => {
  it('has begun where a server that was asked says nothing for a while, and ends with its first word', async () => {
    void connectionState.awaitWord(life.signal);
    await vi.advanceTimersByTimeAsync(7_000);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen).toEqual(['offline']);
    connectionState.succeeded();
    expect(seen).toEqual(['offline', 'online']);
    void connectionState.awaitWord(life.signal);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen).toEqual(['offline', 'online']);
  });

  it('lengthens the pause with each failure, to half a minute or so at the most', async () => {
    expect(await wait()).toBe(0);
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      connectionState.failed(gone);
      pauses.push(await wait());
    }
    expect(pauses[0]).toBeLessThan(1_400);
    expect(pauses[3]).toBeGreaterThan(5_000);
    expect(Math.max(...pauses)).toBeLessThan(38_000);
    expect(seen).toEqual(['offline']);
  });

  it('counts attempts that fail together once', async () => {
    for (let request = 0; request < 7; request++) connectionState.failed(gone);
    expect(await wait()).toBeLessThan(1_400);
  });

  it('ends at once when woken or when something succeeds', async () => {
    connectionState.failed(gone);
    let due = false;
    void connectionState.due(life.signal).then(() => (due = true));
    connectionState.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(due).toBe(true);
    connectionState.failed(gone);
    connectionState.succeeded();
    expect(await wait()).toBe(0);
    expect(seen).toEqual(['offline', 'online']);
  });

  it('distinguishes a missing token and a client that is too old from a server that is gone', () => {
    connectionState.failed(new ApiError('unauthorized', '', 401));
    connectionState.failed(new ApiError('upgrade-required', '', 426));
    expect(seen).toEqual(['needs-token', 'outdated']);
  });

  it('distinguishes a server that answers to localhost only from one that is gone', () => {
    connectionState.failed(
      new ApiError('forbidden', '', 403, { code: 'localhost-only', params: { host: 'nas.local' } }),
    );
    expect(seen).toEqual(['localhost-only']);
    connectionState.failed(new ApiError('forbidden', '', 403, { code: 'foreign-page' }));
    expect(seen).toEqual(['localhost-only', 'offline']);
  });

  it('drops what was aborted', async () => {
    connectionState.failed(gone);
    const given = new AbortController();
    const due = connectionState.due(given.signal);
    given.abort();
    await expect(due).resolves.toBeUndefined();
  });
});
