import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyOf } from '#tests/arbitraries/analysis.ts';
import { at, listenAt } from '#tests/arbitraries/listen.ts';
import { anyHistoryAndPeriod, countBy, playsIn } from '#tests/arbitraries/plays.ts';
import { createCalendar } from '../journal/calendar.ts';
import { addDays } from '../journal/dates.ts';
import { DATE_UNKNOWN } from '../primitives/moments.ts';
import { clock, mainHours, peakOf, weekdays, weekHours } from './clocks.ts';
import {
  ALL_TIME,
  dayRange,
  lastDays,
  monthPeriod,
  periodAfter,
  periodAround,
  periodBefore,
  yearPeriod,
} from './period.ts';
import { listensPer, yearCalendar } from './series.ts';
import { streaks } from './streaks.ts';

const empty = { albums: [], artists: [], tracks: [] };

describe('listens over time', () => {
  it('fall into the days, weeks, months and years in which they were heard', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, fc.constantFrom('day', 'week', 'month', 'year'), ([history, period], unit) => {
        const keyOf = (day: string): string => {
          const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
          return { day, week: addDays(day, -weekday), month: day.slice(0, 7), year: day.slice(0, 4) }[unit];
        };
        const plays = playsIn(history, period).filter(({ dated }) => dated);
        const buckets = listensPer(history.analysis, unit, period);
        const counted = new Map(buckets.filter(({ listens }) => listens > 0).map(({ key, listens }) => [key, listens]));
        expect(counted).toEqual(countBy(plays.map(({ day }) => keyOf(day))));
        expect(buckets.map(({ key }) => key)).toEqual(
          buckets.map(({ from }) => keyOf(history.analysis.calendar.dayKey(from))),
        );
        expect(buckets.slice(1).map(({ from }) => from)).toEqual(buckets.slice(0, -1).map(({ to }) => to));
        if (period.from !== -Infinity && period.to > period.from) {
          expect(buckets[0]!.from).toBeLessThanOrEqual(period.from);
          expect(buckets.at(-1)!.to).toBeGreaterThanOrEqual(period.to);
        }
      }),
    );
  });

  it('make a heat map of the week and a clock', () => {
    fc.assert(
      fc.property(anyHistoryAndPeriod, ([history, period]) => {
        const plays = playsIn(history, period).filter(({ dated }) => dated);
        const week = new Array<number>(168).fill(0);
        for (const { weekday, hour } of plays) week[weekday * 24 + hour]! += 1;
        expect(weekHours(history.analysis, period)).toEqual(week);
        const hours = countBy(plays.map(({ hour }) => hour));
        expect(clock(history.analysis, period)).toEqual(Array.from({ length: 24 }, (_, hour) => hours.get(hour) ?? 0));
        const days = countBy(plays.map(({ weekday }) => weekday));
        expect(weekdays(history.analysis, period)).toEqual(Array.from({ length: 7 }, (_, day) => days.get(day) ?? 0));
      }),
    );
  });

  it('make streaks of days', () => {
    const anyNow = fc
      .constantFrom('2024-03-30T12:00:00Z', '2025-01-29T12:00:00Z', '2025-03-31T12:00:00Z', '2026-01-01T12:00:00Z')
      .map(at);
    fc.assert(
      fc.property(anyHistoryAndPeriod, anyNow, ([history, period], now) => {
        const days = new Set(
          playsIn(history, period)
            .filter(({ dated }) => dated)
            .map(({ day }) => day),
        );
        const runs = [...days]
          .filter((day) => !days.has(addDays(day, -1)))
          .sort()
          .map((first) => {
            let last = first;
            while (days.has(addDays(last, 1))) last = addDays(last, 1);
            return { days: Math.round((at(`${last}T00:00:00Z`) - at(`${first}T00:00:00Z`)) / 86_400) + 1, first, last };
          });
        const today = history.analysis.calendar.dayKey(now);
        const longest = Math.max(0, ...runs.map((run) => run.days));
        expect(streaks(history.analysis, period, now)).toEqual({
          current: runs.find(({ first, last }) => first <= today && last >= addDays(today, -1)) ?? null,
          longest: runs.findLast((run) => run.days === longest) ?? null,
        });
      }),
    );
  });

  it('make a calendar of the year', () => {
    const { analysis } = historyOf(
      empty,
      [listenAt('2024-02-29T23:30:00Z', 1), listenAt('2024-12-31T22:59:00Z', 2), listenAt('2024-12-31T23:01:00Z', 3)],
      'Europe/Paris',
    );
    const year = yearCalendar(analysis, 2024);
    expect(year.counts).toHaveLength(366);
    expect([year.counts[60], year.counts[365], year.most]).toEqual([1, 1, 1]);
    expect(yearCalendar(analysis, 2025).counts[0]).toBe(1);
    expect(yearCalendar(analysis, 1999)).toMatchObject({ most: 0 });
  });

  it('leave out what was heard at an unknown date', () => {
    const { analysis } = historyOf(empty, [{ ...listenAt('2024-01-01T00:00:00Z', 1), playedAt: DATE_UNKNOWN }], 'UTC');
    expect(listensPer(analysis, 'day', ALL_TIME)).toEqual([]);
    expect(streaks(analysis, ALL_TIME, DATE_UNKNOWN)).toEqual({ current: null, longest: null });
    expect(peakOf(clock(analysis, ALL_TIME))).toBeNull();
  });
});

