import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '#shared/journal/calendar.ts';
import { stretchesOf, timeOf, type Heard } from './dayShape.ts';

const zurich = createCalendar('Europe/Zurich');
const day = zurich.hoursOfDay('2026-11-21');
const start = day[0]!.start;
const listens = fc
  .array(
    fc.record({
      playedAt: fc.integer({ min: start, max: start + 86_399 }),
      time: fc.record({ seconds: fc.integer({ min: 1, max: 4_000 }), estimatedSeconds: fc.constant(0) }),
      key: fc.constantFrom('a', 'b', 'c'),
    }),
  )
  .map((list) => list.sort((a, b) => a.playedAt - b.playedAt));
const at = (clock: string, key: string, seconds = 200, estimatedSeconds = 0): Heard => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return { playedAt: start + hours * 3600 + minutes * 60, time: { seconds, estimatedSeconds }, key };
};

describe('the shape of a day', () => {
  it('keeps every listen once, and lets no stretch reach into the next', () => {
    fc.assert(
      fc.property(listens, (list) => {
        const stretches = stretchesOf(list);
        expect(stretches.flatMap((stretch) => stretch.listens)).toEqual(list);
        stretches.forEach((stretch, index) => {
          expect(stretch.end).toBeGreaterThan(stretch.start);
          const next = stretches[index + 1];
          if (next && next.start > stretch.start)
            expect(stretch.end).toBeLessThanOrEqual(Math.max(next.start, stretch.start + 1));
        });
      }),
    );
  });

  it('plays as long as its tracks do, though a bar gives way to the next', () => {
    const stretches = stretchesOf([at('07:58', 'a', 200), at('07:59', 'b', 230, 230)]);
    expect(timeOf(stretches)).toEqual({ seconds: 430, estimatedSeconds: 230 });
  });

  it('begins anew after a pause, though the record be the same', () => {
    expect(stretchesOf([at('07:00', 'a'), at('07:04', 'a'), at('09:00', 'a')])).toHaveLength(2);
  });
});
