import type { Calendar } from './calendar.ts';
import { parseDayKey } from './dates.ts';

const DAY = 86_400;

/** What a day and a time on the wall stand for: one moment, two where the clocks went back, none where they went forward. Seconds. */
export type WallTime =
  | { kind: 'once'; at: number }
  /** The same time was shown twice, the first and the second time. */
  | { kind: 'twice'; at: readonly [number, number] }
  /** The clocks went from `from` to `to`, seconds after midnight of that day, and never showed it. */
  | { kind: 'never'; from: number; to: number };

/**
 * The moments at which a household's clock showed a time of a day.
 *
 * @param day `YYYY-MM-DD`.
 * @param secondsIntoDay after its midnight.
 * @throws {RangeError} for a key that is no date.
 */
export function wallTime(calendar: Calendar, day: string, secondsIntoDay: number): WallTime {
  const midnight = parseDayKey(day) * DAY;
  const shown = midnight + secondsIntoDay;
  const offsets = [...new Set([calendar.offset(shown - DAY), calendar.offset(shown + DAY)])];
  const [first, second] = offsets
    .map((offset) => shown - offset)
    .filter((at) => at + calendar.offset(at) === shown)
    .sort((one, other) => one - other);
  if (first !== undefined)
    return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', at: [first, second] };
  const change = calendar.instantOf(day, secondsIntoDay);
  return {
    kind: 'never',
    from: change + calendar.offset(change - 1) - midnight,
    to: change + calendar.offset(change) - midnight,
  };
}