describe('the main hours', () => {
  it.each([
    ['all at nine in the evening', { 21: 5 }, { from: 21, to: 22, share: 1 }],
    ['around midnight', { 22: 1, 23: 3, 0: 3, 12: 3 }, { from: 23, to: 1, share: 0.6 }],
    ['nothing', {}, null],
  ])('of %s', (_what, counts: Record<number, number>, expected) => {
    expect(mainHours(Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0))).toEqual(expected);
  });

  it('hold half of the listens, and no shorter stretch does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 }), { minLength: 24, maxLength: 24 }), (counts) => {
        const total = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(total > 0);
        const { from, to, share } = mainHours(counts)!;
        const length = (to - from + 24) % 24 || 24;
        const sumOf = (start: number, hours: number): number =>
          Array.from({ length: hours }, (_, step) => counts[(start + step) % 24]!).reduce(
            (sum, count) => sum + count,
            0,
          );
        expect(share).toBe(sumOf(from, length) / total);
        expect(share).toBeGreaterThanOrEqual(0.5);
        for (let start = 0; start < 24; start++) expect(sumOf(start, length - 1)).toBeLessThan(total / 2);
      }),
    );
  });
});

describe('periods', () => {
  const paris = createCalendar('Europe/Paris');
  const iso = (period: { from: number; to: number } | null) =>
    period && [period.from, period.to].map((seconds) => new Date(seconds * 1000).toISOString().slice(0, 16));
  const noon = at('2026-03-29T12:00:00Z');

  it('are the day, week, month or year around an instant, in local time', () => {
    expect(iso(periodAround(paris, 'day', noon))).toEqual(['2026-03-28T23:00', '2026-03-29T22:00']);
    expect(iso(periodAround(paris, 'week', noon))).toEqual(['2026-03-22T23:00', '2026-03-29T22:00']);
    expect(iso(periodAround(paris, 'month', noon))).toEqual(['2026-02-28T23:00', '2026-03-31T22:00']);
    expect(iso(periodAround(paris, 'month', noon, -3))).toEqual(['2025-11-30T23:00', '2025-12-31T23:00']);
    expect(iso(periodAround(paris, 'year', noon))).toEqual(['2025-12-31T23:00', '2026-12-31T23:00']);
    expect(periodAround(paris, 'year', noon, 1)).toEqual(yearPeriod(paris, 2027));
    expect(periodAround(paris, 'month', noon)).toEqual(monthPeriod(paris, '2026-03'));
    expect(iso(lastDays(paris, noon, 7))).toEqual(['2026-03-22T23:00', '2026-03-29T22:00']);
    expect(iso(dayRange(paris, '2026-03-28', '2026-03-29'))).toEqual(['2026-03-27T23:00', '2026-03-29T22:00']);
  });

  it('have one before them: months before months, days before days, seconds before anything else', () => {
    expect(periodBefore(paris, monthPeriod(paris, '2026-03'))).toEqual(monthPeriod(paris, '2026-02'));
    expect(periodBefore(paris, yearPeriod(paris, 2026))).toEqual(yearPeriod(paris, 2025));
    expect(iso(periodBefore(paris, dayRange(paris, '2026-03-28', '2026-03-29')))).toEqual([
      '2026-03-25T23:00',
      '2026-03-27T23:00',
    ]);
    expect(periodBefore(paris, { from: 1_000_000, to: 1_000_100 })).toEqual({ from: 999_900, to: 1_000_000 });
    expect(periodBefore(paris, ALL_TIME)).toBeNull();
  });

  it('have one after them that is as long by the calendar, also where the clocks change', () => {
    const autumn = dayRange(paris, '2026-10-20', '2026-10-26');
    expect(periodAfter(paris, autumn)).toEqual(dayRange(paris, '2026-10-27', '2026-11-02'));
    expect(periodAfter(paris, monthPeriod(paris, '2026-02'))).toEqual(monthPeriod(paris, '2026-03'));
    expect(periodAfter(paris, { from: 1_000_000, to: 1_000_100 })).toEqual({ from: 1_000_100, to: 1_000_200 });
    expect(periodAfter(paris, ALL_TIME)).toBeNull();
  });

  it('of seven days follow one another without a day between, whatever the clock says', () => {
    for (const now of ['2026-03-31T22:30:00Z', '2026-10-31T22:30:00Z']) {
      const weeks = [0, -1, -2].map((shift) => lastDays(paris, at(now), 7, shift));
      expect(weeks.slice(1).map(({ to }) => to)).toEqual(weeks.slice(0, 2).map(({ from }) => from));
    }
  });
});
