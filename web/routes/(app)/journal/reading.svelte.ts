import { addDays, parseDayKey, weekStartOf } from '#shared/journal/dates.ts';
import type { AlbumEntry, Journal, Library } from '$lib/library/index.ts';
import { haikuChoice } from './haikuChoice.ts';

type Stores = Pick<Library, 'albums' | 'household' | 'journal'>;

/** A haiku of the day is one of a record heard in so many days before it. */
const HAIKU_DAYS = 14;

/** One other year's same date: its most played record, and how much else there was. */
export interface YearThen {
  year: string;
  album: AlbumEntry;
  plays: number;
  others: number;
}

/** What was heard on this date in other years, newest first, at most so many years. */
export function otherYears(today: string, { albums, journal }: Stores, most = 4): YearThen[] {
  const oldest = oldestDate(journal);
  if (!oldest) return [];
  const found: YearThen[] = [];
  for (let year = Number(today.slice(0, 4)) - 1; year >= Number(oldest.slice(0, 4)) && found.length < most; year--) {
    const counts = new Map<number, number>();
    for (const { ownerId } of journal.onDate(`${year}${today.slice(4)}`)) {
      if (ownerId > 0) counts.set(ownerId, (counts.get(ownerId) ?? 0) + 1);
    }
    const [top] = [...counts].sort((a, b) => b[1] - a[1]);
    const album = top && albums.entry(String(top[0]));
    if (top && album) found.push({ year: String(year), album, plays: top[1], others: counts.size - 1 });
  }
  return found;
}

export interface Week {
  listens: number;
  /** Records that were never heard before this week. */
  discovered: number;
  /** Days in a row with a listen, up to today or yesterday. */
  streak: number;
}

/** This week (from Monday) and the habit, in the household's calendar. */
export function thisWeek(today: string, { albums, household, journal }: Stores): Week {
  const monday = weekStartOf(parseDayKey(today));
  const from = household.calendar.dayStart(monday);
  const albumIds = new Set<number>();
  let listens = 0;
  let streak = 0;
  let expected = today;
  let counting = true;
  for (let index = 0; index < journal.dayCount; index++) {
    const day = journal.day(index);
    if (!day?.date) break;
    const inWeek = parseDayKey(day.date) >= monday;
    if (inWeek) {
      listens += day.listenCount;
      for (const run of day.runs) if (run.albumId) albumIds.add(Number(run.albumId));
    }
    if (counting) {
      if (index === 0 && day.date === addDays(today, -1)) expected = day.date;
      if (day.date === expected) {
        streak++;
        expected = addDays(expected, -1);
      } else if (day.date < expected) counting = false;
    }
    if (!inWeek && !counting) break;
  }
  let discovered = 0;
  for (const albumId of albumIds) {
    const first = albums.plays(String(albumId)).firstPlayedAt;
    if (first !== null && first >= from) discovered++;
  }
  return { listens, discovered, streak };
}

/** The local date of the first listen whose date is known. */
export function oldestDate(journal: Journal): string | null {
  for (let index = journal.dayCount - 1; index >= 0; index--) {
    const date = journal.day(index)?.date;
    if (date) return date;
  }
  return null;
}

/** A record with a haiku among what was heard in the days before; the same one all day. */
export function haikuOfTheDay(
  today: string,
  { albums, household, journal }: Stores,
): { text: string; album: AlbumEntry; language: string | undefined } | null {
  const heard = new Set<string>();
  const oldest = addDays(today, -HAIKU_DAYS);
  for (let index = 0; index < journal.dayCount; index++) {
    const day = journal.day(index);
    if (!day?.date || day.date < oldest) break;
    if (day.date < today) for (const run of day.runs) if (run.albumId) heard.add(run.albumId);
  }
  const written = [...heard].flatMap((albumId) => {
    const document = albums.get(albumId);
    const album = albums.entry(albumId);
    return document?.haiku && album
      ? [
          {
            albumId,
            album,
            text: document.haiku,
            language: document.words?.language,
            writtenAt: document.words?.writtenAt,
          },
        ]
      : [];
  });
  return (
    haikuChoice(written, today, household.calendar.dayStart(parseDayKey(today)), household.current.language) ?? null
  );
}
