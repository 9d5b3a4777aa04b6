import type { Calendar } from '../journal/calendar.ts';
import { datePartsOf, monthKeyOf, monthStartOf, weekdayOf } from '../journal/dates.ts';
import type { Listen } from '../journal/listen.ts';
import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { TrackFacts } from './libraryIndex.ts';
import type { MonthlyRollup } from './rollup.ts';

/** Where a rollup looks up its tracks; a `LibraryIndex` is one. */
export interface TrackLookup {
  track(trackId: number): TrackFacts | undefined;
}

/** A rollup while it is being put together. */
interface Month {
  listens: number;
  seconds: number;
  tracks: Map<number, number>;
  albums: Map<number, number>;
  artists: Map<number, number>;
  weekHours: number[];
  days: number[];
  sources: Map<string, number>;
  zones: Map<string, number>;
}

/**
 * Rolls listens up by the calendar's months, oldest first. Listens at an unknown date count in their month, but on none of its
 * days and hours. Albums and artists are those of the library now; a track it does not know counts for its owner.
 */
export function computeRollups(listens: Iterable<Listen>, library: TrackLookup, calendar: Calendar): MonthlyRollup[] {
  const months = new Map<string, Month>();
  const ownerIds = new Map<number, number>();
  let [day, dayOfMonth, into]: [number, number, Month | undefined] = [NaN, NaN, undefined];
  for (const { playedAt, trackId, ownerId, source, zone } of listens) {
    if (!into || calendar.dayNumber(playedAt) !== day) {
      day = calendar.dayNumber(playedAt);
      const { year, month, day: ofMonth } = datePartsOf(day);
      const key = monthKeyOf(year, month);
      into = months.get(key) ?? emptyMonth(monthStartOf(year, month, 1) - monthStartOf(year, month));
      months.set(key, into);
      dayOfMonth = ofMonth;
    }
    into.listens++;
    add(into.tracks, trackId, 1);
    ownerIds.set(trackId, ownerId);
    add(into.sources, source, 1);
    if (zone !== undefined) add(into.zones, zone, 1);
    if (playedAt === DATE_UNKNOWN) continue;
    into.days[dayOfMonth - 1]!++;
    into.weekHours[weekdayOf(day) * 24 + calendar.hour(playedAt)]!++;
  }
  for (const month of months.values()) {
    for (const [trackId, count] of month.tracks)
      countTrack(month, count, library.track(trackId), ownerIds.get(trackId)!);
  }
  return Array.from(months, ([id, month]) => rollupOf(id, month)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function emptyMonth(days: number): Month {
  return {
    listens: 0,
    seconds: 0,
    tracks: new Map(),
    albums: new Map(),
    artists: new Map(),
    weekHours: new Array<number>(168).fill(0),
    days: new Array<number>(days).fill(0),
    sources: new Map(),
    zones: new Map(),
  };
}

/** Counts listens of one track for its album and artists, and their seconds. @param owner of a track that is not known: its album, or minus its artist. */
export function countTrack(
  month: Pick<Month, 'seconds' | 'albums' | 'artists'>,
  listens: number,
  facts: TrackFacts | undefined,
  owner: number,
): void {
  month.seconds += listens * (facts?.durationSeconds ?? 0);
  const album = facts ? Number(facts.albumId ?? NaN) : owner;
  if (Number.isInteger(album) && album > 0) add(month.albums, album, listens);
  const artists = facts ? facts.artistIds.map(Number) : [-owner];
  for (const artist of artists) if (Number.isInteger(artist) && artist > 0) add(month.artists, artist, listens);
}

function rollupOf(id: string, month: Month): MonthlyRollup {
  const named = (counts: Map<string, number>): Record<string, number> =>
    Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    id,
    listens: month.listens,
    seconds: month.seconds,
    tracks: ranked(month.tracks),
    albums: ranked(month.albums),
    artists: ranked(month.artists),
    weekHours: month.weekHours,
    days: month.days,
    sources: named(month.sources),
    zones: named(month.zones),
  };
}

/** Most first. */
export const ranked = (counts: ReadonlyMap<number, number>): [number, number][] =>
  [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);

function add<K>(counts: Map<K, number>, key: K, listens: number): void {
  counts.set(key, (counts.get(key) ?? 0) + listens);
}
