import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type AnyHousehold, openAnyHousehold, ZONE } from '../setup/anyHousehold.ts';
import type { CountedAgain, Heard } from '../setup/countedAgain.ts';
import { TestSession } from '../setup/testSession.ts';
import { type Language, languages } from './format.ts';
import { SEED } from './reading.ts';

/** A page in a language, and the library whose figures it shows. */
export interface Shown {
  page: Page;
  language: Language;
  library: CountedAgain;
}

/** Listens of a period, and which it is. */
export interface Period {
  heard: Heard[];
  /** The year whose days these are, where it is not all time. */
  year?: string;
}

/**
 * What the pages say of a household nobody chose, in both languages, against the library's own rows, each figure counted again by the
 * plainest reading there is. The figures that pages show, and that are compared:
 *
 * - Journal: listens in all, since when; of each day drawn its listens, its time, its busiest hour, the moment of every listen; of
 *   the same date in other years the year and the listens of what was heard most; this week's listens and new records; days in a row.
 * - Timeline, a day: listens, time, first and last moment.
 * - Collection: records, those on vinyl, those that came this month; of each support its records.
 * - A record: its tracks and how long they are; its listens, its most in a month and which, each month of the table; each track's
 *   listens and length.
 * - An artist: listens, records on the shelf and others, each of the most played tracks, each year. No listening time is shown there.
 * - Playlists: how many; of each its tracks and its time, on the list and on its own page.
 * - Settings: listens, albums, records on the shelf, covers of the shelf, copies read from Discogs, listens read from Last.fm.
 * - Analytics, of all time and of the year so far: listens, days, time, main hours, new records; artists, albums and tracks heard
 *   most; every hour, every weekday and hour, every month or year, every day; days in a row, longest ever and here, longest session,
 *   loved tracks; beside the year before, row by row with its change; new and known with their shares; new artists and albums with
 *   their first day and listens; comebacks with the days around their silence; decades, genres, labels, supports and sources with
 *   their shares; owned and streamed; records never played.
 * - A year in review: listens, days, time; fullest day, hour, weekday, days in a row, longest session; artists, records and tracks
 *   heard most; each month; new records and artists; shares of supports, genres and decades.
 *
 * Opens such a household for a test file, and closes it after it. @returns what opens a page of it.
 */
export function anyHouseholdShown(): (language: Language, path: string) => Promise<Shown> {
  const session = new TestSession();
  let household: AnyHousehold;
  let library: CountedAgain;
  beforeAll(async () => {
    household = await openAnyHousehold(session, new SeededChance(SEED));
    library = household.read();
  }, 90_000);
  afterAll(async () => {
    await session.close();
    await session.closeBrowser();
  });
  return async (language, path) => {
    const page = await session.device(household.server, path, { locale: languages[language].locale, timezoneId: ZONE });
    await page.evaluate(() => navigator.serviceWorker.ready);
    return { page, language, library };
  };
}
