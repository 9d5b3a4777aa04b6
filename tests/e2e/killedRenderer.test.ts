import { expect, test } from 'vitest';
import { stressDurable } from '#tests/stress/durable.ts';

test('the page’s process killed with the last key of each kind of action: each is there afterwards, once', async () => {
  const { tried, lost, doubled, altered } = await stressDurable({ seed: 7, kills: 8 });
  expect({ tried, lost, doubled, altered }).toEqual({ tried: 8, lost: 0, doubled: 0, altered: 0 });
});
