import * as v from 'valibot';
import { expect, test } from 'vitest';
import { StoredOptions } from './playlistOptions.ts';

test('what a playlist keeps of its options is what they can be, and an older version’s rest costs none of it', () => {
  const fit = {
    length: 40,
    period: { from: 1, to: 2 },
    maxPerArtist: 3,
    ownedOnly: true,
    seed: 'evening',
    decade: 1970,
    dropped: 2,
  };
  expect(v.parse(StoredOptions, fit)).toEqual(fit);
  let deep: unknown = 1;
  for (let level = 0; level < 50; level += 1) deep = { deep };
  expect(
    v.parse(StoredOptions, { ...fit, length: -1, seed: {}, ownedOnly: 'yes', unknown: deep, constructor: 1 }),
  ).toEqual({
    period: { from: 1, to: 2 },
    maxPerArtist: 3,
    decade: 1970,
    dropped: 2,
  });
});
