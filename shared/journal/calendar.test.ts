import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar, isTimeZone } from './calendar.ts';
import { addDays, dayKeyOf, dayNumberOf, parseDayKey, parseMonthKey } from './dates.ts';

const zones = [
  'UTC',
  'Europe/Paris',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Moscow',
  'Europe/Volgograd',
  'America/New_York',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Caracas',
  'America/Santiago',
  'America/Havana',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Tripoli',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Beirut',
  'Asia/Amman',
  'Asia/Gaza',
  'Asia/Pyongyang',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Fiji',
  'Pacific/Norfolk',
  'Antarctica/Troll',
  'Antarctica/Casey',
];
const calendars = new Map(zones.map((zone) => [zone, createCalendar(zone)]));
const formats = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }),
  ]),
);
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const at = (iso: string): number => Date.parse(iso) / 1000;
const anyZone = fc.constantFrom(...zones);
const anyInstant = fc.integer({ min: at('2002-01-01T00:00:00Z'), max: at('2041-01-01T00:00:00Z') });
const anyDay = fc.integer({ min: dayNumberOf(2002, 1, 2), max: dayNumberOf(2040, 12, 30) });

function expectAsIntl(zone: string, seconds: number): void {
  const calendar = calendars.get(zone)!;
  const parts: Record<string, string> = {};
  for (const { type, value } of formats.get(zone)!.formatToParts(seconds * 1000)) parts[type] = value.replace('.', '');
  const { year, month, day, hour, minute, second, weekday } = calendar.localParts(seconds);
  expect([zone, seconds, year, month, day, hour, minute, second, weekday]).toEqual([
    zone,
    seconds,
    Number(parts.year),
    Number(parts.month),
    Number(parts.day),
    Number(parts.hour),
    Number(parts.minute),
    Number(parts.second),
    weekdays.indexOf(parts.weekday!),
  ]);
  expect(calendar.dayKey(seconds)).toBe(`${parts.year}-${parts.month}-${parts.day}`);
  expect(calendar.monthKey(seconds)).toBe(`${parts.year}-${parts.month}`);
  expect(calendar.hour(seconds)).toBe(hour);
  expect(calendar.weekday(seconds)).toBe(weekday);
}

/** Zones whose clocks have changed by other than whole hours. */
const FRACTIONAL = ['Australia/Lord_Howe', 'Asia/Pyongyang', 'America/Caracas', 'Asia/Kathmandu', 'Pacific/Norfolk'];

function expectWholeDay(zone: string, day: number): void {
  const calendar = calendars.get(zone)!;
  const [start, end] = [calendar.dayStart(day), calendar.dayEnd(day)];
  const hours = calendar.hoursOfDay(day);
  expect(calendar.dayStart(day + 1)).toBe(end);
  expect(calendar.dayStart(dayKeyOf(day))).toBe(start);
  expect(hours.map((hour) => hour.start)).toEqual([start, ...hours.map((hour) => hour.end)].slice(0, hours.length));
  expect(hours.at(-1)?.end ?? start).toBe(end);
  // Samoa went without 2011-12-30.
  if (zone === 'Pacific/Apia' && dayKeyOf(day) === '2011-12-30') expect(end).toBe(start);
  else {
    expect([zone, dayKeyOf(day), calendar.dayNumber(start), calendar.dayNumber(end - 1)]).toEqual([
      zone,
      dayKeyOf(day),
      day,
      day,
    ]);
    expect(calendar.dayNumber(start - 1)).toBeLessThan(day);
  }
  for (const hour of hours) {
    const afterMidnight = calendar.dayNumber(hour.start) > day;
    expect([zone, dayKeyOf(day), hour.hour]).toEqual([
      zone,
      dayKeyOf(day),
      afterMidnight ? 23 : calendar.hour(hour.start),
    ]);
  }
  if (!FRACTIONAL.includes(zone))
    expect([zone, dayKeyOf(day), hours.length]).toEqual([zone, dayKeyOf(day), (end - start) / 3600]);
}

