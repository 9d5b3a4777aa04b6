/** How long to wait between tries that fail. The unit is the caller's, seconds or milliseconds, one for all of it. */
export interface RetryPolicy {
  /** The pause after the first failure. */
  first: number;
  /** No pause is longer, but for its jitter. */
  longest: number;
  /** By which factor a pause is longer than the one before, or `linear` for as much longer each time as the first is. Default: 2. */
  growth?: number | 'linear';
  /** By how large a part of itself a pause is shorter or longer by chance, so that many who failed together do not come back in step. Default: none. */
  jitter?: number;
}

/** Beyond so many failures no pause grows any more; the power of any sensible factor is finite until there. */
const MOST_STEPS = 64;

/**
 * How long to wait before the next try.
 *
 * @param failures in a row, the latest included: 1 after the first.
 * @param random in [0, 1).
 * @returns in the policy's unit, not rounded.
 */
export function retryPause(
  { first, longest, growth = 2, jitter = 0 }: RetryPolicy,
  failures: number,
  random = Math.random(),
): number {
  const steps = Math.min(Math.max(failures - 1, 0), MOST_STEPS);
  const steady = Math.min(longest, growth === 'linear' ? first * (steps + 1) : first * growth ** steps);
  return steady * (1 - jitter + random * 2 * jitter);
}
