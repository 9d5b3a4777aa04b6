import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayKeyOf } from '#shared/journal/dates.ts';
import { datesAround, daysOn } from './period.ts';

const anyDay = fc.integer({ min: 0, max: 40_000 }).map(dayKeyOf);
const anyView = fc.constantFrom('day', 'week', 'month');

test('a view holds its day once, in order, and the next begins where it ends', () => {
  fc.assert(
    fc.property(anyDay, anyView, (day, view) => {
      const dates = datesAround(day, view);
      expect(dates.filter((date) => date === day)).toHaveLength(1);
      expect(dates).toEqual([...dates].sort());
      const next = datesAround(daysOn(day, view, 1), view);
      expect(daysOn(dates.at(-1)!, 'day', 1)).toBe(next[0]);
      expect(datesAround(daysOn(day, view, -1), view).at(-1)).toBe(daysOn(dates[0]!, 'day', -1));
    }),
  );
});

test('a week is from Monday to Sunday, and the 31st goes on to the last of a shorter month', () => {
  expect(datesAround('2026-11-29', 'week')).toEqual(
    ['23', '24', '25', '26', '27', '28', '29'].map((day) => `2026-11-${day}`),
  );
  expect(datesAround('2024-02-10', 'month')).toHaveLength(29);
  expect([
    daysOn('2026-01-31', 'month', 1),
    daysOn('2026-12-05', 'month', 1),
    daysOn('2026-03-31', 'month', -1),
  ]).toEqual(['2026-02-28', '2027-01-05', '2026-02-28']);
});
