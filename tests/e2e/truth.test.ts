import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { Evening, following, now } from './setup/house.ts';
import { seen, settled } from './setup/places.ts';

/**
 * What the pages say of a household nobody chose, in both languages, against the library's own rows: every figure is counted again by
 * the plainest query there is for it.
 */
const SEED = Number(process.env['AIME_SEED'] ?? randomInt(1, 2 ** 31));
const DAYS = 100;
const PLAYS = 180;

const evening = new Evening();
afterEach(() => evening.close());
afterAll(() => evening.closeBrowser());

/** Records of a few artists, and songs of none; two plays may have the same second. */
function anyHistory(chance: SeededChance): SimulatedPlay[] {
  const step = Math.floor((DAYS * 86_400) / PLAYS);
  return Array.from({ length: PLAYS }, (_, index) => {
    const artist = `Artist ${chance.whole(1, 9)}`;
    const single = chance.whole(1, 6) === 1;
    const playedAt = now() - 3_600 - (PLAYS - index) * step + (chance.whole(1, 8) === 1 ? step : chance.whole(0, step - 1));
    return { playedAt, artist, title: `Title ${chance.whole(1, 14)}`, ...(single ? {} : { album: `${artist}, Album ${chance.whole(1, 3)}` }) };
  }).sort((one, other) => one.playedAt - other.playedAt);
}

