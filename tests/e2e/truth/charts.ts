import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type CountedAgain, countedBy, groupOf, type Heard, mostFirst } from '../setup/countedAgain.ts';
import { names } from './counts.ts';
import { even, type Language, languages, share } from './format.ts';
import { becomes, byName, SEED, tables } from './reading.ts';

/** The shortest stretch of the clock with half of the listens, the first of equal ones. */
export function mainHours(counts: readonly number[]): [number, number] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  for (let length = 1; length < 24; length += 1) {
    const sums = counts.map((_, from) =>
      Array.from({ length }, (_hour, step) => counts[(from + step) % 24]!).reduce((sum, n) => sum + n, 0),
    );
    const most = Math.max(...sums);
    if (most * 2 >= total) return [sums.indexOf(most), (sums.indexOf(most) + length) % 24];
  }
  return [0, 0];
}

/** Listens by what only some records have, with their shares of all; the rest as not known, where it is shown. */
export function shares(
  heard: readonly Heard[],
  keysOf: (each: Heard) => readonly string[],
  language: Language,
): string[][] {
  const unknown = heard.filter((each) => keysOf(each).length === 0).length;
  const all: [string, number][] = [
    ...countedBy(heard, keysOf),
    ...(unknown > 0 ? [[languages[language].messages['chart.unknown'], unknown] as [string, number]] : []),
  ];
  return all.map(([name, n]) => [name, String(n), share(n, heard.length, language)]);
}

/** A genre of Discogs' as charts name it: by the table of the language, or as it is written. */
export const genre = (name: string, language: Language): string =>
  ((languages[language].messages as Record<string, unknown>)[`genre.${name.toLowerCase()}`] as string | undefined) ??
  name;

/** Supports as charts name them. */
export function carrier(support: string | null, language: Language): string {
  const key = {
    Vinyl: 'support.vinyl',
    CD: 'support.cd',
    Cassette: 'support.cassette',
    SACD: 'support.sacd',
    Digital: 'support.digital',
    '': 'support.other',
  } as const;
  return Object.hasOwn(key, support ?? '')
    ? languages[language].messages[key[(support ?? '') as keyof typeof key]]
    : support!;
}

/** That tables say this, whatever the order of equal rows. */
export const charts = (page: Page, expected: Record<string, string[][]>, what: string) =>
  becomes(
    async () => {
      const all = await tables(page);
      return Object.fromEntries(Object.keys(expected).map((caption) => [caption, byName(all[caption] ?? [])]));
    },
    Object.fromEntries(Object.entries(expected).map(([caption, rows]) => [caption, byName(rows)])),
    what,
  );

/** That a table names so many with most listens, and of each what is true of it. */
export async function ranking(
  page: Page,
  caption: string,
  counts: ReadonlyMap<unknown, number>,
  truth: readonly string[][],
  limit: number,
  what: string,
): Promise<void> {
  const rows = async () => (await tables(page))[even(caption)] ?? [];
  await becomes(async () => (await rows()).map((row) => Number(row.at(-1))), mostFirst(counts).slice(0, limit), what);
  const known = new Set(byName(truth));
  expect(
    byName(await rows()).filter((row) => !known.has(row)),
    `${what}, seed ${SEED}`,
  ).toEqual([]);
}

/** The name of a record as a ranking shows it, by one of its pressings that was heard. */
export const albumRows = (
  library: CountedAgain,
  heard: readonly Heard[],
  more: (group: string) => string[] = () => [],
): string[][] =>
  [...countedBy(heard, groupOf)].flatMap(([group, n]) =>
    [...new Set(heard.filter(({ album }) => album?.group === group).map(({ album }) => album!))].map(
      ({ title, artists }) => [
        more(group).length > 0 ? title : `${title}, ${names(library, artists)}`,
        ...more(group),
        String(n),
      ],
    ),
  );
