import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { TURN_SECONDS } from '#shared/journal/needle.ts';
import {
  asTime,
  dayBeside,
  JUST_NOW,
  momentOf,
  overlapping,
  planOf,
  possibleDay,
  presetsAt,
  readDay,
  weekAround,
  type When,
} from './logMoment.ts';

const paris = createCalendar('Europe/Paris');
const utc = (text: string): number => Date.parse(text) / 1000;
const now = utc('2026-11-22T20:22:00Z');
const at = (day: string, hour: string, minute: string, more: Partial<When> = {}) =>
  momentOf({ ...JUST_NOW, preset: 'time', day, hour, minute, ...more }, now, paris);

describe('the word for a moment', () => {
  const offered = (hour: string) => presetsAt(utc(`2026-11-22T${hour}:00Z`), paris).map(({ preset }) => preset);

  it('is only offered where that moment has been', () => {
    expect(offered('09:00')).toEqual(['now', 'hour', 'night']);
    expect(offered('16:59')).toEqual(['now', 'hour', 'night']);
    expect(offered('17:30')).toEqual(['now', 'hour', 'evening', 'night']);
  });

  it('stands for a time by the household’s clocks', () => {
    expect(presetsAt(now, paris).map(({ at: moment }) => moment)).toEqual([
      now,
      now - 3_600,
      utc('2026-11-22T19:00:00Z'),
      utc('2026-11-21T20:00:00Z'),
    ]);
    expect(presetsAt(utc('2026-11-22T17:30:00Z'), paris)[2]!.at).toBe(utc('2026-11-22T17:00:00Z'));
    // The day before was an hour longer.
    expect(presetsAt(utc('2026-10-26T09:00:00Z'), paris).at(-1)!.at).toBe(utc('2026-10-25T20:00:00Z'));
    expect(momentOf({ ...JUST_NOW, preset: 'evening' }, utc('2026-11-22T09:00:00Z'), paris)).toEqual({
      wrong: 'future',
    });
  });
});

describe('a day and four digits', () => {
  it('are a moment by the household’s clocks, and nothing else is', () => {
    expect(at('2026-11-21', '15', '10')).toEqual({ at: utc('2026-11-21T14:10:00Z'), twice: false });
    expect(at('2026-11-21', '7', '5')).toEqual({ at: utc('2026-11-21T06:05:00Z'), twice: false });
    for (const [hour, minute] of [
      ['', '10'],
      ['24', '00'],
      ['12', '60'],
      ['1a', '00'],
    ] as const)
      expect(at('2026-11-21', hour, minute)).toEqual({ wrong: 'time' });
    expect(at('2026-11-22', '21', '23')).toEqual({ wrong: 'future' });
    expect(at('2001-12-31', '12', '00')).toEqual({ wrong: 'early' });
  });

  it('say where the clocks never showed it, and which of two it is where they showed it twice', () => {
    expect(at('2026-03-29', '02', '30')).toEqual({ wrong: 'never', from: 7_200, to: 10_800 });
    expect(at('2026-10-25', '02', '30')).toEqual({ at: utc('2026-10-25T00:30:00Z'), twice: true });
    expect(at('2026-10-25', '02', '30', { second: true })).toEqual({ at: utc('2026-10-25T01:30:00Z'), twice: true });
  });

  it('begin where the word for it was', () => {
    expect(asTime(now, paris)).toEqual({ day: '2026-11-22', hour: '21', minute: '22', second: false });
    expect(asTime(utc('2026-10-25T01:30:00Z'), paris)).toEqual({
      day: '2026-10-25',
      hour: '02',
      minute: '30',
      second: true,
    });
  });
});

describe('what is logged', () => {
  const tracks = [
    { trackId: 1, durationSeconds: 600 },
    { trackId: 2, durationSeconds: 600, begins: { side: 'B' } },
  ];

  it('is over when it has ended, and plays on with time to turn the record when it has not', () => {
    const over = planOf(tracks, now - 3_600, 'start', now);
    expect(over).toMatchObject({ start: now - 3_600, end: now - 2_400, isOver: true, about: false });
    expect(over.tracks).toEqual([
      { trackId: 1, durationSeconds: 600 },
      { trackId: 2, durationSeconds: 600 },
    ]);
    expect(planOf(tracks, now - 60, 'start', now)).toEqual({
      start: now - 60,
      end: now - 60 + 1_200 + TURN_SECONDS,
      isOver: false,
      about: false,
      tracks,
    });
  });

  it('ends at the moment that is said to be its end', () => {
    expect(planOf([...tracks, { trackId: 3 }], now, 'end', now)).toMatchObject({
      start: now - 1_440,
      end: now,
      isOver: true,
      about: true,
    });
  });

  it('takes no time as long as no track is named', () => {
    for (const edge of ['start', 'end'] as const)
      expect(planOf([], now, edge, now)).toEqual({ start: now, end: now, isOver: true, about: false, tracks: [] });
  });

  it('overlaps with what sounded at some time of it', () => {
    const listens = [100, 300, 500, 700].map((playedAt) => ({ playedAt }));
    expect(overlapping(listens, () => 200, { start: 400, end: 700 })).toEqual([{ playedAt: 300 }, { playedAt: 500 }]);
    expect(overlapping(listens, () => 200, { start: 300, end: 300 })).toEqual([]);
  });
});

describe('a day', () => {
  it('is chosen from the week that ends today, or from the one around it', () => {
    expect(weekAround('2026-11-21', '2026-11-22')).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
    expect(weekAround('2026-11-15', '2026-11-22').slice(-1)).toEqual(['2026-11-18']);
    expect(weekAround('2025-03-01', '2026-11-22')).toEqual([
      '2025-02-26',
      '2025-02-27',
      '2025-02-28',
      '2025-03-01',
      '2025-03-02',
      '2025-03-03',
      '2025-03-04',
    ]);
    expect(dayBeside('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('is read as people write it, and none that there was not', () => {
    for (const text of ['21.11.2025', '21/11/25', ' 21 11 2025 ', '2025-11-21', '21-11-2025'])
      expect(readDay(text, '2026-11-22')).toEqual({ day: '2025-11-21' });
    for (const text of ['', '29.2.2025', '2025', '31/4/2025', 'x', '1.1.2', '1.1.202', '21.11'])
      expect(readDay(text, '2026-11-22')).toEqual({ wrong: 'none' });
    expect([
      readDay('23.11.2026', '2026-11-22'),
      readDay('31.12.2001', '2026-11-22'),
      readDay('1.1.2002', '2026-11-22'),
    ]).toEqual([{ wrong: 'future' }, { wrong: 'early' }, { day: '2002-01-01' }]);
    expect([
      possibleDay('2026-11-23', '2026-11-22'),
      possibleDay('2001-12-25', '2026-11-22'),
      possibleDay('2010-01-01', '2026-11-22'),
    ]).toEqual(['2026-11-22', '2002-01-01', '2010-01-01']);
  });
});
