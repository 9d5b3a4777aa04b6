/** Warmth from 0 (nothing) to 4 (as much as it gets) of a count beside the largest. */
export const heatOf = (count: number, most: number): number => (count === 0 || most === 0 ? 0 : Math.min(4, 1 + Math.floor((count / most) * 3.999)));
