import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import en from '../../web/lib/i18n/en/index.ts';
import fr from '../../web/lib/i18n/fr/index.ts';
import { type AnyHousehold, openAnyHousehold, ZONE } from './setup/anyHousehold.ts';
import {
  artistsOf,
  type CountedAgain,
  countedBy,
  dayAfter,
  groupOf,
  type Heard,
  mostFirst,
  type Played,
} from './setup/countedAgain.ts';
import { TestSession } from './setup/testSession.ts';
import { seen } from './setup/places.ts';

/**
 * What the pages say of a household nobody chose, in both languages, against the library's own rows, each figure counted again by the
 * plainest reading there is. The figures that pages show, and that are compared below:
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
 */
const SEED = Number(process.env['AIME_SEED'] ?? randomInt(1, 2 ** 31));

const session = new TestSession();
afterAll(async () => {
  await session.close();
  await session.closeBrowser();
});

const languages = {
  en: { words: en, locale: 'en', group: ',', intl: 'en' },
  fr: { words: fr, locale: 'fr', group: ' ', intl: 'fr' },
} as const;
type Language = keyof typeof languages;

let household: AnyHousehold;
let library: CountedAgain;
beforeAll(async () => {
  household = await openAnyHousehold(session, new SeededChance(SEED));
  library = household.read();
}, 90_000);

/** Everything that spaces and digits may look like in either language, as one. */
const even = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/(?<=\d)[, ](?=\d{3}(?!\d))/g, '')
    .replace(/\s+/g, ' ')
    .trim();
const figures = (text: string): number[] => (even(text).match(/\d+/g) ?? []).map(Number);
const text = async (place: Locator): Promise<string> => even(await place.innerText());
const texts = async (place: Locator): Promise<string[]> => (await place.allInnerTexts()).map(even);
/** What is read becomes this; the failure names what was read last. */
const becomes = (read: () => Promise<unknown>, expected: unknown, what: string) =>
  expect.poll(read, { message: `${what}, seed ${SEED}` }).toEqual(expected);
const says = (place: Locator, part: string | RegExp, what: string) =>
  expect.poll(() => text(place), { message: `${what}, seed ${SEED}` }).toMatch(part);

/** A message's form for a number, with it. */
const plural = ({ zero, one, other }: { zero?: string; one: string; other: string }, n: number): string =>
  even((n === 0 && zero !== undefined ? zero : n === 1 ? one : other).replace('{n}', String(n)));

/** How long music plays, as pages write it: to the minute, or where more than a fiftieth is estimated about so long, and rounded. */
function durationText({ seconds, estimated }: Played, language: Language): string {
  const clock = (minutes: number) =>
    minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  if (estimated * 50 <= seconds) return clock(Math.round(seconds / 60));
  const minutes = seconds / 60;
  const step = estimated < Math.min(300, seconds) ? 1 : minutes < 60 ? 5 : minutes < 600 ? 15 : 60;
  const rounded = Math.max(step, Math.round(minutes / step) * step);
  return `${language === 'en' ? 'about' : 'environ'} ${rounded >= 60 && rounded % 60 === 0 ? `${rounded / 60} h` : clock(rounded)}`;
}

/** A part of all in percent: what is there is not nothing, and what is not all is not all. */
function share(part: number, all: number, language: Language): string {
  const [of, sign] = [all === 0 ? 0 : part / all, language === 'en' ? '%' : ' %'];
  return part > 0 && of < 0.005
    ? `< 1${sign}`
    : part < all && of >= 0.995
      ? `> 99${sign}`
      : `${Math.round(of * 100)}${sign}`;
}

const clockAt = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at * 1_000,
  );
const today = (): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(Date.now());
/** A day as tables write it; French writes the first of a month so. */
const written = (day: string, language: Language, options: Intl.DateTimeFormatOptions): string => {
  const words = new Intl.DateTimeFormat(languages[language].intl === 'en' ? 'en-GB' : 'fr-FR', {
    ...options,
    timeZone: 'UTC',
  })
    .format(Date.parse(`${day}T12:00:00Z`))
    .replace(',', '');
  return even(language === 'fr' ? words.replace(/^1 /, '1er ').replace(/ 1 (?=\D)/, ' 1er ') : words);
};
const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHORT = { day: 'numeric', month: 'short', year: 'numeric' } as const;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator('main h1'));
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Every table of the page by its caption, row by row. */
async function tables(page: Page): Promise<Record<string, string[][]>> {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('main table')].map((table) => ({
      caption: table.querySelector('caption')?.textContent ?? '',
      rows: [...table.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? ''),
      ),
    })),
  );
  return Object.fromEntries(found.map(({ caption, rows }) => [even(caption), rows.map((row) => row.map(even))]));
}
/** Shows each figure of the page as its table. */
const asTables = (page: Page) =>
  page.evaluate(() =>
    document
      .querySelectorAll<HTMLElement>('main section button[aria-pressed=false]')
      .forEach((button) => button.click()),
  );
