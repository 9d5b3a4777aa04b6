import type { Clock } from './clock.ts';

/** Finds something out when it is asked for, and answers the same again for `ms` milliseconds: asking often costs nothing. A failure is remembered as long. */
export function remembered<T>(clock: Clock, ms: number, find: () => Promise<T>): () => Promise<T> {
  let known: { found: Promise<T>; at: number } | null = null;
  return () => {
    const now = clock.elapsed();
    if (known === null || now - known.at >= ms) known = { found: find(), at: now };
    return known.found;
  };
}
