import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursDrawn, LABELS, arrangeColumn, scaleOf, type ClockHour, type Span } from './columnLayout.ts';

const hours: ClockHour[] = Array.from({ length: 6 }, (_, index) => ({
  hour: 6 + index,
  start: index * 3_600,
  end: (index + 1) * 3_600,
}));
const at = (clock: string, minutes: number, label: Span['label'] = 'record'): Span => {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const start = (hour - 6) * 3_600 + minute * 60;
  return { start, end: start + minutes * 60, label };
};
/** Anything that can play in a morning: many at once, in the same second, or nothing at all. */
const anySpans = fc
  .array(
    fc.record({
      start: fc.integer({ min: 0, max: 6 * 3_600 - 1 }),
      length: fc.integer({ min: 0, max: 5_000 }),
      label: fc.constantFrom<Span['label']>('record', 'track'),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list
      .sort((a, b) => a.start - b.start)
      .map(({ start, length, label }) => ({ start, end: Math.min(start + length, 6 * 3_600), label })),
  );

describe('a column of the day', () => {
  it('names every record once, in order, none over another and none outside the column', () => {
    fc.assert(
      fc.property(anySpans, fc.boolean(), fc.integer({ min: 84, max: 400 }), (spans, first, least) => {
        const drawn = hoursDrawn(hours, spans, first);
        const scale = scaleOf([{ hours: drawn, spans }], least);
        expect(scale).toBeGreaterThanOrEqual(least);
        const { spans: placed, height } = arrangeColumn(drawn, spans, scale);
        expect(placed).toHaveLength(spans.length);
        let free = 0;
        for (const [index, { labelTop, top, height: bar }] of placed.entries()) {
          expect(labelTop).toBeGreaterThanOrEqual(free - 1e-6);
          free = labelTop + LABELS[spans[index]!.label].height;
          expect(top).toBeGreaterThanOrEqual(0);
          expect(bar).toBeGreaterThanOrEqual(3);
        }
        expect(free).toBeLessThanOrEqual(height + 1e-6);
      }),
    );
  });

  it('draws one scale: a record is as long as it played wherever it stands', () => {
    const long = [at('07:30', 30), at('09:00', 60)];
    const { spans } = arrangeColumn(hours, long, 100);
    expect(spans.map(({ height }) => height + 1.5)).toEqual([50, 100]);
  });

  it('folds silent hours between music, and leaves out those after it and, in the morning, those before', () => {
    const spans = [at('07:42', 20), at('10:02', 5, 'track')];
    expect(hoursDrawn(hours, spans, true).map(({ hour }) => hour)).toEqual([7, 8, 9, 10]);
    const drawn = hoursDrawn(hours, spans, false);
    expect(drawn.map(({ hour }) => hour)).toEqual([6, 7, 8, 9, 10]);
    const { hours: placed, height } = arrangeColumn(drawn, spans, 100);
    expect(placed.map(({ silent, height: its }) => [silent, its])).toEqual([
      [true, 18],
      [false, 100],
      [false, 100],
      [true, 18],
      [false, 100],
    ]);
    expect(height).toBe(336);
  });

  it('keeps a label beside its bar where there is room, below the one before where there is not, and moves up what runs over the foot', () => {
    const spans = [at('07:00', 5), at('07:05', 5, 'track'), at('07:50', 5)];
    const { spans: placed, height } = arrangeColumn(hoursDrawn(hours, spans, true), spans, 124);
    expect(height).toBe(124);
    expect(placed.map(({ labelTop }) => labelTop)).toEqual([0, 48, 76]);
  });

  it('grows where names are taller than the hours', () => {
    const many = Array.from({ length: 10 }, (_, index) => at('08:00', index, 'track'));
    const crowded = { hours: hoursDrawn(hours, many, true), spans: many };
    const quiet = { hours, spans: [at('09:00', 10)] };
    expect(scaleOf([quiet], 84)).toBe(84);
    expect(scaleOf([quiet, crowded], 84)).toBe(280);
  });

  it('lays out nothing', () => {
    expect(hoursDrawn(hours, [], true)).toEqual([]);
    expect(arrangeColumn([], [], scaleOf([{ hours: [], spans: [] }], 84))).toEqual({ hours: [], spans: [], height: 0 });
  });
});
