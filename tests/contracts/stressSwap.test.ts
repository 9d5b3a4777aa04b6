import { expect, test } from 'vitest';
import { stressSwap } from '#tests/stress/swap.ts';

/** A small part of `npm run prove`, always with the same seed. */
test('a library file that somebody replaced is noticed: no former checkpoint is served, no id given twice, and mutations apply to the entities they meant', async () => {
  const lines: string[] = [];
  const { tried, ...rest } = await stressSwap({ seed: 20_263, rounds: 4, say: (line) => lines.push(line) });
  expect(tried).toBe(4);
  expect(rest, lines.join('\n')).toMatchObject({ lost: 0, doubled: 0, altered: 0, serverErrors: 0, deaths: 0 });
});
