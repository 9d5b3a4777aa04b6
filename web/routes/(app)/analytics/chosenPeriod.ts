import { ALL_TIME, lastDays, periodAround, type Period } from '#shared/analytics/period.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { capital, date } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';

export const units = ['week', 'month', 'year', 'all'] as const;
export type Unit = (typeof units)[number];

/** The period of the address: what it is, what it is called, and the ones around it. */
export interface ChosenPeriod {
  unit: Unit;
  /** 0 is the present one, −1 the one before. */
  shift: number;
  period: Period;
  title: string;
  /** The calendar year it is in, or the present one. */
  year: number;
}

const whole = (text: string | null) => (text !== null && /^-?\d{1,4}$/.test(text) ? Math.min(0, Number(text)) : 0);

/** Reads `?period=month&shift=-1`; whatever makes no sense is this month. @param now seconds since the epoch. */
export function chosenPeriod(params: URLSearchParams, calendar: Calendar, now: number): ChosenPeriod {
  const unit = units.find((known) => known === params.get('period')) ?? 'month';
  const shift = unit === 'all' ? 0 : whole(params.get('shift'));
  return periodOf(unit, shift, calendar, now);
}

export function periodOf(unit: Unit, shift: number, calendar: Calendar, now: number): ChosenPeriod {
  const year = calendar.localParts(now).year;
  if (unit === 'all') return { unit, shift: 0, period: ALL_TIME, title: t('period.allTitle'), year };
  if (unit === 'week') {
    const period = lastDays(calendar, now + shift * 7 * 86_400, 7);
    const [first, last] = [calendar.dayKey(period.from), calendar.dayKey(period.to - 1)];
    const title = shift === 0 ? t('period.weekTitle') : `${date(first, 'short')} – ${date(last, 'shortYear')}`;
    return { unit, shift, period, title, year: Number(last.slice(0, 4)) };
  }
  const period = periodAround(calendar, unit, now, shift);
  const key = calendar.dayKey(period.from);
  const shown = Number(key.slice(0, 4));
  const title = unit === 'year' ? String(shown) : capital(date(key, shown === year ? 'monthName' : 'month'));
  return { unit, shift, period, title, year: shown };
}
