/**
 * Milliseconds before the next try: doubled with each failure up to `mostMs`, ±25 % so that a house full of clients
 * does not knock at a restarted Core in step.
 * @param failures in a row, at least 1
 * @param random in [0, 1)
 */
export function backoffMs(failures: number, firstMs: number, mostMs: number, random = Math.random()): number {
  const steady = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return steady * (0.75 + random * 0.5);
}
