import { albums, journal, tracks, type AlbumEntry, type JournalListen, type TrackView } from '$lib/library/index.ts';
import { zone } from '../zone.svelte.ts';
import { lanesOf, stretchesOf, type Heard, type Lane, type Stretch } from './dayShape.ts';

/** A listen with what is known of it. */
export interface DayListen extends Heard {
  listen: JournalListen;
  track: TrackView | null | undefined;
}
export type DayStretch = Stretch<DayListen>;
export type DayLane = Lane<DayListen>;

export interface TheDay {
  date: string;
  stretches: DayStretch[];
  lanes: DayLane[];
}

/** What was heard on a local date, in stretches and in lanes. Reactive. */
export function theDay(date: string): TheDay {
  const heard = journal.onDate(date).map((listen): DayListen => {
    const track = tracks.of(listen);
    const key = listen.holder > 0 ? `album ${listen.holder}` : `track ${listen.trackId}`;
    return { listen, track, key, playedAt: listen.playedAt, time: tracks.playingTime(listen.trackId) };
  });
  const stretches = stretchesOf(heard);
  return { date, stretches, lanes: lanesOf(zone.calendar.hoursOfDay(date), stretches) };
}

/** Tells a stretch from every other: two can begin in the same second, and no listen is in two. */
export const keyOf = (stretch: DayStretch): number => stretch.listens[0]!.listen.id;

/** The record of a stretch, or null for a track without one. */
export function albumOf(stretch: DayStretch): AlbumEntry | null {
  const holder = stretch.listens[0]?.listen.holder ?? 0;
  return holder > 0 ? (albums.entry(String(holder)) ?? null) : null;
}

/** What a cover needs to know of a stretch. */
export function coverOf(stretch: DayStretch) {
  const album = albumOf(stretch);
  const track = stretch.listens[0]?.track;
  return {
    title: album?.title ?? track?.title ?? '',
    artist: album?.artistLine ?? track?.artistLine ?? '',
    imageId: album?.imageId ?? null,
    lent: album?.lent ?? null,
    support: album?.support ?? null,
  };
}
