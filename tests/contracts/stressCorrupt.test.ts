import { expect, test } from 'vitest';
import { stressCorrupt } from '#tests/stress/corrupt.ts';

/** A small part of `npm run prove`, always with the same seed. */
test('a damaged library or log, or something else in its place: the server comes up, says what it is, touches nothing, and the newest backup comes back whole', async () => {
  const lines: string[] = [];
  const { tried, ...rest } = await stressCorrupt({ seed: 98, rounds: 5, say: (line) => lines.push(line) });
  expect(tried).toBe(5);
  expect(rest, lines.join('\n')).toMatchObject({ lost: 0, doubled: 0, altered: 0, serverErrors: 0, deaths: 0 });
  expect(lines.at(-1)).toMatch(/recovery: /);
  // Among them are bits of texts, of which SQLite knows nothing.
  expect(lines.at(-1)).toMatch(/its texts mended/);
});
