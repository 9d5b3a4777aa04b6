import { addDays, dayKeyOf, monthStartOf, parseDayKey, parseMonthKey, weekStartOf } from '#shared/journal/dates.ts';
import type { TimelineView } from './address.ts';

/** The local dates that a view shows around a day, in order. */
export function datesAround(day: string, view: TimelineView): string[] {
  if (view === 'day') return [day];
  const { year, month } = parseMonthKey(day.slice(0, 7));
  const [first, length] =
    view === 'week'
      ? [weekStartOf(parseDayKey(day)), 7]
      : [monthStartOf(year, month), monthStartOf(year, month, 1) - monthStartOf(year, month)];
  return Array.from({ length }, (_, index) => dayKeyOf(first + index));
}

/** The day so many views later (or, negative, earlier): of a shorter month the last. */
export function daysOn(day: string, view: TimelineView, by: number): string {
  if (view !== 'month') return addDays(day, view === 'week' ? 7 * by : by);
  const { year, month } = parseMonthKey(day.slice(0, 7));
  const first = monthStartOf(year, month, by);
  const last = monthStartOf(year, month, by + 1) - 1;
  return dayKeyOf(Math.min(last, first + Number(day.slice(8)) - 1));
}
