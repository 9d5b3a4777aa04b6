import { beforeEach, expect, test, vi } from 'vitest';
import { comparisonOf } from '#shared/analytics/comparison.ts';
import { dayRange, lastDays, monthPeriod, type Period, yearPeriod } from '#shared/analytics/period.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { speak, t } from '../../../lib/i18n/testing/spoken.ts';
import { inPeriodWords } from './compared.ts';

vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));

const calendar = createCalendar('Europe/Paris');
const TODAY = calendar.dayStart('2026-11-28');

/** More than …, and compared with …. */
function said(unit: 'week' | 'month' | 'year' | 'range', period: Period): string[] {
  const { name, than } = inPeriodWords({ unit }, comparisonOf(calendar, period, TODAY)!, calendar, 2026);
  return [t('lead.more', { percent: '12%', than }), t('beside.title', { period: name })];
}
beforeEach(() => speak('en'));

test('a period that is over is compared with the one before by its name', () => {
  expect(said('month', monthPeriod(calendar, '2026-09'))).toEqual(['12% more than August.', 'Compared with August']);
  expect(said('month', monthPeriod(calendar, '2026-01'))).toEqual(['12% more than December 2025.', 'Compared with December 2025']);
  expect(said('year', yearPeriod(calendar, 2025))).toEqual(['12% more than 2024.', 'Compared with 2024']);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-04'))).toEqual(['12% more than between 1 Mar 2026 and 2 Mar 2026.', 'Compared with 1 – 2 Mar 2026']);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-03'))).toEqual(['12% more than the day before.', 'Compared with 2 March 2026']);
  speak('fr');
  expect(said('month', monthPeriod(calendar, '2026-05'))).toEqual(['12% de plus qu’en avril.', 'Comparé à avril']);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-04'))[0]).toBe('12% de plus qu’entre le 1er mars 2026 et le 2 mars 2026.');
});

test('a period that is running, with the same days of the one before, and says so', () => {
  expect(said('month', monthPeriod(calendar, '2026-11'))).toEqual(['12% more than the month before, up to the same day.', 'Compared with 1 – 28 Oct 2026']);
  expect(said('year', yearPeriod(calendar, 2026))).toEqual(['12% more than the year before, up to the same day.', 'Compared with 1 Jan – 28 Nov 2025']);
  expect(said('week', lastDays(calendar, TODAY, 7))).toEqual(['12% more than the seven days before.', 'Compared with 15 – 21 Nov 2026']);
  speak('fr');
  expect(said('month', monthPeriod(calendar, '2026-11'))).toEqual(['12% de plus que le mois précédent, au même jour.', 'Comparé à 1er – 28 oct. 2026']);
  expect(said('year', yearPeriod(calendar, 2026))[0]).toBe('12% de plus que l’année précédente, au même jour.');
});
