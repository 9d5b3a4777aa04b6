import type { RateLimiter } from '#server/kit/http/rateLimiter.ts';

const MINUTE_MS = 60_000;

/** Requests a minute until Discogs has told its own number: what an authenticated client may do. */
export const FIRST_PACE = 60;

/**
 * The pause between two requests so that the minute's allowance lasts the minute. Discogs counts over a moving minute
 * and per address, other programs in the house included: while less than a tenth of the allowance remains the pause
 * grows, up to double, which leaves a lone client at about nine tenths of the limit and never at its edge.
 * @param limit X-Discogs-Ratelimit @param remaining X-Discogs-Ratelimit-Remaining
 */
export function pauseMs(limit: number, remaining: number): number {
  const reserve = Math.max(1, limit / 10);
  const lacking = Math.min(1, Math.max(0, (reserve - remaining) / reserve));
  return (MINUTE_MS / limit) * (1 + lacking);
}

/** Sets the limiter to the pace an answer's headers tell; without them it stays as it is. */
export function followPace(limiter: RateLimiter, headers: Headers): void {
  const limit = Number(headers.get('x-discogs-ratelimit') ?? Number.NaN);
  const remaining = Number(headers.get('x-discogs-ratelimit-remaining') ?? Number.NaN);
  if (!(limit > 0) || !Number.isFinite(limit)) return;
  limiter.setInterval(pauseMs(limit, Number.isFinite(remaining) ? remaining : limit));
}
