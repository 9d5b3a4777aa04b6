import { dayKeyOf } from '../journal/dates.ts';
import type { Analysis } from './analysis.ts';
import { dayCounts } from './dayCounts.ts';
import type { Period } from './period.ts';

/** Days in a row with at least one listen. */
export interface Streak {
  days: number;
  /** `YYYY-MM-DD`. */
  first: string;
  last: string;
}

export interface Streaks {
  /** The one that reaches today, or yesterday as long as today has no listen yet. */
  current: Streak | null;
  /** Of equal ones the latest. */
  longest: Streak | null;
}

/** Streaks within the period; days outside it do not count. Unknown dates are on no day. `now` in seconds since the epoch. */
export function streaks(analysis: Analysis, period: Period, now: number): Streaks {
  const { first, counts } = dayCounts(analysis, period);
  const today = analysis.calendar.dayNumber(now);
  let current: Streak | null = null;
  let longest: Streak | null = null;
  let start = 0;
  for (let index = 0; index < counts.length; index++) {
    if (counts[index] === 0) {
      start = index + 1;
      continue;
    }
    if (counts[index + 1]) continue;
    const [begin, last] = [first + start, first + index];
    const streak: Streak = { days: index - start + 1, first: dayKeyOf(begin), last: dayKeyOf(last) };
    if (!longest || streak.days >= longest.days) longest = streak;
    if (begin <= today && last >= today - 1) current = streak;
  }
  return { current, longest };
}