const byName = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => row.join(' | ')).sort();

const names = (artists: Iterable<number>): string =>
  [...artists].map((artist) => library.artists.get(artist)).join(', ');
const count = (counts: ReadonlyMap<unknown, number>, key: unknown): number => counts.get(key) ?? 0;
/** What was heard most, and the first of equal ones. */
const top = <K>(counts: ReadonlyMap<K, number>): [K, number] => [...counts].sort((a, b) => b[1] - a[1])[0]!;

async function journal(page: Page, language: Language): Promise<void> {
  await says(
    page.locator('.head .sub'),
    new RegExp(`^${library.heard.length} .* ${written(library.heard[0]!.day, language, LONG)}$`),
    'the Journal’s listens',
  );
  const days = [...new Set(library.heard.map(({ day }) => day))].reverse().slice(0, 3);
  for (const [index, day] of days.entries()) {
    const heard = library.in(day, day);
    const section = page.locator('section.day', { hasText: written(day, language, { weekday: 'long', ...LONG }) });
    await becomes(
      async () => {
        if ((await section.count()) === 0) await page.mouse.wheel(0, 400);
        return section.count();
      },
      1,
      `${day} in the Journal`,
    );
    await says(
      section.locator('header'),
      new RegExp(`\\b${heard.length} (listens?|écoutes?), ${durationText(library.time(heard), language)}$`),
      `listens and time of ${day}`,
    );
    const hours = countedBy(heard, ({ hour }) => [hour]);
    const busiest = Math.min(
      ...[...hours].filter(([, listens]) => listens === Math.max(...hours.values())).map(([hour]) => hour),
    );
    await becomes(
      async () => figures((await section.locator('[role=img]').first().getAttribute('aria-label')) ?? '')[0],
      busiest,
      `the busiest hour of ${day}`,
    );
    if (index === 0)
      await becomes(
        async () => (await texts(section.locator('[data-listen] .tm'))).sort(),
        heard.map(({ at }) => clockAt(at)).sort(),
        `moments of ${day}`,
      );
  }
  // Beside the days.
  const then = [...new Set(library.heard.map(({ day }) => day.slice(0, 4)))]
    .filter((year) => year < today().slice(0, 4))
    .map(
      (year) =>
        [
          year,
          countedBy(library.in(`${year}${today().slice(4)}`, `${year}${today().slice(4)}`), ({ album }) =>
            album ? [album.id] : [],
          ),
        ] as const,
    )
    .filter(([, albums]) => albums.size > 0)
    .map(([year, albums]) => [Number(year), mostFirst(albums)[0]])
    .reverse();
  // A record without a picture has its title where the cover would be.
  await becomes(
    async () =>
      (await texts(page.locator('aside .then > span:last-child'))).map((words) => [
        Number(words.slice(0, 4)),
        figures(words.replace(/,[^,]*$/, '')).at(-1),
      ]),
    then,
    'other years',
  );
  const monday = dayAfter(today(), -((new Date(`${today()}T12:00:00Z`).getUTCDay() + 6) % 7));
  const week = library.in(monday);
  const fresh = library.newIn(week, ({ album }) => (album ? [album.id] : []));
  await becomes(
    async () => (await texts(page.locator('aside dd'))).map(Number),
    [week.length, fresh.size, library.currentStreak(today())],
    'the week beside the Journal',
  );
}

async function timeline(page: Page, language: Language): Promise<void> {
  const [day, listens] = top(countedBy(library.heard, (heard) => [heard.day]));
  const heard = library.in(day, day);
  await open(page, `/timeline?day=${day}`);
  const said = page.locator('main header').first();
  await says(said, new RegExp(`\\b${listens} (listens|écoutes)`), `listens on ${day}`);
  await says(said, new RegExp(durationText(library.time(heard), language), 'i'), `time on ${day}`);
  await says(
    said,
    new RegExp(`${clockAt(heard[0]!.at)}.*${clockAt(heard.at(-1)!.at)}`),
    `first and last listen on ${day}`,
  );
}

const isVinyl = ({ support }: { support: string | null }): boolean => /vinyl|shellac/i.test(support ?? '');

