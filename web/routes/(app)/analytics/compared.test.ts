import { beforeEach, expect, test, vi } from 'vitest';
import { comparisonOf } from '#shared/analytics/comparison.ts';
import { dayRange, lastDays, monthPeriod, type Period, yearPeriod } from '#shared/analytics/period.ts';
import { createCalendar } from '#shared/journal/calendar.ts';
import { speak, t } from '../../../lib/i18n/testing/spoken.ts';
import { periodLabels } from './compared.ts';

vi.mock('../../../lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/index.svelte.ts', () => import('../../../lib/i18n/testing/spoken.ts'));
vi.mock('$lib/i18n/format.svelte.ts', () => import('../../../lib/i18n/format.svelte.ts'));

const calendar = createCalendar('Europe/Paris');
const TODAY = calendar.dayStart('2026-11-28') + 14 * 3_600 + 35 * 60;

/** More than …, and compared with …. */
function said(unit: 'week' | 'month' | 'year' | 'range', period: Period): string[] {
  const { title, than } = periodLabels({ unit }, comparisonOf(calendar, period, TODAY)!, calendar, 2026);
  return [t('lead.more', { percent: '12%', than }), title];
}
beforeEach(() => speak('en'));

test('a period that is over is compared with the one before by its name', () => {
  expect(said('month', monthPeriod(calendar, '2026-09'))).toEqual(['12% more than August.', 'Compared with August']);
  expect(said('month', monthPeriod(calendar, '2026-01'))).toEqual([
    '12% more than December 2025.',
    'Compared with December 2025',
  ]);
  expect(said('year', yearPeriod(calendar, 2025))).toEqual(['12% more than 2024.', 'Compared with 2024']);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-04'))).toEqual([
    '12% more than between 1 Mar 2026 and 2 Mar 2026.',
    'Compared with 1 – 2 Mar 2026',
  ]);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-03'))).toEqual([
    '12% more than the day before, 2 March 2026.',
    'Compared with 2 March 2026',
  ]);
  speak('fr');
  expect(said('month', monthPeriod(calendar, '2026-05'))).toEqual(['12% de plus qu’en avril.', 'Comparé à avril']);
  expect(said('range', dayRange(calendar, '2026-03-03', '2026-03-04'))[0]).toBe(
    '12% de plus qu’entre le 1er mars 2026 et le 2 mars 2026.',
  );
});

test('a period that is running, with the same part of the one before, which is named with where it ends', () => {
  expect(said('month', monthPeriod(calendar, '2026-11'))).toEqual([
    '12% more than October, up to the 28th.',
    'Compared with 1 – 28 Oct 2026',
  ]);
  expect(said('year', yearPeriod(calendar, 2026))).toEqual([
    '12% more than 2025, up to 28 November.',
    'Compared with 1 Jan – 28 Nov 2025',
  ]);
  expect(said('week', lastDays(calendar, TODAY, 7))).toEqual([
    '12% more than the seven days before, 15 – 21 Nov 2026, up to 14:35.',
    'Compared with 15 – 21 Nov 2026, up to 14:35',
  ]);
  expect(said('range', dayRange(calendar, '2026-11-28', '2026-11-28'))).toEqual([
    '12% more than the day before, 27 November 2026, up to 14:35.',
    'Compared with 27 November 2026, up to 14:35',
  ]);
  expect(said('range', dayRange(calendar, '2026-11-26', '2026-12-01'))).toEqual([
    '12% more than between 20 Nov 2026 and 22 Nov 2026 at 14:35.',
    'Compared with 20 – 22 Nov 2026, up to 14:35',
  ]);
  speak('fr');
  expect(said('month', monthPeriod(calendar, '2026-11'))).toEqual([
    '12% de plus qu’en octobre, jusqu’au 28.',
    'Comparé au 1er – 28 oct. 2026',
  ]);
  expect(said('year', yearPeriod(calendar, 2026))[0]).toBe('12% de plus qu’en 2025, jusqu’au 28 novembre.');
  expect(said('week', lastDays(calendar, TODAY, 7))[0]).toBe(
    '12% de plus que les sept jours précédents, 15 – 21 nov. 2026, jusqu’à 14:35.',
  );
  expect(said('range', dayRange(calendar, '2026-11-28', '2026-11-28'))[0]).toBe(
    '12% de plus que la veille, le 27 novembre 2026, jusqu’à 14:35.',
  );
  expect(said('range', dayRange(calendar, '2026-11-26', '2026-12-01'))[0]).toBe(
    '12% de plus qu’entre le 20 nov. 2026 et le 22 nov. 2026 à 14:35.',
  );
});

test.each([
  ['2026-11-01', '1st', '1er'],
  ['2026-11-02', '2nd', '2'],
  ['2026-11-03', '3rd', '3'],
  ['2026-11-11', '11th', '11'],
  ['2026-11-22', '22nd', '22'],
])('of a month up to the day of %s', (today, english, french) => {
  const upTo = () =>
    periodLabels(
      { unit: 'month' },
      comparisonOf(calendar, monthPeriod(calendar, today.slice(0, 7)), calendar.dayStart(today))!,
      calendar,
      2026,
    ).than;
  expect(upTo()).toBe(`October, up to the ${english}`);
  speak('fr');
  expect(upTo()).toBe(`qu’en octobre, jusqu’au ${french}`);
});
