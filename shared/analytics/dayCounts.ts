import type { Analysis } from './analysis.ts';
import { localTime, NO_HOUR } from './localTime.ts';
import type { Period } from './period.ts';
import { eachRollupDay } from './rollupMonths.ts';

/** Listens of each local day, from the first day that has any to the last. */
export interface DayCounts {
  /** The day of `counts[0]`, counted from 1970-01-01. */
  first: number;
  counts: Int32Array;
}

/** Listens at an unknown date are on no day. */
export function dayCounts(analysis: Analysis, period: Period): DayCounts {
  return analysis.derive(`dayCounts ${period.from} ${period.to}`, () => {
    const { day, hour } = localTime(analysis);
    const [start, end] = analysis.journal.indexRange(period.from, period.to);
    let [first, last] = [Infinity, -Infinity];
    for (let row = start; row < end; row++) {
      if (hour[row] === NO_HOUR) continue;
      const its = day[row]!;
      if (its < first) first = its;
      if (its > last) last = its;
    }
    eachRollupDay(analysis, period, (its) => {
      first = Math.min(first, its);
      last = Math.max(last, its);
    });
    if (first > last) return { first: 0, counts: new Int32Array(0) };
    const counts = new Int32Array(last - first + 1);
    for (let row = start; row < end; row++) if (hour[row] !== NO_HOUR) counts[day[row]! - first]!++;
    eachRollupDay(analysis, period, (its, listens) => {
      counts[its - first]! += listens;
    });
    return { first, counts };
  });
}
