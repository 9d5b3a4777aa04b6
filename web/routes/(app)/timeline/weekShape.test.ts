import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { stretchesOf } from './dayShape.ts';
import { hourPlaces, lanesOf, piecesOf } from './weekShape.ts';

const zurich = createCalendar('Europe/Zurich');
const dayWith = (date: string, ...clocks: number[]) => {
  const hours = zurich.hoursOfDay(date);
  const listens = clocks.map((clock) => ({ playedAt: zurich.dayStart(date) + clock * 3_600, time: { seconds: 1_800, estimatedSeconds: 0 }, key: String(clock) }));
  return { lanes: lanesOf(hours, stretchesOf(listens)) };
};

describe('the shape of a week', () => {
  it('gives every hour a place from edge to edge, narrow where the whole week is silent', () => {
    const places = hourPlaces([dayWith('2026-11-16', 8), dayWith('2026-11-17', 21)]);
    expect(places).toHaveLength(24);
    expect(places[0]!.from).toBe(0);
    expect(places[23]!.to).toBeCloseTo(1);
    expect(places.filter(({ silent }) => !silent).map(({ hour }) => hour)).toEqual([8, 21]);
    expect(places[8]!.to - places[8]!.from).toBeGreaterThan(3 * (places[9]!.to - places[9]!.from));
    for (const [index, { to }] of places.slice(0, -1).entries()) expect(places[index + 1]!.from).toBe(to);
  });

  it('puts music where its hour is, cut where the hour ends', () => {
    const day = dayWith('2026-11-16', 8.75);
    const places = hourPlaces([day]);
    const pieces = piecesOf(day.lanes, places);
    expect(pieces.map(({ block }) => block.continued)).toEqual([false, true]);
    expect(pieces[0]!.left + pieces[0]!.width).toBeCloseTo(places[8]!.to);
    expect(pieces[1]!.left).toBeCloseTo(places[9]!.from);
  });

  it('is whole in a silent week and on days when the clocks change', () => {
    expect(hourPlaces([]).at(-1)!.to).toBeCloseTo(1);
    const long = dayWith('2026-10-25', 2, 3);
    expect(piecesOf(long.lanes, hourPlaces([long]))).toHaveLength(2);
  });
});
