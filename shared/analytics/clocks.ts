import { weekdayOf } from '../journal/dates.ts';
import type { Analysis } from './analysis.ts';
import { localTime, NO_HOUR } from './localTime.ts';
import type { Period } from './period.ts';
import { rollupsWithin } from './rollupMonths.ts';

/** Listens by weekday and hour: 168 counts, Monday 0 h first. Unknown dates are left out. */
export function weekHours(analysis: Analysis, period: Period): number[] {
  return analysis.derive(`weekHours ${period.from} ${period.to}`, () => {
    const { day, hour } = localTime(analysis);
    const [start, end] = analysis.journal.indexRange(period.from, period.to);
    const tally = new Int32Array(168);
    let [today, ofDay] = [NaN, 0];
    for (let row = start; row < end; row++) {
      if (hour[row] === NO_HOUR) continue;
      if (day[row] !== today) {
        today = day[row]!;
        ofDay = weekdayOf(today) * 24;
      }
      tally[ofDay + hour[row]!]!++;
    }
    const counts = [...tally];
    for (const { rollup } of rollupsWithin(analysis, period)) {
      rollup.weekHours.forEach((listens, place) => (counts[place]! += listens));
    }
    return counts;
  });
}

/** Listens by hour of the day: 24 counts. */
export function clock(analysis: Analysis, period: Period): number[] {
  const week = weekHours(analysis, period);
  return Array.from({ length: 24 }, (_, hour) => sumOf(week.filter((_listens, place) => place % 24 === hour)));
}

/** Listens by weekday: 7 counts, Monday first. */
export function weekdays(analysis: Analysis, period: Period): number[] {
  const week = weekHours(analysis, period);
  return Array.from({ length: 7 }, (_, weekday) => sumOf(week.slice(weekday * 24, weekday * 24 + 24)));
}

/** Where the largest of these counts is, the first of equal ones; null when all are 0. */
export function peakOf(counts: readonly number[]): number | null {
  const most = Math.max(0, ...counts);
  return most === 0 ? null : counts.indexOf(most);
}

/** Hours of the clock that follow each other, over midnight too. */
export interface HourWindow {
  from: number;
  /** The hour after the last; 0 for midnight. */
  to: number;
  /** Of all listens with a known hour, at least a half. */
  share: number;
}

/** The shortest stretch of the clock that holds at least half of the listens; null when there are none. */
export function mainHours(counts: readonly number[]): HourWindow | null {
  const total = sumOf(counts);
  if (total === 0) return null;
  for (let length = 1; length < 24; length++) {
    const sums = counts.map((_, from) => sumOf(Array.from({ length }, (_hour, step) => counts[(from + step) % 24]!)));
    const from = peakOf(sums)!;
    if (sums[from]! * 2 >= total) return { from, to: (from + length) % 24, share: sums[from]! / total };
  }
  return { from: 0, to: 0, share: 1 };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
