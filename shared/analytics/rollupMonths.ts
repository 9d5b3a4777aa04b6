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
 * The rollups that belong to a period: those whose whole month lies in it. A month that is in it only in part cannot be
 * divided any more and is left out.
 */
export function rollupsWithin(analysis: Analysis, period: Period): RollupMonth[] {
  return rollupMonths(analysis).filter(({ from, to }) => from >= period.from && to <= period.to);
}

/**
 * Calls `visit` for each day of a rollup that lies whole in the period and has listens. Days are known even of a month that is in
 * the period only in part.
 */
export function eachRollupDay(
  analysis: Analysis,
  period: Period,
  visit: (dayNumber: number, listens: number, month: RollupMonth) => void,
): void {
  for (const month of rollupMonths(analysis)) {
    if (month.to <= period.from || month.from >= period.to) continue;
    const first = analysis.calendar.dayNumber(month.from);
    month.rollup.days.forEach((listens, index) => {
      if (listens === 0) return;
      const day = first + index;
      if (analysis.calendar.dayStart(day) >= period.from && analysis.calendar.dayEnd(day) <= period.to) {
        visit(day, listens, month);
      }
    });
  }
}
