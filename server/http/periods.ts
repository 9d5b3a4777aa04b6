import { ALL_TIME, periodAround, type Period } from '#shared/analytics/period.ts';
import { isSeconds, type PeriodQuery } from '#shared/api/periods.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { HttpError } from '../kit/http/httpError.ts';

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
