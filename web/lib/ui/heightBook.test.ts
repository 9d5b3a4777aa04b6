import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeightBook, type Items } from './heightBook.ts';

const itemsOf = (keys: readonly string[], heightOf: (key: string) => number): Items => ({
  count: keys.length,
  keyOf: (index) => keys[index]!,
  estimate: (index) => heightOf(keys[index]!),
});
const keysOf = (count: number, first = 0) => Array.from({ length: count }, (_, index) => `k${first + index}`);
const byName = (key: string) => 20 + (Number(key.slice(1)) % 7) * 30;

describe('the heights of a long list', () => {
  it('asks nothing of what is far from the window', () => {
    const asked = new Set<number>();
    const keys = keysOf(20_000);
    const book = new HeightBook({
      ...itemsOf(keys, byName),
      estimate: (index) => (asked.add(index), byName(keys[index]!)),
    });
    book.range(1_000_000, 1_000_900, 700);
    expect(asked.size).toBeLessThan(200);
  });

  it('knows exactly where everything in the window begins, once it was there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.nat(400_000), (count, y) => {
        const keys = keysOf(count);
        const book = new HeightBook(itemsOf(keys, byName));
        const { start, end } = book.range(y, y + 900, 500);
        for (let index = start; index < end; index++) {
          expect(book.offsets[index + 1]! - book.offsets[index]!).toBeCloseTo(byName(keys[index]!));
        }
      }),
    );
  });

  it('keeps what was measured when items come in above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 2_000 }), fc.integer({ min: 0, max: 20 }), (count, arrived) => {
        const keys = keysOf(count, 100);
        const book = new HeightBook(itemsOf(keys, byName));
        book.range(0, 5_000, 500);
        book.measure(3, 'k103', 777);
        const after = [...keysOf(arrived), ...keys];
        expect(book.change(itemsOf(after, byName), { index: 3, key: 'k103' })).toBe(3 + arrived);
        expect(book.offsets[4 + arrived]! - book.offsets[3 + arrived]!).toBeCloseTo(777);
      }),
    );
  });

  it('says that an item is gone, and goes on', () => {
    const book = new HeightBook(itemsOf(keysOf(10), byName));
    expect(book.change(itemsOf(keysOf(9), byName), { index: 9, key: 'k9' })).toBe(-1);
    expect(book.range(0, 5_000, 0).end).toBe(9);
    expect(new HeightBook(itemsOf([], byName)).at(0)).toBeUndefined();
  });
});
