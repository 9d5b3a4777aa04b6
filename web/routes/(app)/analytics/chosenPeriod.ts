import {
  ALL_TIME,
  dayRange,
  lastDays,
  periodAfter,
  periodAround,
  periodBefore,
  type Period,
} from '#shared/analytics/period.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { datePartsOf, parseDayKey } from '#shared/journal/dates.ts';
import type { Address } from '../../../lib/address.ts';
import { capital, date, dateRange } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { JournalPlace } from '$lib/library/index.ts';

export const units = ['week', 'month', 'year', 'all'] as const;
type Unit = (typeof units)[number] | 'range';

/** A unit and how many of it ago, or any two days. */
export type PeriodChoice =
  { unit: (typeof units)[number]; shift: number } | { unit: 'range'; from: string; to: string };

/** What an address asks for: that, or the unit that a day is in. */
type AskedPeriod = PeriodChoice | { unit: Exclude<(typeof units)[number], 'all'>; date: string };

/** The period of the address: what it is, what it is called, and the ones around it. */
export interface ChosenPeriod {
  unit: Unit;
  choice: PeriodChoice;
  period: Period;
  title: string;
  /** The calendar year it ends in, or the present one. */
  year: number;
  /** Its first and last day; both missing for all time. */
  days: Pick<JournalPlace, 'from' | 'to'>;
}

/** Two hundred years, in each unit: nothing was recorded before. */
const FARTHEST = { week: 10_400, month: 2_400, year: 200, all: 0 } as const;

/**
 * Reads `?period=month&shift=-1`, `?period=month&date=2026-03-05` or `?from=2026-03-01&to=2026-03-20`; what cannot be, or does not go
 * together, is noted and left out of it.
 *
 * @param now milliseconds since the epoch: a day that is still to come wherever one is cannot be.
 */
export function readPeriod(address: Address, now: number): AskedPeriod {
  const { from, to } = address.days('from', 'to');
  const date = address.day('date');
  address.noteToCome('from', from, now);
  const isRange = from !== undefined && to !== undefined;
  const unit = address.oneOf('period', units) ?? 'month';
  if (date !== undefined && (isRange || unit === 'all' || address.has('shift'))) address.note('date', date);
  else address.noteToCome('date', date, now);
  if (isRange) {
    for (const name of ['period', 'shift']) if (address.has(name)) address.note(name, address.text(name) ?? '');
    return { unit: 'range', from, to };
  }
  // A range has two ends here.
  if (from !== undefined && !address.has('to')) address.note('from', from);
  if (to !== undefined && !address.has('from')) address.note('to', to);
  if (date !== undefined && unit !== 'all') return { unit, date };
  return { unit, shift: address.whole('shift', -FARTHEST[unit], 0) ?? 0 };
}

/** How many of its unit ago the day is that an address asks for; a day after today counts as today. */
function inUnits(asked: AskedPeriod, calendar: Calendar, now: number): PeriodChoice {
  if (!('date' in asked)) return asked;
  const { unit } = asked;
  const [day, today] = [Math.min(parseDayKey(asked.date), calendar.dayNumber(now)), calendar.dayNumber(now)];
  // Seven days end today, and seven before them, and so on.
  if (unit === 'week') return { unit, shift: -Math.floor((today - day) / 7) };
  const [then, present] = [datePartsOf(day), datePartsOf(today)];
  const years = then.year - present.year;
  return { unit, shift: unit === 'year' ? years : years * 12 + then.month - present.month };
}

/** The address that {@link readPeriod} reads this from. */
export function periodAddress(choice: PeriodChoice): string {
  const params = new URLSearchParams();
  if (choice.unit === 'range') {
    params.set('from', choice.from);
    params.set('to', choice.to);
  } else {
    if (choice.unit !== 'month') params.set('period', choice.unit);
    if (choice.shift !== 0) params.set('shift', String(choice.shift));
  }
  const query = params.toString();
  return query ? `/analytics?${query}` : '/analytics';
}

/** @param now seconds since the epoch. */
export function periodOf(asked: AskedPeriod, calendar: Calendar, now: number): ChosenPeriod {
  const choice = inUnits(asked, calendar, now);
  const present = calendar.localParts(now).year;
  if (choice.unit === 'all')
    return { unit: 'all', choice, period: ALL_TIME, title: t('period.allTitle'), year: present, days: {} };
  const period = boundsOf(choice, calendar, now);
  const days = { from: calendar.dayKey(period.from), to: calendar.dayKey(period.to - 1) };
  const year = Number(days.to.slice(0, 4));
  return {
    unit: choice.unit,
    choice,
    period,
    title: titleOf(choice, days, { year: present, day: calendar.dayKey(now) }),
    year,
    days,
  };
}

function boundsOf(choice: Exclude<PeriodChoice, { unit: 'all' }>, calendar: Calendar, now: number): Period {
  if (choice.unit === 'range') return dayRange(calendar, choice.from, choice.to);
  if (choice.unit === 'week') return lastDays(calendar, now, 7, choice.shift);
  return periodAround(calendar, choice.unit === 'year' ? 'year' : 'month', now, choice.shift);
}

function titleOf(
  choice: PeriodChoice,
  { from, to }: { from: string; to: string },
  present: { year: number; day: string },
): string {
  const year = from.slice(0, 4);
  if (choice.unit === 'year') return present.day > to ? year : t('period.soFar', { year });
  if (choice.unit === 'month') return capital(date(from, Number(year) === present.year ? 'monthName' : 'month'));
  if (choice.unit === 'week' && choice.shift === 0) return t('period.weekTitle');
  if (from === to) return capital(date(from, 'full'));
  return dateRange(from, to, 'shortYear');
}

/** The period just before (−1) or after (1) a chosen one; null where there is none: all time, and what is to come. */
export function neighbour(chosen: ChosenPeriod, step: -1 | 1, calendar: Calendar, today: string): PeriodChoice | null {
  const { choice, period, days } = chosen;
  if (choice.unit === 'all' || days.to === undefined || (step === 1 && days.to >= today)) return null;
  if (choice.unit !== 'range') return { ...choice, shift: choice.shift + step };
  const other = step === -1 ? periodBefore(calendar, period) : periodAfter(calendar, period);
  if (!other) return null;
  return { unit: 'range', from: calendar.dayKey(other.from), to: calendar.dayKey(other.to - 1) };
}
