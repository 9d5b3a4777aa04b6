import { distinctNames } from '#shared/matching/distinct.ts';
import { foldForSearch } from '#shared/matching/fold.ts';
import { queryTokens, withoutInnerSpaces } from '#shared/matching/searchTerms.ts';
import { spellingsIn } from '#shared/matching/typing.ts';
import type { AlbumEntry, AlbumFilter, AlbumSort, Facet, Facets } from './types.ts';

/** What a filter and a sort need to know of an album beside its entry. */
export interface ShelfFacts {
  plays(id: string): number;
  /** Seconds since the epoch; −Infinity for never. */
  lastPlayed(id: string): number;
}

type Test = (entry: AlbumEntry) => boolean;
type FacetName = 'shelf' | 'supports' | 'decades' | 'genres' | 'labels' | 'artistIds' | 'neverPlayed' | 'other';

const decadeOf = (year: number): number => Math.floor(year / 10) * 10;

/** `owned` unless nothing is: then everything. */
function shelfOf(filter: AlbumFilter, anyOwned: boolean): NonNullable<AlbumFilter['shelf']> {
  return filter.shelf ?? (anyOwned ? 'owned' : 'all');
}

function testsOf(
  entries: readonly AlbumEntry[],
  filter: AlbumFilter,
  anyOwned: boolean,
  facts: ShelfFacts,
): Map<FacetName, Test> {
  const tests = new Map<FacetName, Test>();
  const shelf = shelfOf(filter, anyOwned);
  if (shelf === 'owned') tests.set('shelf', (entry) => entry.owned);
  else if (shelf === 'wanted') tests.set('shelf', (entry) => entry.wanted);
  else if (shelf === 'heard') tests.set('shelf', isHeard);
  addOneOf(tests, 'supports', filter.supports, (entry) => (entry.support === null ? [] : [entry.support]));
  addOneOf(tests, 'decades', filter.decades, (entry) => (entry.year === null ? [] : [decadeOf(entry.year)]));
  addOneOf(tests, 'genres', filter.genres, (entry) => entry.genres);
  addOneOf(tests, 'labels', filter.labels, (entry) => entry.labels);
  addOneOf(tests, 'artistIds', filter.artistIds, (entry) => entry.artists.map(({ id }) => id));
  if (filter.neverPlayed) tests.set('neverPlayed', ({ id }) => facts.plays(id) === 0);
  const { rating = 0 } = filter;
  const tokens = queryTokens(foldForSearch(filter.text ?? ''));
  const spellings = tokens.map((word) =>
    entries.some((entry) => textOf(entry).includes(word))
      ? [word]
      : spellingsIn(
          entries.map((entry) => searchTextsOf(entry).names),
          word,
        ),
  );
  if (rating > 0 || tokens.length > 0) {
    tests.set('other', (entry) => {
      const text = tokens.length > 0 ? textOf(entry) : '';
      return entry.rating >= rating && spellings.every((each) => each.some((spelling) => text.includes(spelling)));
    });
  }
  return tests;
}

/** Under which words a record is found: its title and its artists, as the line of them is printed and by their own names. */
const textOf = (entry: AlbumEntry): string => searchTextsOf(entry).text;

interface SearchTexts {
  text: string;
  /** Without what stands between the artists: a word that was mistyped is none of those. */
  names: string;
}
const cache = new WeakMap<AlbumEntry, SearchTexts>();

function searchTextsOf(entry: AlbumEntry): SearchTexts {
  let tokens = cache.get(entry);
  if (tokens === undefined) {
    const own = entry.artists.flatMap(({ name, creditedAs }) => [
      name,
      ...(creditedAs === undefined ? [] : [creditedAs]),
    ]);
    const folded = (names: readonly string[]) =>
      withoutInnerSpaces([entry.titleSort, ...distinctNames(names).map(foldForSearch)].join(' '));
    cache.set(entry, (tokens = { text: folded([entry.artistLine, ...own]), names: folded(own) }));
  }
  return tokens;
}

function addOneOf<T>(
  tests: Map<FacetName, Test>,
  name: FacetName,
  wanted: readonly T[] | undefined,
  valuesOf: (entry: AlbumEntry) => readonly T[],
): void {
  if (!wanted || wanted.length === 0) return;
  const set = new Set(wanted);
  tests.set(name, (entry) => valuesOf(entry).some((value) => set.has(value)));
}

