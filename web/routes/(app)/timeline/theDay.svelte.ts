import { addDays } from '#shared/journal/dates.ts';
import type { AlbumEntry, Albums, JournalListen, Library, TrackView } from '$lib/library/index.ts';
import { accentByName, type AccentColour } from '$lib/ui/accentColour.ts';
import type { ClockHour } from './columnLayout.ts';
import type { DayMusic } from './dayParts.ts';
import { pastMidnight, stretchesOf, type Heard, type Stretch } from './dayShape.ts';
import { namesOf, recordKey, type StretchNames, unsentRecord } from './stretchNames.ts';

/** A listen with what is known of it. */
export interface DayListen extends Heard {
  listen: JournalListen;
  track: TrackView | null | undefined;
}
export type DayStretch = Stretch<DayListen>;

export interface TheDay extends DayMusic<DayListen> {
  date: string;
  /** 23, 24 or 25 of them. */
  hours: ClockHour[];
}

function heardOf(listen: JournalListen, tracks: Library['tracks']): DayListen {
  const track = tracks.of(listen);
  return {
    listen,
    track,
    key: recordKey(listen, track),
    playedAt: listen.playedAt,
    time: tracks.playingTime(listen.trackId),
  };
}

/** What was heard on a local date, in stretches, and what of the evening before goes on. Reactive. */
export function theDay(
  date: string,
  { household, journal, tracks }: Pick<Library, 'household' | 'journal' | 'tracks'>,
): TheDay {
  const stretches = stretchesOf(journal.onDate(date).map((listen) => heardOf(listen, tracks)));
  const before = journal.onDate(addDays(date, -1)).at(-1);
  const hours = household.calendar.hoursOfDay(date);
  return { date, hours, stretches, ...pastMidnight(before && heardOf(before, tracks), stretches, hours[0]!.start) };
}

/** Identifies a stretch: two can begin in the same second, and no listen is in two. */
export const keyOf = (stretch: DayStretch): number => stretch.listens[0]!.listen.id;

/** The record of a stretch, or null for a track without one. */
export function albumOf(stretch: DayStretch, albums: Albums): AlbumEntry | null {
  const [first] = stretch.listens;
  const ownerId = first?.listen.ownerId ?? 0;
  return ownerId > 0 ? (albums.entry(String(ownerId)) ?? null) : ((first?.track?.unsent && first.track.album) ?? null);
}

/** How a stretch is called wherever it is shown: a single track by its own name. */
export const nameOf = (stretch: DayStretch, albums: Albums): StretchNames =>
  namesOf(stretch.listens, albumOf(stretch, albums) ?? unsentRecord(stretch.listens[0]?.track));

/** What a cover needs to know of a stretch. */
export function coverOf(stretch: DayStretch, albums: Albums) {
  const album = albumOf(stretch, albums);
  const track = stretch.listens[0]?.track;
  return {
    title: album?.title ?? unsentRecord(track)?.title ?? track?.title ?? '',
    artist: album?.artistLine ?? track?.artistLine ?? '',
    imageId: album?.imageId ?? null,
    accent: album?.lent ?? null,
    support: album?.support ?? null,
  };
}

/** The colour that a record lends; one whose cover is not known has that of its name. */
export function accentOf(stretch: DayStretch, albums: Albums): AccentColour {
  const { accent, artist, title } = coverOf(stretch, albums);
  return accent ?? accentByName(`${artist}\n${title}`);
}
