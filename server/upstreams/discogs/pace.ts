import type { RateLimiter } from '#server/kit/http/rateLimiter.ts';

const MINUTE_MS = 60_000;
/** How much longer the pause is, at most, when nothing of the allowance remains. */
const BRAKE = 5;

/** Requests a minute until Discogs has sent its own number: what an authenticated client may do. */
export const FIRST_PACE = 60;
/** The same for a client that names nobody. */
export const FIRST_PACE_OF_STRANGERS = 25;

/** How far the last tenth of the allowance is used up already: 0 to 1. */
const lacking = (limit: number, remaining: number): number => {
  const reserve = Math.max(1, limit / 10);
  return Math.min(1, Math.max(0, (reserve - remaining) / reserve));
};

/**
 * The pause between two requests so that the minute's allowance lasts the minute. Discogs counts over a moving minute
 * and per address, other programs at that address included: while less than a tenth of the allowance remains the pause
 * grows, which leaves a lone client at about nine tenths of the limit and never at its edge.
 * @param limit X-Discogs-Ratelimit @param remaining X-Discogs-Ratelimit-Remaining
 */
export function pauseMs(limit: number, remaining: number): number {
  return (MINUTE_MS / limit) * (1 + (BRAKE - 1) * lacking(limit, remaining));
}

/**
 * Sets the rate limiter to the pace an answer's headers allow, at once where little remains; without them it stays as it is.
 */
export function followPace(rateLimiter: RateLimiter, headers: Headers): void {
  const limit = Number(headers.get('x-discogs-ratelimit') ?? Number.NaN);
  const reported = Number(headers.get('x-discogs-ratelimit-remaining') ?? Number.NaN);
  if (!(limit > 0) || !Number.isFinite(limit)) return;
  const remaining = Number.isFinite(reported) ? reported : limit;
  const pause = pauseMs(limit, remaining);
  rateLimiter.setInterval(pause);
  if (lacking(limit, remaining) > 0) rateLimiter.holdFor(pause);
}