/** Known from listening alone. */
function isHeard({ owned, wanted }: AlbumEntry): boolean {
  return !owned && !wanted;
}

/** The albums that pass the filter, in its order. */
export function arrangeShelf(
  entries: readonly AlbumEntry[],
  filter: AlbumFilter,
  anyOwned: boolean,
  facts: ShelfFacts,
): AlbumEntry[] {
  const tests = [...testsOf(entries, filter, anyOwned, facts).values()];
  const passed: AlbumEntry[] = [];
  for (const entry of entries) if (tests.every((test) => test(entry))) passed.push(entry);
  return passed.sort(comparison(filter.sort ?? 'artist', filter.descending ?? false, facts));
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Equal ones follow each other by artist, year and title, whatever the direction. What has no value comes last. */
function comparison(sort: AlbumSort, descending: boolean, facts: ShelfFacts): (a: AlbumEntry, b: AlbumEntry) => number {
  const shelfOrder = (a: AlbumEntry, b: AlbumEntry): number =>
    text(a.artistSort, b.artistSort) ||
    (a.year ?? 9999) - (b.year ?? 9999) ||
    text(a.titleSort, b.titleSort) ||
    text(a.id, b.id);
  const sign = descending ? -1 : 1;
  if (sort === 'artist') return (a, b) => sign * text(a.artistSort, b.artistSort) || shelfOrder(a, b);
  if (sort === 'title') return (a, b) => sign * text(a.titleSort, b.titleSort) || shelfOrder(a, b);
  const valueOf = valueFor(sort, facts);
  return (a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return one === other ? shelfOrder(a, b) : one === null ? 1 : -1;
    return sign * (one - other) || shelfOrder(a, b);
  };
}

function valueFor(
  sort: Exclude<AlbumSort, 'artist' | 'title'>,
  facts: ShelfFacts,
): (entry: AlbumEntry) => number | null {
  switch (sort) {
    case 'year':
      return ({ year }) => year;
    case 'added':
      return ({ addedAt }) => addedAt;
    case 'rating':
      return ({ rating }) => (rating === 0 ? null : rating);
    case 'plays':
      return ({ id }) => facts.plays(id);
    case 'lastPlayed':
      return ({ id }) => (Number.isFinite(facts.lastPlayed(id)) ? facts.lastPlayed(id) : null);
  }
}

/** Each facet's values with how many albums have them under all the other facets. */
export function countFacets(
  entries: readonly AlbumEntry[],
  filter: AlbumFilter,
  anyOwned: boolean,
  facts: ShelfFacts,
): Facets {
  const tests = testsOf(entries, filter, anyOwned, facts);
  const under = (own: FacetName): AlbumEntry[] => {
    const others = [...tests].filter(([name]) => name !== own).map(([, test]) => test);
    return entries.filter((entry) => others.every((test) => test(entry)));
  };
  const shelves = under('shelf');
  const names = new Map<string, string>();
  const artists = count(under('artistIds'), (entry) =>
    entry.artists.map(({ id, name }) => {
      names.set(id, name);
      return id;
    }),
  );
  return {
    supports: count(under('supports'), ({ support }) => (support === null ? [] : [support])),
    decades: count(under('decades'), ({ year }) => (year === null ? [] : [decadeOf(year)])).sort(
      (a, b) => a.value - b.value,
    ),
    genres: count(under('genres'), ({ genres }) => genres),
    labels: count(under('labels'), ({ labels }) => labels),
    artists: artists.map((facet) => ({ ...facet, name: names.get(facet.value) ?? '' })),
    owned: shelves.filter(({ owned }) => owned).length,
    heard: shelves.filter(isHeard).length,
    wanted: shelves.filter(({ wanted }) => wanted).length,
    neverPlayed: under('neverPlayed').filter(({ id }) => facts.plays(id) === 0).length,
    total: shelves.length,
  };
}

/** Most first. */
function count<T>(entries: readonly AlbumEntry[], valuesOf: (entry: AlbumEntry) => readonly T[]): Facet<T>[] {
  const counts = new Map<T, number>();
  for (const entry of entries) for (const value of valuesOf(entry)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Array.from(counts, ([value, total]) => ({ value, count: total })).sort((a, b) => b.count - a.count);
}
