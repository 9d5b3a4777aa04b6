import { datePartsOf, dayKeyOf, dayNumberOf, monthKeyOf, monthStartOf, weekStartOf } from '../journal/dates.ts';
import type { Analysis } from './analysis.ts';
import { dayCounts } from './dayCounts.ts';
import type { Period, PeriodUnit } from './period.ts';

/** Listens of one day, week, month or year. */
export interface Bucket extends Period {
  /** `YYYY-MM-DD` for days and (their Monday) weeks, `YYYY-MM` for months, `YYYY` for years. */
  key: string;
  listens: number;
}

const units: Record<
  PeriodUnit,
  { first: (day: number) => number; next: (first: number) => number; key: (first: number) => string }
> = {
  day: { first: (day) => day, next: (first) => first + 1, key: dayKeyOf },
  week: { first: weekStartOf, next: (first) => first + 7, key: dayKeyOf },
  month: {
    first: (day) => monthOf(day, 0),
    next: (first) => monthOf(first, 1),
    key: (first) => {
      const { year, month } = datePartsOf(first);
      return monthKeyOf(year, month);
    },
  },
  year: {
    first: (day) => dayNumberOf(datePartsOf(day).year, 1, 1),
    next: (first) => dayNumberOf(datePartsOf(first).year + 1, 1, 1),
    key: (first) => String(datePartsOf(first).year),
  },
};

/**
 * Listens per day, week, month or year, without gaps: over the whole period where it has ends, else from the first listen to the
 * last. The outer buckets are whole ones, but only what was heard in the period counts. Unknown dates are left out.
 */
export function listensPer(analysis: Analysis, unit: PeriodUnit, period: Period): Bucket[] {
  const { calendar } = analysis;
  const { first, counts } = dayCounts(analysis, period);
  const begin = Number.isFinite(period.from) ? calendar.dayNumber(period.from) : first;
  const end = Number.isFinite(period.to) ? calendar.dayNumber(period.to - 1) + 1 : first + counts.length;
  const buckets: Bucket[] = [];
  for (let at = units[unit].first(begin); at < end;) {
    const next = units[unit].next(at);
    let listens = 0;
    for (let day = Math.max(at, first); day < Math.min(next, first + counts.length); day++)
      listens += counts[day - first]!;
    buckets.push({ key: units[unit].key(at), from: calendar.dayStart(at), to: calendar.dayStart(next), listens });
    at = next;
  }
  return counts.length === 0 && begin >= end ? [] : buckets;
}

function monthOf(day: number, offset: number): number {
  const { year, month } = datePartsOf(day);
  return monthStartOf(year, month, offset);
}

/** A year's listens day by day. */
export interface YearCalendar {
  year: number;
  /** One count a day, 1 January first. */
  counts: number[];
  most: number;
}

export function yearCalendar(analysis: Analysis, year: number): YearCalendar {
  const [from, to] = [dayNumberOf(year, 1, 1), dayNumberOf(year + 1, 1, 1)];
  const { calendar } = analysis;
  const { first, counts } = dayCounts(analysis, { from: calendar.dayStart(from), to: calendar.dayStart(to) });
  const days = Array.from({ length: to - from }, (_, index) => counts[from + index - first] ?? 0);
  return { year, counts: days, most: Math.max(...days) };
}
