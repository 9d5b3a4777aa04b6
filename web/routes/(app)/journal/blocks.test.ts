import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from './blocks.ts';

describe('the blocks of a day', () => {
  it('hold every listen of every run once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 30 }), (sizes) => {
        const seen = sizes.map(() => 0);
        for (const block of blocksOf(sizes)) {
          expect(block.from).toBe(seen[block.run]);
          expect(block.to).toBeGreaterThan(block.from);
          seen[block.run] = block.to;
        }
        expect(seen).toEqual(sizes);
      }),
    );
  });

  it('are never too long to draw whole, and show a track on its own', () => {
    const blocks = blocksOf([1, 2, 1_000]);
    expect(blocks.map((block) => block.single).slice(0, 3)).toEqual([true, false, false]);
    expect(Math.max(...blocks.map((block) => block.to - block.from))).toBeLessThanOrEqual(40);
  });
});