describe('a calendar', () => {
  it('agrees with Intl about every instant', () => {
    fc.assert(fc.property(anyZone, anyInstant, expectAsIntl), { numRuns: 1500 });
  });

  it('agrees with Intl about the instants around every change of clocks', () => {
    for (const zone of zones) {
      const calendar = calendars.get(zone)!;
      let offset = calendar.offset(at('2002-01-01T00:00:00Z'));
      for (let day = at('2002-01-02T00:00:00Z'); day < at('2041-01-01T00:00:00Z'); day += 86_400) {
        const now = calendar.offset(day);
        if (now === offset) continue;
        let [before, after] = [day - 86_400, day];
        while (after - before > 1) {
          const middle = Math.floor((before + after) / 2);
          if (calendar.offset(middle) === offset) before = middle;
          else after = middle;
        }
        for (const seconds of [before - 3600, before, after, after + 1, after + 3599, after + 3600])
          expectAsIntl(zone, seconds);
        offset = now;
      }
    }
  });

  it('finds when the clock showed something, the first time of two', () => {
    const property = fc.property(anyZone, anyInstant, (zone, seconds) => {
      const { instantOf, dayNumber, localParts } = calendars.get(zone)!;
      const { hour, minute, second } = localParts(seconds);
      const found = instantOf(dayNumber(seconds), hour * 3_600 + minute * 60 + second);
      expect(found).toBeLessThanOrEqual(seconds);
      expect(localParts(found)).toEqual(localParts(seconds));
    });
    fc.assert(property, { numRuns: 1000 });
    const { instantOf } = createCalendar('Europe/Zurich');
    expect(instantOf('2026-10-25', 2.5 * 3_600)).toBe(at('2026-10-25T00:30:00Z'));
    expect(instantOf('2026-03-29', 2.5 * 3_600)).toBe(at('2026-03-29T01:00:00Z'));
    expect(instantOf('2026-07-01', 0)).toBe(at('2026-06-30T22:00:00Z'));
  });

  it('starts each day where the one before ends, and cuts it into hours that follow each other', () => {
    fc.assert(fc.property(anyZone, anyDay, expectWholeDay), { numRuns: 1000 });
    for (const [zone, calendar] of calendars) {
      for (let day = dayNumberOf(2002, 1, 2); day < dayNumberOf(2028, 1, 1); day++) {
        const changes = calendar.offset(day * 86_400) !== calendar.offset((day + 1) * 86_400);
        if (changes) [day - 1, day, day + 1].forEach((each) => expectWholeDay(zone, each));
      }
    }
  });

  it.each([
    ['Europe/Paris', '2026-03-28', 24, []],
    ['Europe/Paris', '2026-03-29', 23, []],
    ['Europe/Paris', '2026-10-25', 25, [2]],
    ['America/Sao_Paulo', '2018-11-04', 23, []],
    ['America/Sao_Paulo', '2018-02-17', 25, [23]],
    ['Africa/Cairo', '2024-04-26', 23, []],
    ['Africa/Cairo', '2024-10-31', 25, [23]],
    ['America/Havana', '2024-11-03', 25, [0]],
    ['America/St_Johns', '2010-11-06', 25, [23]],
    ['Australia/Lord_Howe', '2026-04-05', 24, []],
    ['Australia/Lord_Howe', '2026-10-04', 24, []],
    ['Pacific/Chatham', '2026-04-05', 25, [3]],
    ['Antarctica/Troll', '2026-03-29', 22, []],
    ['Pacific/Apia', '2011-12-30', 0, []],
  ])('gives %s on %s %i hours', (zone, day, count, twice) => {
    const hours = createCalendar(zone)
      .hoursOfDay(day)
      .map(({ hour }) => hour);
    expect(hours).toHaveLength(count);
    expect(hours.filter((hour, index) => hour === hours[index - 1])).toEqual(twice);
  });

  it('starts a day whose midnight is skipped with its first second', () => {
    const calendar = createCalendar('America/Sao_Paulo');
    expect(new Date(calendar.dayStart('2018-11-04') * 1000).toISOString()).toBe('2018-11-04T03:00:00.000Z');
    expect(calendar.localParts(calendar.dayStart('2018-11-04'))).toMatchObject({ day: 4, hour: 1, minute: 0 });
  });

  it('starts the ISO week on its Monday', () => {
    const calendar = createCalendar('Europe/Paris');
    for (const day of ['2026-03-23', '2026-03-26', '2026-03-29']) {
      expect(calendar.dayKey(calendar.weekStart(calendar.dayStart(day) + 5000))).toBe('2026-03-23');
    }
  });

  it('knows a time zone from a name that is none', () => {
    expect(() => createCalendar('Europe/Atlantis')).toThrow(RangeError);
    expect(isTimeZone('Europe/Paris')).toBe(true);
    expect(isTimeZone('Europe/Atlantis')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});

describe('dates', () => {
  it('agree with Date for any day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_000_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(dayNumberOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
        if (date.getUTCFullYear() > 0) expect(parseDayKey(dayKeyOf(day))).toBe(day);
      }),
    );
  });

  it('are added to across months and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(addDays('2026-11-22', 365)).toBe('2027-11-22');
  });

  it.each(['2026-02-30', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00', '', '2026-00-10'])(
    'refuse %s',
    (key) => {
      expect(() => parseDayKey(key)).toThrow(`"${key}" is no date`);
    },
  );

  it('refuse a month that is none', () => {
    expect(parseMonthKey('2026-11')).toEqual({ year: 2026, month: 11 });
    expect(() => parseMonthKey('2026-13')).toThrow('is no month');
  });
});
