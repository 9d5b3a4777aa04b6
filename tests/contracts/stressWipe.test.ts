import { expect, test } from 'vitest';
import { stressWipe } from '#tests/stress/wipe.ts';

/** A small part of `npm run prove`, always with the same seed. */
test('a lost library is restored by one device, the others add what only they have, and what Last.fm reports again is deduplicated', async () => {
  const lines: string[] = [];
  const { tried, ...rest } = await stressWipe({ seed: 20_261, plays: 300, say: (line) => lines.push(line) });
  expect(tried).toBeGreaterThan(10);
  expect(rest, lines.join('\n')).toMatchObject({ lost: 0, altered: 0, doubled: 0, serverErrors: 0, deaths: 0 });
});
