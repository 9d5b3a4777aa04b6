import type { Analysis } from './analysis.ts';
import { monthPeriod, type Period } from './period.ts';
import type { MonthlyRollup } from './rollup.ts';

/** A rollup with the seconds of its month. */
export interface RollupMonth extends Period {
  rollup: MonthlyRollup;
}

/** All rollups, oldest month first. */
export function rollupMonths(analysis: Analysis): RollupMonth[] {
  return analysis.derive('rollupMonths', () =>
    analysis.rollups
      .map((rollup) => ({ rollup, ...monthPeriod(analysis.calendar, rollup.id) }))
      .sort((a, b) => a.from - b.from),
  );
}

/**
 * The rollups that belong to a period: those whose whole month lies in it. A month that is in it only in part cannot be told
 * apart any more and is left out.
 */
export function rollupsWithin(analysis: Analysis, period: Period): RollupMonth[] {
  return rollupMonths(analysis).filter(({ from, to }) => from >= period.from && to <= period.to);
}
