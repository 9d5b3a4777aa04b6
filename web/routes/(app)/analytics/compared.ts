import type { Comparison } from '#shared/analytics/comparison.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { date, dateRange, dayOfMonth, time } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { ChosenPeriod } from './chosenPeriod.ts';

/** What a chosen period is compared with, in words. */
interface Compared {
  /** As it is called: October, 2025, 1 – 28 Oct 2026. */
  name: string;
  /** What a heading says: compared with it. */
  title: string;
  /** What a sentence says of it behind more, less or as much: (more than) October; October, up to the 28th. */
  than: string;
}

/** Always by its name, and with where it ends when it is compared only in part. @param present the calendar year it is now: months of other years are named with theirs. */
export function periodLabels(
  { unit }: Pick<ChosenPeriod, 'unit'>,
  { from, to, whole }: Comparison,
  calendar: Calendar,
  present: number,
): Compared {
  const [first, last] = [calendar.dayKey(from), calendar.dayKey(to - 1)];
  const days = first === last ? date(first, 'long') : dateRange(first, last, 'shortYear');
  const year = first.slice(0, 4);
  if (unit === 'month') {
    const month = date(first, Number(year) === present ? 'monthName' : 'month');
    return whole
      ? { ...named(month), than: t('than.month', { month }) }
      : { ...ofDays(days), than: t('than.monthSoFar', { month, day: dayOfMonth(last) }) };
  }
  if (unit === 'year')
    return whole
      ? { ...named(year), than: t('than.year', { year }) }
      : { ...ofDays(days), than: t('than.yearSoFar', { year, day: date(last, 'dayMonth') }) };
  const until = { time: time(to - 1, calendar.timeZone) };
  const name = calendar.dayStart(calendar.dayNumber(to)) === to ? days : t('than.daysSoFar', { days, ...until });
  const isPart = name !== days;
  if (unit === 'week')
    return { ...ofDays(name), than: isPart ? t('than.weekSoFar', { days, ...until }) : t('than.week', { days }) };
  if (first === last)
    return {
      ...ofDays(name),
      than: isPart ? t('than.daySoFar', { day: days, ...until }) : t('than.day', { day: days }),
    };
  const ends = { from: date(first, 'shortYear'), to: date(last, 'shortYear') };
  return { ...ofDays(name), than: isPart ? t('than.rangeSoFar', { ...ends, ...until }) : t('than.range', ends) };
}

/** A month or a year is called by its name; before days French puts an article. */
const named = (period: string) => ({ name: period, title: t('beside.title', { period }) });
const ofDays = (period: string) => ({ name: period, title: t('beside.titleDays', { period }) });
