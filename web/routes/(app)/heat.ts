/** The warmest there is. */
const WARMEST = 4;

/** Warmth from 0 (nothing) to 4 (as much as it gets) of a count beside the largest. */
export const heatOf = (count: number, most: number): number =>
  count === 0 || most === 0 ? 0 : Math.min(WARMEST, 1 + Math.floor((count / most) * 3.999));

/** From how many on a count is as warm as it gets, beside the largest. */
export function warmestFrom(most: number): number {
  let count = Math.max(1, Math.floor(most * 0.75));
  while (heatOf(count, most) < WARMEST) count++;
  return count;
}

/** The largest of a few days' counts; a quiet week or month is not warm for that, so never under 8. */
export const fullest = (counts: ArrayLike<number>): number => Math.max(8, ...Array.from(counts));
