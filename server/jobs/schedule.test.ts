import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { nextDue, scheduleFlaw } from './schedule.ts';

const due = (schedule: string, zone: string, from: string, count: number) => {
  const times: string[] = [];
  let at = Date.parse(from) / 1000;
  for (let index = 0; index < count; index += 1) {
    at = nextDue(schedule, zone, at);
    times.push(new Date(at * 1000).toISOString());
  }
  return times;
};

describe('the nights when clocks change', () => {
  test('a skipped hour: due at the first moment after the gap, once', () => {
    expect(due('0 2 * * *', 'Europe/Zurich', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ]);
    expect(due('30 2 * * *', 'Europe/Zurich', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });
  test('an hour that comes twice: due in the first of the two, once', () => {
    expect(due('0 2 * * *', 'Europe/Zurich', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-26T01:00:00.000Z',
    ]);
  });
  test('the hour after the repeated one: once, at its own time', () => {
    expect(due('0 3 * * *', 'Europe/Zurich', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T02:00:00.000Z',
      '2026-10-26T02:00:00.000Z',
    ]);
  });
  test('every hour counts real hours', () => {
    expect(due('0 * * * *', 'Europe/Zurich', '2026-10-24T23:30:00Z', 3)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });
});

test('daily runs: every local day has exactly one, in any zone', () => {
  const zone = fc.constantFrom(
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'America/Sao_Paulo',
    'UTC',
  );
  fc.assert(
    fc.property(
      zone,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom('03-05', '04-01', '09-20', '10-20', '12-25'),
      (timeZone, hour, minute, start) => {
        const calendar = createCalendar(timeZone);
        let at = Date.parse(`2026-${start}T12:00:00Z`) / 1000;
        const days: number[] = [];
        for (let run = 0; run < 32; run += 1) {
          at = nextDue(`${minute} ${hour} * * *`, timeZone, at);
          days.push(calendar.dayNumber(at));
        }
        days.forEach((day, index) => expect(day).toBe(days[0]! + index));
      },
    ),
    { numRuns: 10 },
  );
});

test.each(['', 'every day', '61 * * * *', '* * * *', '0 0 2 * * *', '0 0 31 2 *'])('%j is no schedule', (schedule) => {
  expect(scheduleFlaw(schedule)).not.toBeNull();
});
