import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../journal/calendar.ts';
import { addDays } from '../journal/dates.ts';
import { comparisonOf } from './comparison.ts';
import {
  ALL_TIME,
  dayRange,
  lastDays,
  monthPeriod,
  periodAround,
  periodBefore,
  type Period,
  yearPeriod,
} from './period.ts';

const zones = ['Europe/Paris', 'America/New_York', 'Pacific/Chatham', 'UTC'].map((zone) => createCalendar(zone));
const calendar = fc.constantFrom(...zones);
const someday = fc.integer({ min: Date.UTC(2019, 0, 1) / 1000, max: Date.UTC(2029, 0, 1) / 1000 });
const [paris] = zones as [ReturnType<typeof createCalendar>];
const noonOf = (day: string): number => paris.dayStart(day) + 43_200;
/** First and last day of what it is compared with. */
const compared = (period: Period, today: string) => {
  const found = comparisonOf(paris, period, noonOf(today));
  return found && [paris.dayKey(found.from), paris.dayKey(found.to - 1), found.whole];
};
/** At which time of that last day it ends: the second that is left out. */
const comparedUntil = (period: Period, now: number) =>
  new Date((comparisonOf(paris, period, now)!.to - 1) * 1_000).toLocaleString('sv', { timeZone: 'Europe/Paris' });

describe('what a period is compared with', () => {
  it.each([
    ['November up to the 28th', monthPeriod(paris, '2026-11'), '2026-11-28', ['2026-10-01', '2026-10-28', false]],
    ['the last day of November', monthPeriod(paris, '2026-11'), '2026-11-30', ['2026-10-01', '2026-10-30', false]],
    ['a November that is over', monthPeriod(paris, '2026-11'), '2026-12-01', ['2026-10-01', '2026-10-31', true]],
    ['the first of a month', monthPeriod(paris, '2026-03'), '2026-03-01', ['2026-02-01', '2026-02-01', false]],
    [
      'a 30th after a month without one',
      monthPeriod(paris, '2026-03'),
      '2026-03-30',
      ['2026-02-01', '2026-02-28', true],
    ],
    [
      'a 29 March after a leap February',
      monthPeriod(paris, '2028-03'),
      '2028-03-29',
      ['2028-02-01', '2028-02-29', true],
    ],
    [
      'January, with December of the year before',
      monthPeriod(paris, '2026-01'),
      '2026-01-05',
      ['2025-12-01', '2025-12-05', false],
    ],
    ['a year up to today', yearPeriod(paris, 2026), '2026-11-28', ['2025-01-01', '2025-11-28', false]],
    ['a leap year up to 29 February', yearPeriod(paris, 2028), '2028-02-29', ['2027-01-01', '2027-02-28', false]],
    ['a year after a leap year, in March', yearPeriod(paris, 2029), '2029-03-01', ['2028-01-01', '2028-03-01', false]],
    ['a year on its last day', yearPeriod(paris, 2026), '2026-12-31', ['2025-01-01', '2025-12-31', true]],
    [
      'a week up to Thursday',
      periodAround(paris, 'week', noonOf('2026-11-26')),
      '2026-11-26',
      ['2026-11-16', '2026-11-19', false],
    ],
    [
      'the last seven days',
      lastDays(paris, noonOf('2026-11-28'), 7),
      '2026-11-28',
      ['2026-11-15', '2026-11-21', false],
    ],
    ['a day', dayRange(paris, '2026-11-28', '2026-11-28'), '2026-11-28', ['2026-11-27', '2026-11-27', false]],
    [
      'days that began and go on',
      dayRange(paris, '2026-11-26', '2026-12-05'),
      '2026-11-28',
      ['2026-11-16', '2026-11-18', false],
    ],
    [
      'three months, two of them over',
      { from: monthPeriod(paris, '2026-10').from, to: monthPeriod(paris, '2026-12').to },
      '2026-12-30',
      ['2026-07-01', '2026-09-30', true],
    ],
    ['all time', ALL_TIME, '2026-11-28', null],
  ])('%s', (_name, period, today, expected) => {
    expect(compared(period, today)).toEqual(expected);
  });

  it('is as much of a day, and of days, as has passed of what is running, by the clock on the wall', () => {
    const early = paris.dayStart('2026-11-28') + 35 * 60;
    expect(comparedUntil(dayRange(paris, '2026-11-28', '2026-11-28'), early)).toBe('2026-11-27 00:35:00');
    expect(comparedUntil(lastDays(paris, early, 7), early)).toBe('2026-11-21 00:35:00');
    expect(comparedUntil(periodAround(paris, 'week', early), early)).toBe('2026-11-21 00:35:00');
    expect(comparedUntil(monthPeriod(paris, '2026-11'), early)).toBe('2026-10-28 23:59:59');
    // The day before had 25 hours, and the one after it is compared by what the clocks said.
    const after = paris.dayStart('2026-10-26') + 12 * 3_600;
    expect(comparedUntil(dayRange(paris, '2026-10-26', '2026-10-26'), after)).toBe('2026-10-25 12:00:00');
    const last = paris.dayEnd('2026-11-28') - 1;
    expect(comparisonOf(paris, dayRange(paris, '2026-11-28', '2026-11-28'), last)!.whole).toBe(true);
  });

  it('is all of the period before unless the period is running, and then as much of it, by the date in months and years', () => {
    fc.assert(
      fc.property(
        calendar,
        someday,
        fc.integer({ min: -2, max: 14 }),
        fc.constantFrom('day', 'week', 'month', 'year', 'days'),
        fc.nat({ max: 40 }),
        (zone, around, part, unit, length) => {
          const first = zone.dayKey(around);
          const period =
            unit === 'days' ? dayRange(zone, first, addDays(first, length)) : periodAround(zone, unit, around);
          const now = period.from + Math.floor(((period.to - period.from) * part) / 12);
          const [all, found] = [periodBefore(zone, period)!, comparisonOf(zone, period, now)!];
          expect(found.from).toBe(all.from);
          expect(found.to).toBeGreaterThan(found.from);
          expect(found.to).toBeLessThanOrEqual(all.to);
          expect(found.whole).toBe(found.to === all.to);
          const isRunning = now >= period.from && now < period.to;
          if (!isRunning) expect(found.whole).toBe(true);
          if (!isRunning || found.whole) return;
          // In months and years whole days up to the same date; else as many days, the last up to the same time.
          const [today, last] = [zone.dayKey(now), zone.dayKey(found.to - 1)];
          // Any days may be just those of a month.
          const isMonth =
            unit === 'month' ||
            (unit === 'days' && [period.from, period.to].every((edge) => zone.dayKey(edge).endsWith('-01')));
          if (isMonth || unit === 'year') expect(zone.dayEnd(last)).toBe(found.to);
          else expect(Math.abs(found.to - 1 - found.from - (now - period.from))).toBeLessThanOrEqual(2 * 3_600);
          const daysOf = (from: number, to: number): number => zone.dayNumber(to) - zone.dayNumber(from) + 1;
          if (isMonth) expect(last.slice(8)).toBe(today.slice(8));
          else if (unit === 'year') expect(last.slice(5)).toBe(today.slice(5) === '02-29' ? '02-28' : today.slice(5));
          else expect(daysOf(found.from, found.to - 1)).toBe(daysOf(period.from, now));
        },
      ),
    );
  });
});
