import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterOf, paramsOf, sorts, wishesOf, type Wishes } from './wishes.ts';

const wishes: fc.Arbitrary<Wishes> = fc.record({
  view: fc.constantFrom('grid', 'list'),
  sort: fc.constantFrom(...sorts),
  support: fc.constantFrom(null, 'vinyl', 'cd', 'digital', 'other'),
  genre: fc.option(fc.string({ minLength: 1 })),
  decade: fc.option(fc.integer({ min: 1900, max: 2090 }).map((year) => Math.floor(year / 10) * 10)),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
  artist: fc.option(fc.nat().map(String)),
  label: fc.option(fc.string({ minLength: 1 })),
  neverPlayed: fc.boolean(),
  shelf: fc.constantFrom(null, 'heard', 'wanted', 'all'),
});

describe('the wishes in the address', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        expect(wishesOf(new URLSearchParams(paramsOf(wish).toString()))).toEqual(wish);
      }),
    );
  });

  it('leave out what makes no sense', () => {
    const read = wishesOf(new URLSearchParams('sort=cheapest&support=wax&decade=old&rating=-1&artist=me&shelf=upper&view=globe'));
    expect(read).toEqual(wishesOf(new URLSearchParams()));
  });

  it('take an older address for the whole shelf', () => {
    expect(wishesOf(new URLSearchParams('heard&sort=plays'))).toMatchObject({ shelf: 'all', sort: 'plays' });
  });

  it('ask for the newest first, but for A before Z', () => {
    const none = wishesOf(new URLSearchParams());
    expect(filterOf(none, []).descending).toBe(true);
    expect(filterOf({ ...none, sort: 'artist' }, []).descending).toBe(false);
  });
});
