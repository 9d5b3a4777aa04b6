import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { stretchesOf } from './dayShape.ts';
import { blockHeight, weekRows } from './weekShape.ts';

const zurich = createCalendar('Europe/Zurich');
const dayWith = (date: string, ...heard: (readonly [hour: number, minutes: number])[]) => ({
  hours: zurich.hoursOfDay(date),
  stretches: stretchesOf(
    heard.map(([hour, minutes]) => ({
      playedAt: zurich.dayStart(date) + hour * 3_600,
      time: { seconds: minutes * 60, estimatedSeconds: 0 },
      key: String(hour),
    })),
  ),
});

describe('the shape of a week', () => {
  it('has records by themselves and single tracks gathered, by day and part of the day', () => {
    const rows = weekRows([dayWith('2026-11-16', [8, 40], [9, 4], [10, 4], [21, 8]), dayWith('2026-11-17')]);
    expect(
      rows.map(({ name, cells }) => [name, ...cells.map(({ records, singles }) => [records.length, singles.length])]),
    ).toEqual([
      ['morning', [1, 2], [0, 0]],
      ['afternoon', [0, 0], [0, 0]],
      ['evening', [1, 0], [0, 0]],
    ]);
  });

  it('has a night where one of its days has', () => {
    expect(weekRows([dayWith('2026-11-16'), dayWith('2026-11-17', [3, 4])]).map(({ name }) => name)).toEqual([
      'night',
      'morning',
      'afternoon',
      'evening',
    ]);
  });

  it('holds every stretch once, on days when the clocks change too', () => {
    const day = fc
      .tuple(
        fc.constantFrom('2026-03-29', '2026-10-25', '2026-11-16'),
        fc.array(fc.tuple(fc.double({ min: 0, max: 22.99, noNaN: true }), fc.integer({ min: 1, max: 90 })), {
          maxLength: 12,
        }),
      )
      .map(([date, heard]) => dayWith(date, ...heard.sort(([a], [b]) => a - b)));
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 7 }), (days) => {
        const rows = weekRows(days);
        for (const [index, { stretches }] of days.entries()) {
          const held = rows.flatMap(({ cells }) => [...cells[index]!.records, ...cells[index]!.singles]);
          expect(held).toHaveLength(stretches.length);
          expect(new Set(held)).toEqual(new Set(stretches));
        }
      }),
    );
  });

  it('draws a block as high as it is long, and never lower than its name', () => {
    expect([0, 20 * 60, 60 * 60].map(blockHeight)).toEqual([43, 43, 72]);
  });
});
