import { ranked } from './computeRollups.ts';
import type { MonthlyRollup } from './rollup.ts';

/** What two sets of listens of one month come to together. */
export function addRollups(one: MonthlyRollup, other: MonthlyRollup): MonthlyRollup {
  return {
    id: one.id,
    listens: one.listens + other.listens,
    seconds: one.seconds + other.seconds,
    tracks: together(one.tracks, other.tracks),
    albums: together(one.albums, other.albums),
    artists: together(one.artists, other.artists),
    weekHours: summed(one.weekHours, other.weekHours),
    days: summed(one.days, other.days),
    sources: named(one.sources, other.sources),
    zones: named(one.zones, other.zones),
  };
}

function together(...lists: MonthlyRollup['tracks'][]): MonthlyRollup['tracks'] {
  const counts = new Map<number, number>();
  for (const [id, count] of lists.flat()) counts.set(id, (counts.get(id) ?? 0) + count);
  return ranked(counts);
}

function named(...records: Record<string, number>[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const [name, count] of records.flatMap((record) => Object.entries(record)))
    counts.set(name, (counts.get(name) ?? 0) + count);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const summed = (one: readonly number[], other: readonly number[]): number[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, index) => (one[index] ?? 0) + (other[index] ?? 0));