async function shelf(page: Page): Promise<void> {
  await open(page, '/collection');
  const vinyl = library.owned.filter(isVinyl).length;
  await becomes(
    async () => figures(await text(page.locator('.head .sub'))).slice(0, 2),
    [library.owned.length, vinyl],
    'the shelf',
  );
  const kinds = countedBy(library.owned, ({ support }) =>
    support === null
      ? []
      : [
          isVinyl({ support })
            ? 'vinyl'
            : /^(CD|DVD|Blu-ray|MiniDisc)$/i.test(support)
              ? 'disc'
              : /^(8-Track|Reel)|cassette/i.test(support)
                ? 'tape'
                : support,
        ],
  );
  await becomes(
    async () => (await texts(page.locator('.bar .seg').first().locator('button'))).map((tab) => figures(tab).at(-1)),
    [library.owned.length, ...mostFirst(kinds)],
    'records of each support',
  );
}

async function record(page: Page, language: Language): Promise<void> {
  const [id, listens] = top(countedBy(library.heard, ({ album }) => (album ? [album.id] : [])));
  const heard = library.heard.filter(({ album }) => album?.id === id);
  await open(page, `/album/${id}`);
  await says(page.locator('section.sec .head .s.q.n').first(), new RegExp(`^${listens} `), 'listens of a record');
  const its = [...library.tracks.values()].filter(({ album, isHeading }) => album === id && !isHeading);
  const played = its.filter(({ isWhole }) => !isWhole);
  const whole =
    plural(languages[language].words['album.tracksBare'], played.length) +
    (played.every(({ estimated }) => estimated === 0) ? `, ${durationText(library.time(played), language)}` : '');
  await becomes(
    async () => (await texts(page.locator('.meta li'))).filter((fact) => fact === whole),
    [whole],
    'tracks and length of a record',
  );
  const plays = countedBy(heard, ({ track }) => [track.id]);
  const rows = async () => (await texts(page.locator('li.tk'))).length;
  await becomes(rows, its.length, 'tracks of a record');
  const shown = async () =>
    (await texts(page.locator('li.tk .pl'))).map((words) => figures(words)[0] ?? 0).sort((a, b) => a - b);
  await becomes(
    shown,
    its.map((track) => count(plays, track.id)).sort((a, b) => a - b),
    'listens of each track',
  );
  const lengths = its
    .map(({ seconds, estimated }) =>
      estimated > 0 ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    )
    .sort();
  await becomes(async () => (await texts(page.locator('li.tk .du'))).sort(), lengths, 'length of each track');
  const months = countedBy(heard, ({ day }) => [
    written(`${day.slice(0, 7)}-15`, language, { month: 'long', year: 'numeric' }),
  ]);
  const span = monthsBetween(heard[0]!.day, today());
  if (span > 2)
    await becomes(
      async () => byName(Object.values(await tables(page))[0] ?? []),
      byName([...months].map(([month, n]) => [month, String(n)])),
      'months of a record',
    );
  const most = Math.max(...months.values());
  if (span > 2)
    await says(
      page.locator('section.sec .peak'),
      new RegExp(`^${most} (in|en) (${[...months].filter(([, n]) => n === most)[0]![0]})$`),
      'the most of a record in a month',
    );
}
const monthsBetween = (first: string, last: string): number =>
  (Number(last.slice(0, 4)) - Number(first.slice(0, 4))) * 12 +
  Number(last.slice(5, 7)) -
  Number(first.slice(5, 7)) +
  1;

async function artist(page: Page): Promise<void> {
  const [id, listens] = top(countedBy(library.heard, artistsOf));
  const heard = library.heard.filter(({ track }) => track.artists.includes(id));
  await open(page, `/artist/${id}`);
  await says(page.locator('p.lead'), new RegExp(`^${listens} `), 'listens of an artist');
  const theirs = [...library.albums.values()].filter(
    (album) =>
      album.artists.includes(id) ||
      [...library.tracks.values()].some((track) => track.album === album.id && track.artists.includes(id)),
  );
  const shelves = [
    theirs.filter(({ isOwned }) => isOwned).length,
    theirs.filter(({ isOwned }) => !isOwned).length,
  ].filter((n) => n > 0);
  await becomes(
    async () => (await texts(page.locator('.shelves .head .x.q.n'))).map(Number),
    shelves,
    'records of an artist',
  );
  await becomes(
    async () => (await texts(page.locator('li.rk .s.q.n'))).map(Number),
    mostFirst(countedBy(heard, ({ track }) => [track.id])).slice(0, 8),
    'tracks of an artist',
  );
  const [first, last] = [heard[0]!.day.slice(0, 4), today().slice(0, 4)];
  const years = Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => String(Number(first) + step)).map(
    (year) => [year, String(heard.filter(({ day }) => day.startsWith(year)).length)],
  );
  if (years.length > 1) await becomes(async () => Object.values(await tables(page))[0], years, 'years of an artist');
}

