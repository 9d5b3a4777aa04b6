import type { Calendar } from '../journal/calendar.ts';
import { datePartsOf, monthStartOf } from '../journal/dates.ts';
import { periodBefore, type Period } from './period.ts';

/** What a period is compared with. */
export interface Comparison extends Period {
  /** All of the period before; false where it is as much of it as has passed of a period that is still running. */
  whole: boolean;
}

/**
 * The period before one, as `periodBefore` has it; null for all time. A period that is still running is compared with the same
 * part of the one before: months and years up to today's date in it, that day whole, or to the end of a month that has no such
 * day; a day, and any other number of days, up to the same time of the day, since half a day weighs there. @param now seconds
 * since the epoch.
 */
export function comparisonOf(calendar: Calendar, period: Period, now: number): Comparison | null {
  const before = periodBefore(calendar, period);
  if (!before) return null;
  const isRunning = period.from <= now && now < period.to;
  const to = isRunning ? Math.min(before.to, endOfSamePart(calendar, period, before, now)) : before.to;
  return { from: before.from, to, whole: to === before.to };
}

/** Where the part ends, in the period before, that has passed of one that is running. */
function endOfSamePart(calendar: Calendar, period: Period, before: Period, now: number): number {
  const [first, end, firstBefore] = [
    calendar.dayNumber(period.from),
    calendar.dayNumber(period.to),
    calendar.dayNumber(before.from),
  ];
  if (calendar.dayStart(first) !== period.from || calendar.dayStart(end) !== period.to)
    return before.from + (now - period.from);
  const today = calendar.dayNumber(now);
  const [a, b] = [datePartsOf(first), datePartsOf(end)];
  if (a.day !== 1 || b.day !== 1) return sameTimeOn(calendar, firstBefore + (today - first), now);
  const { year, month, day } = datePartsOf(today);
  const months = (b.year - a.year) * 12 + b.month - a.month;
  const sameMonth = monthStartOf(year, month, -months);
  return calendar.dayStart(Math.min(sameMonth + day, monthStartOf(year, month, 1 - months)));
}

/** The second after the one in which the clocks of another day showed the same time, so that a listen at that very time counts on both. */
function sameTimeOn(calendar: Calendar, day: number, now: number): number {
  const { hour, minute, second } = calendar.localParts(now);
  return Math.max(calendar.dayStart(day), calendar.instantOf(day, hour * 3_600 + minute * 60 + second)) + 1;
}
