import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Address } from '../../../lib/address.ts';
import { filterOf, noFilters, paramsOf, sorts, filtersOf, type CollectionFilters } from './filters.ts';

const read = (query: string) => filtersOf(new Address(new URLSearchParams(query)));

const word = fc.string({ minLength: 1, maxLength: 300 }).filter((text) => text.trim() !== '');
const anyFilters: fc.Arbitrary<CollectionFilters> = fc.record({
  view: fc.constantFrom('grid', 'list'),
  sort: fc.constantFrom(...sorts),
  support: fc.constantFrom(null, 'vinyl', 'cd', 'digital', 'other'),
  genre: fc.option(word),
  decade: fc.option(fc.integer({ min: 1900, max: 2090 }).map((year) => Math.floor(year / 10) * 10)),
  rating: fc.option(fc.integer({ min: 1, max: 5 })),
  artist: fc.option(fc.integer({ min: 1 }).map(String)),
  label: fc.option(word),
  neverPlayed: fc.boolean(),
  shelf: fc.constantFrom(null, 'heard', 'wanted', 'all'),
});

describe('the filter in the address', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(anyFilters, (filters) => {
        expect(read(paramsOf(filters).toString())).toEqual(filters);
      }),
    );
  });

  it('leaves out what makes no sense, and reports it', () => {
    const address = new Address(
      new URLSearchParams('sort=cheapest&support=wax&decade=old&rating=-1&artist=me&shelf=upper&view=globe'),
    );
    expect(filtersOf(address)).toEqual(noFilters());
    expect(address.wrong.map(({ text }) => text).sort()).toEqual([
      '-1',
      'cheapest',
      'globe',
      'me',
      'old',
      'upper',
      'wax',
    ]);
  });

  it('name no decade, rating or switch that there is not', () => {
    const address = new Address(new URLSearchParams('decade=1975&rating=0&never=0&heard=0'));
    expect(filtersOf(address)).toEqual(noFilters());
    expect(address.wrong.map(({ name }) => name).sort()).toEqual(['decade', 'heard', 'never', 'rating']);
  });

  it('take an older address for the whole shelf', () => {
    expect(read('heard&sort=plays')).toMatchObject({ shelf: 'all', sort: 'plays' });
  });

  it('ask for the newest first, but for A before Z', () => {
    const none = noFilters();
    expect(filterOf(none, []).descending).toBe(true);
    expect(filterOf({ ...none, sort: 'artist' }, []).descending).toBe(false);
  });
});
