import { expect, test } from 'vitest';
import { proveRestoreMeaning } from '#tests/prove/restoreMeaning.ts';

/** A small part of `npm run prove`, always with the same seed. */
const seed = 20_261;

test('after a restore every action is done to what was meant, or refused in words', () => {
  const lines: string[] = [];
  const { tried, ...rest } = proveRestoreMeaning({ seed, histories: 8, say: (line) => lines.push(line) });
  expect({ ...rest, lines: lines.slice(0, -1) }).toEqual({ lost: 0, doubled: 0, altered: 0, lines: [] });
  expect(tried).toBeGreaterThan(100);
});
