import type { Comparison } from '#shared/analytics/comparison.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { date, dateRange } from '$lib/i18n/format.svelte.ts';
import { t } from '$lib/i18n/index.svelte.ts';
import type { ChosenPeriod } from './chosenPeriod.ts';

/** What a chosen period is compared with, in words. */
interface Compared {
  /** As it is called: October, 2025, 1 – 28 Oct 2026. */
  name: string;
  /** What a sentence says of it behind more, less or as much: (more than) October, the month before up to the same day. */
  than: string;
}

/** @param present the calendar year it is now: months of others are told with theirs. */
export function inPeriodWords({ unit }: Pick<ChosenPeriod, 'unit'>, comparedWith: Comparison, calendar: Calendar, present: number): Compared {
  const [first, last] = [calendar.dayKey(comparedWith.from), calendar.dayKey(comparedWith.to - 1)];
  const days = first === last ? date(first, 'long') : dateRange(first, last, 'shortYear');
  const year = first.slice(0, 4);
  if (unit === 'month') {
    const month = date(first, Number(year) === present ? 'monthName' : 'month');
    return comparedWith.whole ? { name: month, than: t('than.month', { month }) } : { name: days, than: t('than.monthSoFar') };
  }
  if (unit === 'year') return comparedWith.whole ? { name: year, than: t('than.year', { year }) } : { name: days, than: t('than.yearSoFar') };
  if (unit === 'week') return { name: days, than: t('than.week') };
  return { name: days, than: first === last ? t('than.day') : t('than.range', { from: date(first, 'shortYear'), to: date(last, 'shortYear') }) };
}
