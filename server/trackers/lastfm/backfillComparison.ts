import type { BackfillStatus } from '#shared/api/lastfm.ts';
import type { BackfillState } from './backfillState.ts';
import { PAGE_SIZE } from './historyPages.ts';

type Counts = readonly { count: number }[];

export const sum = (counts: Counts): number => counts.reduce((all, { count }) => all + count, 0);

/**
 * What Last.fm counts held against what is here, and why they differ.
 *
 * @param here plays of Last.fm that are here. @param later those of them that are newer than the history that was read.
 */
export function comparisonOf(
  state: BackfillState,
  here: number,
  later: () => number,
): NonNullable<BackfillStatus['comparison']> {
  const { seen, repeated, refused, setAside, pagesSteppedOver, doubts, counted } = state;
  const total = state.total ?? counted;
  const unseen = Math.max(0, (total ?? seen) - found(state, here, later));
  const steppedOver = Math.min(unseen, pagesSteppedOver * PAGE_SIZE);
  const because = [
    { reason: 'repeated', count: repeated },
    ...refused,
    ...setAside,
    { reason: 'page-unreadable', count: steppedOver },
    { reason: 'left-out', count: unseen - steppedOver },
    { reason: 'not-counted', count: Number(total === null && doubts > 0) },
  ].filter(({ count }) => count > 0);
  return { lastfm: total ?? seen, here, because };
}

/** How many entries were read in all; of two readings each may have found what the other did not. */
function found(state: BackfillState, here: number, later: () => number): number {
  const { seen, seenBefore, passes, repeated, refused, setAside } = state;
  if (passes === 0) return seen;
  return Math.max(seen, seenBefore, here - later() + repeated + sum(refused) + sum(setAside));
}
