import type { Ground } from './ground.ts';

export type Unit = 'ms' | 's' | 'bytes' | 'KB' | 'MB' | 'per second' | 'per minute' | '%';

/** One measured figure beside what it should be. */
export interface Figure {
  what: string;
  value: number;
  unit: Unit;
  /** Absent for figures that nothing was promised about. */
  reach?: number;
  /** Which side of the reach is good. Default: below. */
  good?: 'below' | 'above';
  /** What else must be known to read it. */
  remark?: string;
}

/** Measures one thing on the ground that it is given, which it leaves as it found it. */
export interface Bench {
  /** For `--only`. */
  name: string;
  measure: (ground: Ground) => Promise<Figure[]>;
}

export const isWithinReach = ({ value, reach, good = 'below' }: Figure): boolean | null =>
  reach === undefined ? null : good === 'below' ? value <= reach : value >= reach;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** @param share 0.95 for the value that 95 of 100 do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}
