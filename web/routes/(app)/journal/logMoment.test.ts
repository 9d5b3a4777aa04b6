import { expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { beganAt, listedTracks } from './logMoment.ts';

it('begins now, has just ended, or began by the household’s clocks', () => {
  const at = { now: 1_800_000_000, length: 200.4, calendar: createCalendar('Europe/Paris') };
  expect(beganAt({ when: 'now', day: '', hour: '' }, at)).toBe(1_800_000_000);
  expect(beganAt({ when: 'ended', day: '', hour: '' }, at)).toBe(1_799_999_800);
  expect(beganAt({ when: 'chosen', day: '2026-03-01', hour: '2015' }, at)).toBe(Date.parse('2026-03-01T19:15:00Z') / 1000);
  expect(beganAt({ when: 'chosen', day: '2026-03-01', hour: '25:00' }, at)).toBeNaN();
});

it('reads tracks as people list them', () => {
  expect(listedTracks('A1 Night Bus 4:12\n\n2. Quay\n 1-03 99 Luft 12:05\nB Side Blues (3:00)\n7')).toEqual([
    { title: 'Night Bus', durationSeconds: 252 },
    { title: 'Quay' },
    { title: '99 Luft', durationSeconds: 725 },
    { title: 'B Side Blues', durationSeconds: 180 },
    { title: '7' },
  ]);
});
