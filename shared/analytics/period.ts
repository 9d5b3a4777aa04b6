import type { Calendar } from '../journal/calendar.ts';
import { datePartsOf, dayNumberOf, monthStartOf, parseMonthKey, weekStartOf } from '../journal/dates.ts';

/** A stretch of time, seconds since the epoch; `to` is left out. */
export interface Period {
  from: number;
  to: number;
}

export const ALL_TIME: Readonly<Period> = { from: -Infinity, to: Infinity };

export type PeriodUnit = 'day' | 'week' | 'month' | 'year';

/** The day, ISO week, month or year that an instant is in; `shift` moves it by so many units. */
export function periodAround(calendar: Calendar, unit: PeriodUnit, seconds: number, shift = 0): Period {
  const day = calendar.dayNumber(seconds);
  const { year, month } = datePartsOf(day);
  const bounds = (first: number, end: number): Period => ({
    from: calendar.dayStart(first),
    to: calendar.dayStart(end),
  });
  switch (unit) {
    case 'day':
      return bounds(day + shift, day + shift + 1);
    case 'week':
      return bounds(weekStartOf(day) + shift * 7, weekStartOf(day) + shift * 7 + 7);
    case 'month':
      return bounds(monthStartOf(year, month, shift), monthStartOf(year, month, shift + 1));
    case 'year':
      return yearPeriod(calendar, year + shift);
  }
}

/** The last so many days, today among them; `shift` moves them by as many days once, twice … */
export function lastDays(calendar: Calendar, now: number, days: number, shift = 0): Period {
  const last = calendar.dayNumber(now) + shift * days;
  return { from: calendar.dayStart(last - days + 1), to: calendar.dayEnd(last) };
}

/** Whole local days, both named days among them. */
export function dayRange(calendar: Calendar, first: string, last: string): Period {
  return { from: calendar.dayStart(first), to: calendar.dayEnd(last) };
}

export function yearPeriod(calendar: Calendar, year: number): Period {
  return { from: calendar.dayStart(dayNumberOf(year, 1, 1)), to: calendar.dayStart(dayNumberOf(year + 1, 1, 1)) };
}

/** @throws {RangeError} for a key that is no `YYYY-MM`. */
export function monthPeriod(calendar: Calendar, monthKey: string): Period {
  const { year, month } = parseMonthKey(monthKey);
  return { from: calendar.dayStart(monthStartOf(year, month)), to: calendar.dayStart(monthStartOf(year, month, 1)) };
}

/**
 * The period before one, to compare it with: of whole months as many months, else of whole days as many days, else as many
 * seconds. All time has none.
 */
export const periodBefore = (calendar: Calendar, period: Period): Period | null => periodBeside(calendar, period, -1);

/** The period after one, of as many months, days or seconds. All time has none. */
export const periodAfter = (calendar: Calendar, period: Period): Period | null => periodBeside(calendar, period, 1);

function periodBeside(calendar: Calendar, { from, to }: Period, step: -1 | 1): Period | null {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  const beside = (other: number): Period => (step < 0 ? { from: other, to: from } : { from: to, to: other });
  const [first, end] = [calendar.dayNumber(from), calendar.dayNumber(to)];
  const edge = step < 0 ? first : end;
  if (calendar.dayStart(first) !== from || calendar.dayStart(end) !== to)
    return beside((step < 0 ? from : to) + step * (to - from));
  const [a, b, at] = [datePartsOf(first), datePartsOf(end), datePartsOf(edge)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  return beside(
    calendar.dayStart(
      a.day === 1 && b.day === 1 ? monthStartOf(at.year, at.month, step * months) : edge + step * (end - first),
    ),
  );
}
