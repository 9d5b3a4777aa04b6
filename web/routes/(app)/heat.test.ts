import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fullest, heatOf, warmestFrom } from './heat.ts';

test('what the legend calls the warmest is so from that many listens on, and not below', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 900 }), { maxLength: 31 }), (counts) => {
      const most = fullest(counts);
      const from = warmestFrom(most);
      expect([heatOf(from - 1, most), heatOf(from, most), heatOf(most, most)]).toEqual([3, 4, 4]);
    }),
  );
});
