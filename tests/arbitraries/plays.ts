import fc from 'fast-check';
import { Analysis } from '#shared/analytics/analysis.ts';
import { computeRollups } from '#shared/analytics/computeRollups.ts';
import { ALL_TIME, type Period } from '#shared/analytics/period.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { PlayingTime } from '#shared/analytics/playingTime.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { Track } from '#shared/library/track.ts';
import { anyHistory, anyPeriod, type SomeHistory } from './analysis.ts';
import { RECORDINGS } from './library.ts';

/** A listen with all that is known about it, found the slow and obvious way. */
export interface Play {
  listen: Listen;
  /** Absent for a track that nobody knows. */
  track?: Track;
  album?: AlbumDocument;
  /** What stands for the album and all its other pressings. */
  group?: string;
  artists: string[];
  dated: boolean;
  /** `YYYY-MM-DD` where it was heard. */
  day: string;
  hour: number;
  /** Monday is 0. */
  weekday: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const formats = new Map<string, Intl.DateTimeFormat>();

/** Every listen of a period as a play, oldest first. */
export function playsIn({ albums, artists, listens, timeZone }: SomeHistory, { from, to }: Period): Play[] {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
    });
  formats.set(timeZone, format);
  return listens
    .filter(({ playedAt }) => playedAt >= from && playedAt < to && (playedAt !== DATE_UNKNOWN || from === -Infinity))
    .map((listen) => {
      const album = albums.find(({ tracks }) => tracks.some(({ id }) => id === listen.trackId));
      const artist = artists.find(({ tracks }) => tracks.some(({ id }) => id === listen.trackId));
      const track = (album ?? artist)?.tracks.find(({ id }) => id === listen.trackId);
      const credits = track?.artists ?? album?.artists ?? (artist ? [artist] : []);
      const parts: Record<string, string> = {};
      for (const { type, value } of format.formatToParts(listen.playedAt * 1000)) parts[type] = value.replace('.', '');
      return {
        listen,
        track,
        album,
        group: album && (album.masterId ?? `album ${album.id}`),
        artists: credits.map(({ id }) => id),
        dated: listen.playedAt !== DATE_UNKNOWN,
        day: `${parts.year}-${parts.month}-${parts.day}`,
        hour: Number(parts.hour),
        weekday: WEEKDAYS.indexOf(parts.weekday!),
      };
    });
}

/** How long plays are, and how much of that is estimated, found the slow and obvious way. */
export function timeOf(
  { albums, artists }: Pick<SomeHistory, 'albums' | 'artists'>,
  plays: readonly Play[],
): PlayingTime {
  const library = [
    ...albums.flatMap((album) =>
      album.tracks.map((track) => ({ track, by: (track.artists ?? album.artists)[0]?.name })),
    ),
    ...artists.flatMap(({ name, tracks }) => tracks.map((track) => ({ track, by: name }))),
  ];
  const middle = (lengths: number[]): number | undefined =>
    lengths.sort((a, b) => a - b)[Math.ceil(lengths.length / 2) - 1];
  const total = { seconds: 0, estimatedSeconds: 0 };
  for (const { track } of plays) {
    const by = library.find((each) => each.track === track)?.by;
    const timed = library.filter(
      (each) => by !== undefined && each.by === by && each.track.durationSeconds !== undefined,
    );
    const recording = (title: string): string => RECORDINGS[title] ?? title;
    const same = timed.filter((each) => recording(each.track.title) === recording(track?.title ?? ''));
    const lengths = (of: typeof timed): number[] => of.map((each) => each.track.durationSeconds!);
    const estimate = middle(lengths(same)) ?? middle(lengths(timed)) ?? 240;
    total.seconds += track?.durationSeconds ?? estimate;
    if (track?.durationSeconds === undefined) total.estimatedSeconds += estimate;
  }
  return total;
}

/** How often each key occurs. */
export function countBy<K>(keys: Iterable<K>): Map<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** The same history after its older months went to the archive and left rollups only. `listens` still holds them all. */
export function anyArchivedHistory(): fc.Arbitrary<SomeHistory> {
  return fc
    .tuple(anyHistory(), fc.constantFrom('2024-04', '2024-11', '2025-02', '2025-04', '2030-01'))
    .map(([history, until]) => {
      const { library, calendar } = history.analysis;
      const isOld = ({ playedAt }: Listen): boolean => calendar.monthKey(playedAt) < until;
      const rollups = computeRollups(history.listens.filter(isOld), library, calendar);
      const journal = JournalColumns.fromListens(history.listens.filter((listen) => !isOld(listen)));
      return { ...history, analysis: new Analysis({ journal, library, calendar, rollups }) };
    });
}

/** A history and a period of it; or one that is partly archived, and all time. */
export const anyHistoryAndPeriod: fc.Arbitrary<[SomeHistory, Period]> = fc.oneof(
  fc.tuple(anyHistory(), anyPeriod),
  fc.tuple(anyArchivedHistory(), fc.constant(ALL_TIME)),
);
