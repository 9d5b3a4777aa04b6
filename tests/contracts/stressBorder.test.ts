import { expect, test } from 'vitest';
import { stressFuzz, stressPoison } from '#tests/stress/fuzz.ts';

const HELD = { lost: 0, altered: 0, serverErrors: 0, deaths: 0 };

test('requests made from the reference, a part of them spoilt, end nothing, change nothing that none names, and are no failure of the server', async () => {
  expect(await stressFuzz({ seed: 1, requests: 1_000 })).toMatchObject({ tried: 1_000, ...HELD });
});

test('poison in the place of any field of any operation is refused or made harmless', async () => {
  expect(await stressPoison({ seed: 1, share: 0.05 })).toMatchObject(HELD);
});
