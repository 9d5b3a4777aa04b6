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
  const bounds = (first: number, end: number): Period => ({ from: calendar.dayStart(first), to: calendar.dayStart(end) });
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

/** The last so many days, today among them. */
export function lastDays(calendar: Calendar, now: number, days: number): Period {
  const today = calendar.dayNumber(now);
  return { from: calendar.dayStart(today - days + 1), to: calendar.dayEnd(today) };
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
export function periodBefore(calendar: Calendar, { from, to }: Period): Period | null {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  const [first, end] = [calendar.dayNumber(from), calendar.dayNumber(to)];
  if (calendar.dayStart(first) !== from || calendar.dayStart(end) !== to) return { from: from - (to - from), to: from };
  const [a, b] = [datePartsOf(first), datePartsOf(end)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  const before = a.day === 1 && b.day === 1 ? monthStartOf(a.year, a.month, -months) : first - (end - first);
  return { from: calendar.dayStart(before), to: from };
}
