import { expect, it } from 'vitest';
import { createCalendar } from './calendar.ts';
import { wallTime } from './wallClock.ts';

const paris = createCalendar('Europe/Paris');
const HOUR = 3_600;
const utc = (text: string): number => Date.parse(text) / 1000;

it('is one moment on most days', () => {
  expect(wallTime(paris, '2026-11-21', 15 * HOUR + 600)).toEqual({ kind: 'once', at: utc('2026-11-21T14:10:00Z') });
  expect(wallTime(createCalendar('Asia/Kathmandu'), '2026-11-21', 0)).toEqual({
    kind: 'once',
    at: utc('2026-11-20T18:15:00Z'),
  });
});

it('is two where the clocks go back, and one just before and after', () => {
  expect(wallTime(paris, '2026-10-25', 2.5 * HOUR)).toEqual({
    kind: 'twice',
    at: [utc('2026-10-25T00:30:00Z'), utc('2026-10-25T01:30:00Z')],
  });
  expect(wallTime(paris, '2026-10-25', 2 * HOUR - 60)).toEqual({ kind: 'once', at: utc('2026-10-24T23:59:00Z') });
  expect(wallTime(paris, '2026-10-25', 3 * HOUR)).toEqual({ kind: 'once', at: utc('2026-10-25T02:00:00Z') });
});

it('is none where the clocks go forward, and gives from when to when', () => {
  expect(wallTime(paris, '2026-03-29', 2.5 * HOUR)).toEqual({ kind: 'never', from: 2 * HOUR, to: 3 * HOUR });
  expect(wallTime(createCalendar('Australia/Lord_Howe'), '2026-10-04', 2.25 * HOUR)).toEqual({
    kind: 'never',
    from: 2 * HOUR,
    to: 2.5 * HOUR,
  });
  // A whole day that a zone left out.
  expect(wallTime(createCalendar('Pacific/Apia'), '2011-12-30', 12 * HOUR)).toEqual({
    kind: 'never',
    from: 0,
    to: 24 * HOUR,
  });
});
