import type { CountedAgain, Heard } from '../setup/countedAgain.ts';

export const names = (library: CountedAgain, artists: Iterable<number>): string =>
  [...artists].map((artist) => library.artists.get(artist)).join(', ');

export const count = (counts: ReadonlyMap<unknown, number>, key: unknown): number => counts.get(key) ?? 0;

/** What was heard most, and the first of equal ones. */
export const top = <K>(counts: ReadonlyMap<K, number>): [K, number] => [...counts].sort((a, b) => b[1] - a[1])[0]!;

export const byHour = (heard: readonly Heard[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => heard.filter((each) => each.hour === hour).length);
