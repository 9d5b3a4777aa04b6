import { expect, test } from 'vitest';
import { stressRestoreMeaning } from '#tests/stress/restoreMeaning.ts';
import { stressSkew } from '#tests/stress/skew.ts';

/** A small part of `npm run prove`, always with the same seed. */
const seed = 20_261;

test('of several words the last one stands, whatever the clocks say, and none is lost', () => {
  const lines: string[] = [];
  const { tried, ...rest } = stressSkew({ seed, histories: 10, say: (line) => lines.push(line) });
  expect({ ...rest, lines }).toEqual({ lost: 0, doubled: 0, altered: 0, lines: [] });
  expect(tried).toBeGreaterThan(100);
});

test('after a restore every mutation is applied to what was meant, or refused with a message', async () => {
  const lines: string[] = [];
  const { tried, ...rest } = await stressRestoreMeaning({ seed, histories: 8, say: (line) => lines.push(line) });
  expect({ ...rest, lines: lines.slice(0, -1) }).toEqual({ lost: 0, doubled: 0, altered: 0, lines: [] });
  expect(tried).toBeGreaterThan(100);
});
