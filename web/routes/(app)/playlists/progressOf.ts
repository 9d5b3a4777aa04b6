import type { Progress } from '#shared/sync/stream.ts';

/** How far a playlist is that EurIA writes, as far as it is known: a key of the translations, a share of 1, and what was counted. */
export interface HowFar {
  said: 'ai.asked' | 'ai.busy' | 'ai.unknown';
  share: number | null;
  counted?: { n: number; total: number };
}

/** @param latest what the server reported last. @param isReached whether it can still report anything else. */
export function progressOf(latest: Progress | undefined, isReached: boolean): HowFar {
  if (!isReached) return { said: 'ai.unknown', share: null };
  if (!latest?.total || latest.done === 0) return { said: 'ai.asked', share: null };
  return { said: 'ai.busy', share: latest.done / latest.total, counted: { n: latest.done, total: latest.total } };
}