async function household(): Promise<{ server: RunningServer; count: (sql: string, ...values: (string | number)[]) => number[][] }> {
  const lastfm = await evening.listener(anyHistory(new SeededChance(SEED)));
  const discogs = evening.keep(await startDiscogsSimulator({ releases: 24, requestsPerMinute: 60_000 }), (sim) => sim.close());
  const server = await evening.server({ ...following(lastfm), DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
  await Promise.all(['/services/lastfm/backfill', '/services/discogs/sync'].map((path) => server.send('POST', path)));
  for (const path of ['/services/lastfm/backfill', '/services/discogs/status']) await until(path, () => server.get<{ state: string }>(path), ({ state }) => state === 'done');
  await until('the details', () => server.get<{ upstreams: { state: string; waiting: number }[] }>('/services/enrichment/status'),
    ({ upstreams }) => upstreams.every(({ state, waiting }) => state === 'off' || waiting === 0));
  await server.send('PUT', '/household', { firstRunDone: true });
  const db = evening.keep(new Libsql(join(server.dataDir, 'musique.db'), { readonly: true }), async (file) => void file.close());
  return { server, count: (sql, ...values) => (db.prepare(sql).raw().all(...values) as unknown[][]).map((row) => row.map(Number)) };
}

/** The whole numbers in a text, as a person reads them in either language. */
const figures = (text: string): number[] => (text.replace(/(?<=\d)[,\u00a0\u202f ](?=\d{3}(?!\d))/g, '').match(/\d+/g) ?? []).map(Number);
const figuresOf = async (place: Locator): Promise<number[]> => figures(await place.innerText());
/** The figures at a place become these; what stands there last is told where they do not. */
const says = (place: Locator, expected: readonly number[], what: string) =>
  expect.poll(async () => (await figuresOf(place)).slice(0, expected.length), { message: `${what}, seed ${SEED}` }).toEqual(expected);

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await seen(page.locator('main h1'));
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

const HEARD = 'listening_history l JOIN tracks t ON t.id = l.track_id';
/** Whom a track is by: its own credits, else those of its record. */
const CREDITS = `(SELECT track_id, artist_id FROM track_artist UNION ALL
  SELECT t.id, aa.artist_id FROM tracks t JOIN album_artist aa ON aa.album_id = t.album_id WHERE t.id NOT IN (SELECT track_id FROM track_artist))`;

test('what a page says is what the library holds, in both languages', async () => {
  const { server, count } = await household();
  const one = (sql: string, ...values: (string | number)[]): number => count(sql, ...values)[0]![0]!;
  for (const locale of ['en', 'fr']) {
    const page = await evening.device(server, '/journal', { locale });
    await seen(page.locator('[data-listen]'));
    await settledIn(page, locale);

    // The Journal: all of it, and each day that is drawn.
    await says(page.locator('.head .sub'), [one('SELECT count(*) FROM listening_history')], 'the Journal’s listens');
    const days = count('SELECT count(*) FROM listening_history GROUP BY date ORDER BY date DESC LIMIT 3').map(([listens]) => listens!);
    for (const [index, listens] of days.entries()) await says(page.locator('section.day header .s.q.n').filter({ hasText: /écoute|listen/ }).nth(index), [listens], `day ${index} of the Journal`);

    // The Timeline of the day with most music.
    const [busiest] = count(`SELECT replace(date, '-', ''), count(*) FROM listening_history GROUP BY date ORDER BY 2 DESC, 1 LIMIT 1`);
    const day = String(busiest![0]).replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
    await open(page, `/timeline?day=${day}`);
    await expect.poll(async () => (await figuresOf(page.locator('.head .sub'))).includes(busiest![1]!), { message: `listens on ${day}, seed ${SEED}` }).toBe(true);
    await expect.poll(async () => (await page.locator('main table tbody tr').count()) > 0).toBe(true);

    // The shelf: records, and how many of them are vinyl.
    await open(page, '/collection');
    const owned = 'SELECT count(DISTINCT a.id) FROM albums a JOIN copies c ON c.album_id = a.id';
    await says(page.locator('.head .sub'), [one(owned), one(`${owned} WHERE a.support = 'Vinyl'`)], 'the shelf');

    // The record that was heard most, with each of its tracks.
    const [album] = count(`SELECT t.album_id, count(*) FROM ${HEARD} WHERE t.album_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1`);
    await open(page, `/album/${album![0]}`);
    await says(page.locator('section.sec .head .s.q.n').first(), [album![1]!], 'listens of a record');
    const plays = count(`SELECT count(l.id) FROM tracks t LEFT JOIN listening_history l ON l.track_id = t.id WHERE t.album_id = ? AND t.kind IS NOT 'heading' GROUP BY t.id HAVING count(l.id) > 0 ORDER BY 1`, album![0]!).map(([n]) => n!);
    const shown = async () => (await page.locator('li.tk .pl').allInnerTexts()).map((text) => figures(text)[0] ?? 0).filter((n) => n > 0).sort((a, b) => a - b);
    await expect.poll(shown, { message: `listens of each track, seed ${SEED}` }).toEqual(plays);

    // The artist who was heard most.
    const [artist] = count(`SELECT ta.artist_id, count(*) FROM ${HEARD} JOIN ${CREDITS} ta ON ta.track_id = t.id GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1`);
    await open(page, `/artist/${artist![0]}`);
    await says(page.locator('p.lead'), [artist![1]!], 'listens of an artist');

    // Everything ever heard: the sentence, and who and what was heard most.
    await open(page, '/analytics?period=all');
    await says(page.locator('p.lead'), [one('SELECT count(*) FROM listening_history'), one('SELECT count(DISTINCT date) FROM listening_history')], 'listens and days of all time');
    const tops = page.locator('.tops ol');
    const topOf = (group: string, join = '') => count(`SELECT count(*) FROM ${HEARD} ${join} WHERE ${group} IS NOT NULL GROUP BY ${group} ORDER BY 1 DESC LIMIT 5`).map(([n]) => n!);
    for (const [index, [what, expected]] of ([
      ['artists', topOf('ta.artist_id', `JOIN ${CREDITS} ta ON ta.track_id = t.id`)],
      ['records', topOf('t.album_id')],
      ['tracks', topOf('t.id')],
    ] as const).entries()) {
      await expect.poll(async () => (await tops.nth(index).locator('.count').allInnerTexts()).map((text) => figures(text)[0]), { message: `top ${what}, seed ${SEED}` }).toEqual(expected);
    }

    // The years: each has as many listens as its rows.
    const [year, listens] = count(`SELECT substr(date, 1, 4), count(*) FROM listening_history GROUP BY 1 ORDER BY 1 DESC LIMIT 1`)[0]!;
    await open(page, `/analytics/year/${year}`);
    await expect.poll(async () => figures(await page.locator('main').innerText()).includes(listens!), { message: `listens of ${year}, seed ${SEED}` }).toBe(true);
    await page.context().close();
  }
});

/** English devices say that they are settled in English. */
const settledIn = (page: Page, locale: string): Promise<void> => (locale === 'en' ? settled(page) : page.evaluate(() => navigator.serviceWorker.ready).then(() => undefined));