async function playlists(page: Page, language: Language): Promise<void> {
  await open(page, '/playlists');
  const { words } = languages[language];
  const facts = library.playlists.map(({ name, tracks }) => ({
    name,
    facts: `${plural(words['unit.tracks'], tracks.length)}, ${durationText(library.time(tracks.map((track) => library.tracks.get(track)!)), language)}`,
  }));
  const shown = async () => {
    const [called, said] = [await texts(page.locator('.pls .work')), await texts(page.locator('.pls a > .x'))];
    return called
      .map((name, place) => ({ name, facts: said[place]!.replace(/^[^,]*, /, '') }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  await becomes(
    shown,
    facts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    'playlists',
  );
  await becomes(
    async () => figures(await text(page.locator('.panel h2', { hasText: even(words['playlists.kept']) }))),
    [facts.length],
    'how many playlists',
  );
  for (const [place, { id }] of library.playlists.entries()) {
    await open(page, `/playlists/${id}`);
    await says(page.locator('p.facts'), new RegExp(`^${facts[place]!.facts}\\.`), 'a playlist');
  }
}

async function settings(page: Page, language: Language): Promise<void> {
  const { words } = languages[language];
  await open(page, '/settings');
  await becomes(
    async () => (await texts(page.locator('aside dd'))).slice(0, 3).map(Number),
    [library.heard.length, library.albums.size, library.owned.length],
    'the library on this device',
  );
  const row = (title: string) => page.locator('.st', { hasText: even(title) }).first();
  await becomes(
    async () => figures(await text(row(words['collection.import.title'])))[0],
    library.copies,
    'copies read from Discogs',
  );
  await becomes(
    async () =>
      figures(await text(row(words['backfill.title'])))
        .slice(0, 2)
        .reduce((sum, n) => sum + n, 0),
    library.heard.length,
    'listens read from Last.fm',
  );
  // They come one after the other: so many there are, of which so many are here already.
  const covers = async () =>
    figures(
      (await text(row(words['covers.title']))).replace(
        new RegExp(`${even(words['covers.size']).split('{')[0]!}.*`),
        '',
      ),
    );
  await becomes(
    async () => Math.max(...(await covers())),
    library.owned.filter(({ hasPicture }) => hasPicture).length,
    'covers of the shelf',
  );
}

/** The shortest stretch of the clock with half of the listens, the first of equal ones. */
function mainHours(counts: readonly number[]): [number, number] {
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
const spelledCounts = {
  en: ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
  fr: ['aucun', 'un', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf'],
};
const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const weekdays = (language: Language): string[] =>
  Array.from({ length: 7 }, (_, day) => written(`2024-01-0${day + 1}`, language, { weekday: 'long' }));
const byHour = (heard: readonly Heard[]): number[] =>
  Array.from({ length: 24 }, (_, hour) => heard.filter((each) => each.hour === hour).length);

/** Listens by what only some records have, with their shares of all; the rest as not known, where it is shown. */
function shares(heard: readonly Heard[], keysOf: (each: Heard) => readonly string[], language: Language): string[][] {
  const unknown = heard.filter((each) => keysOf(each).length === 0).length;
  const all: [string, number][] = [
    ...countedBy(heard, keysOf),
    ...(unknown > 0 ? [[languages[language].words['chart.unknown'], unknown] as [string, number]] : []),
  ];
  return all.map(([name, n]) => [name, String(n), share(n, heard.length, language)]);
}

/** A genre of Discogs' as charts name it: by the table of the language, or as it is written. */
const genre = (name: string, language: Language): string =>
  ((languages[language].words as Record<string, unknown>)[`genre.${name.toLowerCase()}`] as string | undefined) ?? name;

/** Supports as charts name them. */
function carrier(support: string | null, language: Language): string {
  const key = {
    Vinyl: 'support.vinyl',
    CD: 'support.cd',
    Cassette: 'support.cassette',
    SACD: 'support.sacd',
    Digital: 'support.digital',
    '': 'support.other',
  } as const;
  return Object.hasOwn(key, support ?? '')
    ? languages[language].words[key[(support ?? '') as keyof typeof key]]
    : support!;
}

/** That tables say this, whatever the order of equal rows. */
const charts = (page: Page, expected: Record<string, string[][]>, what: string) =>
  becomes(
    async () => {
      const all = await tables(page);
      return Object.fromEntries(Object.keys(expected).map((caption) => [caption, byName(all[caption] ?? [])]));
    },
    Object.fromEntries(Object.entries(expected).map(([caption, rows]) => [caption, byName(rows)])),
    what,
  );

/** That a table names so many with most listens, and of each what is true of it. */
async function ranking(
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

interface Asked {
  language: Language;
  heard: Heard[];
  /** The days of the period, where it is not all time. */
  year?: string;
}

/** The name of a record as a ranking shows it, by one of its pressings that was heard. */
const albumRows = (heard: readonly Heard[], more: (group: string) => string[] = () => []): string[][] =>
  [...countedBy(heard, groupOf)].flatMap(([group, n]) =>
    [...new Set(heard.filter(({ album }) => album?.group === group).map(({ album }) => album!))].map(
      ({ title, artists }) => [
        more(group).length > 0 ? title : `${title}, ${names(artists)}`,
        ...more(group),
        String(n),
      ],
    ),
  );

async function report(page: Page, { language, heard, year }: Asked): Promise<void> {
  const { words } = languages[language];
  const what = year === undefined ? 'all time' : `${year} so far`;
  await open(page, year === undefined ? '/analytics?period=all' : '/analytics?period=year');
  const days = new Set(heard.map(({ day }) => day)).size;
  const newGroups = library.newIn(heard, groupOf);
  const [from, to] = mainHours(byHour(heard));
  const owning = library.owningOf(heard);
  const lead = page.locator('p.lead');
  await says(
    lead,
    new RegExp(`^${heard.length} .* ${days} (days?|jours?), ${durationText(library.time(heard), language)}\\.`),
    `the sentence of ${what}`,
  );
  await says(lead, new RegExp(`${twoDigits(from)} .* ${twoDigits(to)}`), `main hours of ${what}`);
  if (year === undefined)
    expect(await text(lead), `what was new in all time, seed ${SEED}`).not.toMatch(/never played|jamais écouté/);
  else if (newGroups.size > 0)
    await says(
      lead,
      new RegExp(
        ` (${spelledCounts[language][newGroups.size] ?? newGroups.size}) (new |nouveaux? )?(records?|disques?)`,
      ),
      `new records of ${what}`,
    );
  const before = year === undefined ? [] : daysBefore(year);
  if (before.length >= 10 && Math.abs(heard.length / before.length - 1) >= 0.02)
    await says(
      lead,
      ` ${Math.round(Math.abs(heard.length / before.length - 1) * 100)}${language === 'en' ? '%' : ' %'} `,
      `${what} beside the year before`,
    );
  const [[support, most], [, next]] = [...owning, [null, 0] as [null, number]].sort((a, b) => b[1] - a[1]) as [
    [string | null, number],
    [string | null, number],
  ];
  const isHalf = most * 2 > heard.length;
  const sentence =
    support === null
      ? words[isHalf ? 'lead.mostlyStreamed' : 'lead.oftenStreamed']
      : words[isHalf ? 'lead.mostlyOwned' : 'lead.oftenOwned'].replace(/\{.*/, '');
  if (support !== '')
    expect((await text(lead)).includes(even(sentence)), `what most of it was, seed ${SEED}`).toBe(most > next);

  await asTables(page);
  const [artists, tracks] = [countedBy(heard, artistsOf), countedBy(heard, ({ track }) => [track])];
  await ranking(
    page,
    words['tops.artists'],
    artists,
    [...artists].map(([artist, n]) => [library.artists.get(artist)!, String(n)]),
    50,
    `artists of ${what}`,
  );
  await ranking(page, words['tops.albums'], countedBy(heard, groupOf), albumRows(heard), 50, `albums of ${what}`);
  await ranking(
    page,
    words['tops.tracks'],
    tracks,
    [...tracks].map(([track, n]) => [`${track.title}, ${names(track.artists)}`, String(n)]),
    50,
    `tracks of ${what}`,
  );

  const shownYear = today().slice(0, 4);
  const overYears = Array.from(
    { length: Number(heard.at(-1)!.day.slice(0, 4)) - Number(heard[0]!.day.slice(0, 4)) + 1 },
    (_, step) => String(Number(heard[0]!.day.slice(0, 4)) + step),
  ).map((each) => [each, String(heard.filter(({ day }) => day.startsWith(each)).length)]);
  const overMonths = Array.from({ length: 12 }, (_, month) => `${shownYear}-${String(month + 1).padStart(2, '0')}`).map(
    (month) => [
      capital(written(`${month}-15`, language, { month: 'long', year: 'numeric' })),
      String(heard.filter(({ day }) => day.startsWith(month)).length),
    ],
  );
  const eachDay = [...countedBy(library.in(`${shownYear}-01-01`), ({ day }) => [day])].map(([day, n]) => [
    written(day, language, { weekday: 'long', day: 'numeric', month: 'long' }),
    String(n),
  ]);
  const back = [...library.comebacks(heard)].map(([artist, { before, after }]) => [
    library.artists.get(artist)!,
    written(before.day, language, SHORT),
    written(after.day, language, SHORT),
    String(count(artists, artist)),
  ]);
  await charts(
    page,
    {
      [even(words['chart.clock'])]: byHour(heard).map((n, hour) => [twoDigits(hour), String(n)]),
      [even(words['chart.week'])]: weekdays(language).map((name, weekday) => [
        name,
        ...byHour(heard.filter((each) => each.weekday === weekday)).map(String),
      ]),
      ...(year === undefined ? { [words['chart.byYear']]: overYears } : { [words['chart.byMonth']]: overMonths }),
      [even(words['chart.year'].replace('{year}', shownYear))]: eachDay,
      [even(words['chart.comebacks'])]: back,
    },
    `hours, weekdays, days and comebacks of ${what}`,
  );

  await charts(
    page,
    {
      [even(words['chart.genres'])]: shares(
        heard,
        ({ album }) => (album?.genres ?? []).map((name) => genre(name, language)),
        language,
      ),
      [even(words['chart.labels'])]: shares(
        heard,
        ({ album }) => (album?.labels ?? []).map((name) => (name === 'Not On Label' ? words['label.none'] : name)),
        language,
      ),
      [even(words['chart.supports'])]: shares(
        heard,
        ({ album }) => (album?.support == null ? [] : [carrier(album.support, language)]),
        language,
      ),
      [even(words['chart.sources'])]: shares(
        heard,
        ({ source }) => [words[`source.${source}` as 'source.lastfm']],
        language,
      ),
      [even(words['chart.decades'])]: [...library.decadesOf(heard)].map(([decade, n]) => [
        words['collection.decadeOf'].replace('{year}', decade),
        String(n),
        share(n, heard.length, language),
      ]),
      [even(words['chart.owned'])]: [...owning].map(([support, n]) => [
        support === null
          ? words['chart.streamed']
          : even(words['chart.ownedOn'].replace('{support}', carrier(support, language))),
        String(n),
        share(n, heard.length, language),
      ]),
    },
    `shares of ${what}`,
  );

  if (year === undefined) {
    const headings = await texts(page.locator('main h2'));
    expect(
      headings.filter((heading) => /new (artists?|records?)|(nouvel|nouveaux) (artistes?|disques?)/i.test(heading)),
      `what was new in all time, seed ${SEED}`,
    ).toEqual([]);
  } else await newInTheYear(page, { language, heard, what });

  const loved = new Set(heard.filter(({ track }) => track.loved).map(({ track }) => track.id)).size;
  const habit = [
    library.currentStreak(today()),
    ...(year === undefined ? [] : [library.longestStreak(heard)]),
    library.longestStreak(library.heard),
    durationText(library.longestSession(heard), language),
    loved,
  ].map(String);
  await becomes(() => texts(page.locator('main dl dd')), habit, `the habit of ${what}`);
  const groups = new Set(library.heard.flatMap((each) => groupOf(each)));
  const waiting = library.owned.filter(({ group }) => !groups.has(group)).length;
  if (waiting > 0)
    await becomes(
      () => page.locator('h2', { hasText: plural(words['chart.unplayed'], waiting) }).count(),
      1,
      'records never played',
    );
  if (year !== undefined) await besideTheYearBefore(page, { language, heard, year });
}

/** Artists and records that were heard for the first time, each with when. */
async function newInTheYear(
  page: Page,
  { language, heard, what }: { language: Language; heard: readonly Heard[]; what: string },
): Promise<void> {
  const { words } = languages[language];
  const artists = countedBy(heard, artistsOf);
  const newGroups = library.newIn(heard, groupOf);
  const [newArtists, firsts, firstGroups] = [
    library.newIn(heard, artistsOf),
    library.firstHeard(artistsOf),
    library.firstHeard(groupOf),
  ];
  const fresh = new Map([...newArtists].map((artist) => [artist, count(artists, artist)]));
  await ranking(
    page,
    plural(words['chart.newArtists'], fresh.size),
    fresh,
    [...fresh].map(([artist, n]) => [
      library.artists.get(artist)!,
      written(firsts.get(artist)!.day, language, SHORT),
      String(n),
    ]),
    10,
    `new artists of ${what}`,
  );
  const ofNew = heard.filter((each) => groupOf(each).some((group) => newGroups.has(group)));
  await ranking(
    page,
    plural(words['chart.newAlbums'], newGroups.size),
    countedBy(ofNew, groupOf),
    albumRows(ofNew, (group) => [written(firstGroups.get(group)!.day, language, SHORT)]),
    10,
    `new records of ${what}`,
  );
}

/** The same days of the year before. */
function daysBefore(year: string): Heard[] {
  const last = String(Number(year) - 1);
  return library.in(`${last}-01-01`, `${last}-${today().slice(5) === '02-29' ? '02-28' : today().slice(5)}`);
}

async function besideTheYearBefore(page: Page, { language, heard, year }: Required<Asked>): Promise<void> {
  const { words } = languages[language];
  const toNew = heard.filter(({ track }) =>
    track.artists.some((artist) => library.newIn(heard, artistsOf).has(artist)),
  ).length;
  await charts(
    page,
    {
      [even(words['chart.newAndKnown'])]: [
        [words['chart.newToYou'], toNew],
        [words['chart.known'], heard.length - toNew],
      ].map(([name, n]) => [String(name), String(n), share(Number(n), heard.length, language)]),
    },
    'new and known',
  );

  const before = daysBefore(year);
  const figuresOf = (period: Heard[]): [number | Played, number][] => {
    const time = library.time(period);
    return [
      period.length,
      time,
      new Set(period.map(({ day }) => day)).size,
      countedBy(period, artistsOf).size,
      countedBy(period, groupOf).size,
      countedBy(period, ({ track }) => [track.id]).size,
      library.newIn(period, artistsOf).size,
      library.newIn(period, groupOf).size,
    ].map((each) => [each, typeof each === 'number' ? each : each.seconds]);
  };
  const changed = (a: number, b: number): string => {
    if (b === 0) return '';
    if (a === b) return words['beside.same'];
    const by = a / b - 1;
    return Math.abs(by) < 0.005
      ? words['beside.almost']
      : `${by > 0 ? '+' : '−'}${Math.round(Math.abs(by) * 100)}${language === 'en' ? '%' : ' %'}`;
  };
  const said = (each: number | Played): string =>
    typeof each === 'number' ? String(each) : each.seconds === 0 ? '0 min' : durationText(each, language);
  const [now_, then] = [figuresOf(heard), figuresOf(before)];
  const rows = (
    [
      'beside.listens',
      'beside.time',
      'beside.days',
      'tops.artists',
      'tops.albums',
      'tops.tracks',
      'beside.newArtists',
      'beside.newAlbums',
    ] as const
  ).map((key, place) => [
    words[key],
    said(now_[place]![0]),
    said(then[place]![0]),
    changed(now_[place]![1], then[place]![1]),
  ]);
  const caption = new RegExp(`^${even(words['beside.title']).replace('{period}', '')}`);
  await becomes(
    async () => byName(Object.entries(await tables(page)).find(([each]) => caption.test(each))?.[1] ?? []),
    byName(rows),
    'beside the year before',
  );
}

async function review(page: Page, { language, heard, year }: Required<Asked>): Promise<void> {
  const { words } = languages[language];
  await open(page, `/analytics/year/${year}`);
  await says(
    page.locator('h1'),
    even(words['review.titleSoFar'].replace('{year}', year)),
    'the title of a year that is not over',
  );
  const cards = async () =>
    Object.fromEntries(
      (
        await page.evaluate(() =>
          [...document.querySelectorAll('main article')].map((card) => ({
            id: card.getAttribute('aria-labelledby') ?? '',
            sentence: card.querySelector('.sentence')?.textContent ?? '',
            rows: [...card.querySelectorAll('li')].map((row) =>
              [...row.querySelectorAll('.words > *'), row.querySelector('.value')!].map(
                (cell) => cell.textContent ?? '',
              ),
            ),
          })),
        )
      ).map(({ id, sentence, rows }) => [
        id.replace('page-', ''),
        { sentence: even(sentence), rows: rows.map((row) => row.map(even)) },
      ]),
    );
  const days = countedBy(heard, ({ day }) => [day]);
  const mostOf = <K>(counts: ReadonlyMap<K, number>) => Math.max(...counts.values());
  const hours = byHour(heard);
  const perWeekday = Array.from({ length: 7 }, (_, day) => heard.filter(({ weekday }) => weekday === day).length);
  await becomes(
    async () => {
      const opening = (await cards())['opening'];
      return opening && [opening.sentence, opening.rows.map((row) => row.at(-1))];
    },
    [
      `${plural(words['unit.listens'], heard.length)}, ${plural(words['lead.days'], days.size)}, ${durationText(library.time(heard), language)}.`,
      [
        plural(words['unit.listens'], mostOf(days)),
        twoDigits(hours.indexOf(Math.max(...hours))),
        capital(weekdays(language)[perWeekday.indexOf(Math.max(...perWeekday))]!),
        String(library.longestStreak(heard)),
        durationText(library.longestSession(heard), language),
      ],
    ],
    'the opening of the year',
  );
  const [counts, albums] = [countedBy(heard, artistsOf), countedBy(heard, groupOf)];
  const values = async (id: string) => (await cards())[id]?.rows.map((row) => row.at(-1));
  for (const [id, all] of [
    ['artists', counts],
    ['albums', albums],
    ['tracks', countedBy(heard, ({ track }) => [track.id])],
  ] as const)
    await becomes(() => values(id), mostFirst(all).slice(0, 7).map(String), `${id} of the year`);
  const months = [...countedBy(heard, ({ day }) => [day.slice(0, 7)])].map(([month, n]) => [
    capital(written(`${month}-15`, language, { month: 'long' })),
    plural(words['unit.listens'], n),
  ]);
  await becomes(
    async () => (await cards())['months']?.rows.map((row) => [row[0], row.at(-1)]),
    months,
    'months of the year',
  );
  const [newArtists, newRecords] = [library.newIn(heard, artistsOf).size, library.newIn(heard, groupOf)];
  const firstListens = mostFirst(new Map([...newRecords].map((group) => [group, count(albums, group)]))).slice(0, 4);
  const back = library.comebacks(heard);
  const backListens = [...back]
    .map(([artist, { before, after }]) => [after.at - before.at, count(counts, artist)] as const)
    .sort((a, b) => b[0] - a[0])
    .slice(0, 3)
    .map(([, n]) => n);
  await becomes(
    async () => (await cards())['newness']?.sentence,
    `${plural(words['review.newAlbums'], newRecords.size)}, ${plural(words['review.newArtists'], newArtists)}.`,
    'what was new in the year',
  );
  await becomes(
    () => values('newness'),
    [...firstListens, ...backListens].map(String),
    'new records and who came back',
  );
  const owning = library.owningOf(heard);
  const partOf = (n: number) => share(n, heard.length, language);
  const first3 = (all: ReadonlyMap<string | null, number>) =>
    mostFirst(new Map([...all].filter(([key]) => key !== null)))
      .slice(0, 3)
      .map(partOf);
  const streamed = count(owning, null);
  const [[decade, most] = ['', 0], [, next] = ['', 0]] = [...library.decadesOf(heard)].sort((a, b) => b[1] - a[1]);
  const whence =
    most > next
      ? words[most * 2 > heard.length ? 'review.decadesFirst' : 'review.decadesOften'].replace('{year}', decade)
      : '';
  await becomes(async () => (await cards())['shelf']?.sentence, whence, 'the decade the year came from');
  await becomes(
    () => values('shelf'),
    [
      ...first3(owning),
      ...(streamed > 0 ? [partOf(streamed)] : []),
      ...first3(countedBy(heard, ({ album }) => album?.genres ?? [])),
      ...first3(library.decadesOf(heard)),
    ],
    'where the year came from',
  );
}

const opened = async (language: Language, path: string): Promise<Page> => {
  const page = await session.device(household.server, path, { locale: languages[language].locale, timezoneId: ZONE });
  await page.evaluate(() => navigator.serviceWorker.ready);
  return page;
};

test.each(['en', 'fr'] as const)('what the pages say is what the library holds (%s)', async (language) => {
  const page = await opened(language, '/journal');
  await seen(page.locator('[data-listen]'));
  await journal(page, language);
  await timeline(page, language);
  await shelf(page);
  await record(page, language);
  await artist(page);
  await playlists(page, language);
  await settings(page, language);
  await page.context().close();
});

test.each(['en', 'fr'] as const)('so is what analytics and the year say (%s)', async (language) => {
  const page = await opened(language, '/analytics');
  const year = today().slice(0, 4);
  const heard = library.in(`${year}-01-01`, `${year}-12-31`);
  await report(page, { language, heard: library.in() });
  await report(page, { language, heard, year });
  await review(page, { language, heard, year });
  await page.context().close();
});
