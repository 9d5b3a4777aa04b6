import { describe, expect, it } from 'vitest';
import { RateLimiter } from '#server/kit/http/rateLimiter.ts';
import { followPace, pauseMs } from './pace.ts';

describe('the pace', () => {
  it('is the limit while enough of it remains, and a fifth of it when none does', () => {
    expect(pauseMs(60, 60)).toBe(1000);
    expect(pauseMs(60, 6)).toBe(1000);
    expect(pauseMs(60, 3)).toBe(3000);
    expect(pauseMs(60, 0)).toBe(5000);
    expect(pauseMs(25, 25)).toBe(2400);
    expect(pauseMs(6000, 5000)).toBe(10);
  });

  it('follows the headers, and nothing else', async () => {
    const waits: number[] = [];
    const clock = { now: () => 0, elapsed: () => 0, sleep: async (ms: number) => void waits.push(ms) };
    const rateLimiter = new RateLimiter(clock, 1000);
    followPace(rateLimiter, new Headers({ 'x-discogs-ratelimit': '6000', 'x-discogs-ratelimit-remaining': '5999' }));
    followPace(rateLimiter, new Headers());
    followPace(rateLimiter, new Headers({ 'x-discogs-ratelimit': '0' }));
    followPace(rateLimiter, new Headers({ 'x-discogs-ratelimit': 'many' }));
    await rateLimiter.turn();
    await rateLimiter.turn();
    expect(waits).toEqual([10]);
    followPace(rateLimiter, new Headers({ 'x-discogs-ratelimit': '60', 'x-discogs-ratelimit-remaining': '0' }));
    await rateLimiter.turn();
    expect(waits).toEqual([10, 5000]);
  });
});
