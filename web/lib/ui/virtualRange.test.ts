import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsIn, indexAt, offsetsOf, rangeBetween } from './virtualRange.ts';

const heights = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 200 });

describe('the window on a long list', () => {
  it('finds the item that covers any height', () => {
    fc.assert(
      fc.property(heights, fc.nat(), (list, seed) => {
        const offsets = offsetsOf(list.length, (index) => list[index]!);
        const y = seed % offsets[list.length]!;
        const index = indexAt(offsets, y);
        expect(offsets[index]).toBeLessThanOrEqual(y);
        expect(offsets[index + 1]).toBeGreaterThan(y);
      }),
    );
  });

  it('draws everything that touches the view, and no more than the overscan beyond it', () => {
    fc.assert(
      fc.property(
        heights,
        fc.integer({ min: -500, max: 20_000 }),
        fc.nat(900),
        fc.nat(300),
        (list, top, height, overscan) => {
          const offsets = offsetsOf(list.length, (index) => list[index]!);
          const { start, end } = rangeBetween(offsets, top, top + height, overscan);
          list.forEach((_, index) => {
            const touches = offsets[index + 1]! > top && offsets[index]! < top + height;
            if (touches) expect(index >= start && index < end).toBe(true);
            if (index >= start && index < end) {
              expect(offsets[index + 1]!).toBeGreaterThan(Math.min(top - overscan, offsets[index + 1]! - 1));
              expect(offsets[index]!).toBeLessThanOrEqual(top + height + overscan);
            }
          });
        },
      ),
    );
  });

  it('draws nothing of an empty list or of one far away', () => {
    expect(
      rangeBetween(
        offsetsOf(0, () => 1),
        0,
        900,
        300,
      ),
    ).toEqual({ start: 0, end: 0 });
    expect(
      rangeBetween(
        offsetsOf(3, () => 10),
        5_000,
        5_900,
        300,
      ),
    ).toEqual({ start: 0, end: 0 });
    expect(
      rangeBetween(
        offsetsOf(3, () => 10),
        -5_000,
        -4_100,
        300,
      ),
    ).toEqual({ start: 0, end: 0 });
  });

  it('fills the width with columns of at least the asked size', () => {
    expect(columnsIn(1260, 148, 26)).toEqual({ columns: 7, cell: (1260 - 6 * 26) / 7 });
    expect(columnsIn(90, 148, 26)).toEqual({ columns: 1, cell: 90 });
  });
});
