import * as v from 'valibot';
import { parseDayKey } from '../journal/dates.ts';

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
/** Whether a moment of a query is seconds since the epoch, and no day. */
export const isSeconds = (text: string): boolean => /^\d{1,10}$/.test(text) && Number(text) < 7_258_118_400;

/** A day of the calendar in a query string. */
export const DayQuery = v.pipe(v.string(), v.check(isDay, 'must be a date such as 2026-05-31'));

/** A moment in a query string: seconds since the epoch, or a day. */
const MomentQuery = v.pipe(
  v.string(),
  v.check((text) => isSeconds(text) || isDay(text), 'must be a date such as 2026-05-31, or seconds since the epoch'),
);

/** `from` and `to` as every list and figure takes them: days, both among them, or seconds, of which `to` is left out. */
export const rangeQuery = { from: v.optional(MomentQuery), to: v.optional(MomentQuery) };

export const PeriodUnits = ['day', 'week', 'month', 'year'] as const;

/** The period that figures are of: one of the calendar around `date` (today), a range, or all time. */
export const periodQuery = {
  ...rangeQuery,
  period: v.optional(v.picklist([...PeriodUnits, 'all'])),
  date: v.optional(DayQuery),
};
export type PeriodQuery = v.InferOutput<v.StrictObjectSchema<typeof periodQuery, undefined>>;
