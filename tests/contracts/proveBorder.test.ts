import { expect, test } from 'vitest';
import { proveFuzz, provePoison } from '#tests/prove/fuzz.ts';

test('requests made from the reference, a part of them spoilt, end nothing and are no failure of the server', async () => {
  expect(await proveFuzz({ seed: 1, requests: 1_000 })).toMatchObject({ tried: 1_000, serverErrors: 0, deaths: 0 });
});

test('poison in the place of any field of any operation is refused or made harmless', async () => {
  expect(await provePoison({ seed: 1, share: 0.05 })).toMatchObject({ serverErrors: 0, deaths: 0 });
});
