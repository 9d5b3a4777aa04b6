import * as v from 'valibot';
import { ALL_TIME, periodAround, type Period } from '#shared/analytics/period.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { parseDayKey } from '#shared/journal/dates.ts';
import { HttpError } from './httpError.ts';

/** Years beyond are slips, and would make for endless lists. */
const isDay = (text: string): boolean => {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return !Number.isNaN(parseDayKey(text));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};
const isSeconds = (text: string): boolean => /^\d{1,10}$/.test(text) && Number(text) < 7_258_118_400;

/** A day of the calendar in a query string. */
export const DayQuery = v.pipe(v.string(), v.check(isDay, 'must be a date such as 2026-05-31'));

/** A moment in a query string: seconds since the epoch, or a day. */
const MomentQuery = v.pipe(
  v.string(),
  v.check((text) => isSeconds(text) || isDay(text), 'must be a date such as 2026-05-31, or seconds since the epoch'),
);

/** `from` and `to` as every list and figure takes them: days, both among them, or seconds, of which `to` is left out. */
export const rangeQuery = { from: v.optional(MomentQuery), to: v.optional(MomentQuery) };

/** @throws HttpError naming `to` when it comes before `from`. */
export function rangeOf(
  calendar: Calendar,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): { from?: number; to?: number } {
  const begin = from === undefined ? undefined : isSeconds(from) ? Number(from) : calendar.dayStart(from);
  const end = to === undefined ? undefined : isSeconds(to) ? Number(to) : calendar.dayEnd(to);
  const isBackwards = begin !== undefined && end !== undefined && (end < begin || (end === begin && !isSeconds(to!)));
  if (isBackwards) throw new HttpError({ code: 'to-before-from' }, { field: 'to' });
  return { ...(begin !== undefined && { from: begin }), ...(end !== undefined && { to: end }) };
}

const Units = ['day', 'week', 'month', 'year'] as const;

/** The period that figures are of: one of the calendar around `date` (today), a range, or all time. */
export const periodQuery = {
  ...rangeQuery,
  period: v.optional(v.picklist([...Units, 'all'])),
  date: v.optional(DayQuery),
};
export type PeriodQuery = v.InferOutput<v.StrictObjectSchema<typeof periodQuery, undefined>>;

/** @param now seconds since the epoch. @throws HttpError naming what does not go together. */
export function periodOf(calendar: Calendar, { period, date, from, to }: PeriodQuery, now: number): Period {
  if (from !== undefined || to !== undefined) {
    if (period !== undefined) throw new HttpError({ code: 'period-or-range' }, { field: 'period' });
    if (date !== undefined) throw new HttpError({ code: 'period-or-range' }, { field: 'date' });
    return { ...ALL_TIME, ...rangeOf(calendar, { from, to }) };
  }
  if (period === undefined || period === 'all') {
    if (date !== undefined) throw new HttpError({ code: 'date-without-period' }, { field: 'date' });
    return ALL_TIME;
  }
  return periodAround(calendar, period, date === undefined ? now : calendar.dayStart(date));
}
