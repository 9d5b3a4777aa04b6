import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { createCalendar } from '#shared/journal/calendar.ts';
import { addDays, parseDayKey, weekdayOf } from '#shared/journal/dates.ts';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { PHONE } from './setup/browser.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const { dayKey, instantOf } = createCalendar('Europe/Zurich');
/** A day of the last week, of whose week and month the day before is too. */
const DAY = [2, 3, 4, 5]
  .map((ago) => addDays(dayKey(now()), -ago))
  .find((day) => weekdayOf(parseDayKey(day)) > 0 && !day.endsWith('-01'))!;
const BEFORE = addDays(DAY, -1);

/** A morning and an afternoon with music, the evening before, and silence before that. */
async function startWithHistory(): Promise<RunningServer> {
  const record = (day: string, hour: number, artist: string, album: string, tracks: number) =>
    Array.from({ length: tracks }, (_, index) => ({
      playedAt: instantOf(day, hour * 3_600 + 300 + index * 240),
      artist,
      album,
      title: `${album} ${index + 1}`,
      durationSeconds: 230,
    }));
  const lastfm = await session.listener([
    ...record(BEFORE, 20, 'Hélio Braquet', 'Ondes courtes', 3),
    // Two sources can name the same second for songs of two records.
    {
      playedAt: instantOf(BEFORE, 21 * 3_600 + 300),
      artist: 'Orchard Signal',
      title: 'Interlude for Nobody',
      durationSeconds: 120,
    },
    {
      playedAt: instantOf(BEFORE, 21 * 3_600 + 300),
      artist: 'The Velvet Ledgers',
      title: 'Entry Zero',
      durationSeconds: 120,
    },
    ...record(DAY, 10, 'The Velvet Ledgers', 'Green Room', 4),
    ...record(DAY, 15, 'Kombinat 7', 'Nine Small Engines', 5),
  ]);
  return session.server(following(lastfm));
}

/** Sunday 22 November 2026 */
const day = (date: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(date)).replace(',', '');
/** What the day's table says: start, record, artist, length; no service gives lengths here. */
const records = async (page: Page) =>
  (await page.locator('main table tbody tr').allTextContents()).map((row) => row.trim().replace(/\s+/g, ' '));
const matching = (...rows: RegExp[]) => rows.map((row) => expect.stringMatching(row) as unknown);
const GREEN_AND_ENGINES = matching(
  /^10:05 ?Green Room ?The Velvet Ledgers ?(about|environ) 15 min$/,
  /^15:05 ?Nine Small Engines ?Kombinat 7 ?(about|environ) 20 min$/,
);
const ONDES_AND_SONGS = matching(
  /^20:05 ?Ondes courtes/,
  /^21:\d\d ?(Interlude for Nobody|Entry Zero)/,
  /^21:\d\d ?(Interlude for Nobody|Entry Zero)/,
);
const shows = (page: Page, expected: readonly unknown[]) => expect.poll(() => records(page)).toEqual(expected);

test('a day has its hours, the days beside it, its month and its week, by keys and by presses, without a server too', async () => {
  const server = await startWithHistory();
  const page = await session.device(server, `/timeline?day=${DAY}`);
  await shows(page, GREEN_AND_ENGINES);
  await settled(page);
  expect(await page.title()).toContain(`${day(DAY)}, Timeline`);
  await seen(page.getByText(/^About 35.min of music, 2 records, 9 listens\. The first at 10:05, the last at 15:21\.$/));
  // All of a cover is shown, and none is too small to be recognised.
  const covers = await page
    .locator('main .cv')
    .evaluateAll((all) =>
      all.map((cover) => cover.getBoundingClientRect()).map(({ width, height }) => [width, height]),
    );
  expect(covers).toEqual([
    [40, 40],
    [40, 40],
  ]);
  // From record to record, and one of them beside the day.
  const inFocus = (name: string) =>
    seen(page.getByRole('link', { name: new RegExp(`^${name}`) }).and(page.locator(':focus')));
  await page.keyboard.press('ArrowDown');
  await inFocus('Green Room The Velvet Ledgers 10:05');
  await page.keyboard.press('ArrowDown');
  await inFocus('Nine Small Engines Kombinat 7 15:05');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  await seen(page.getByRole('complementary', { name: 'Green Room' }));
  await page.keyboard.press('Escape');
  await inFocus('Green Room');

  await server.kill();
  await page.keyboard.press('ArrowLeft');
  await shows(page, ONDES_AND_SONGS);
  // The record that had the focus is not of this day.
  await seen(page.getByRole('heading', { level: 1 }).and(page.locator(':focus')));
  await page.keyboard.press('ArrowLeft');
  const silent = page.getByText('Nothing played on this day.');
  await seen(silent);
  // The page shows a day a moment before its address says so.
  await expect.poll(() => new URL(page.url()).searchParams.get('day')).toBe(addDays(DAY, -2));
  await page.reload();
  await seen(silent);
  expect(await silent.count()).toBe(1);
  await page.getByRole('link', { name: new RegExp(day(BEFORE)) }).click();
  await shows(page, ONDES_AND_SONGS);
  await page.goto(`/timeline?day=${DAY}`);
  await shows(page, GREEN_AND_ENGINES);
  // Two steps in a row are two, however fast.
  await page.evaluate(() => {
    for (let step = 0; step < 2; step += 1)
      dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  });
  await expect.poll(() => new URL(page.url()).searchParams.get('day')).toBe(addDays(DAY, -2));
  await page.goto(`/timeline?day=${DAY}`);
  await shows(page, GREEN_AND_ENGINES);
  await page.keyboard.press('t');
  // The month's fullest day has 9 listens.
  await seen(page.getByText('7 listens or more'));
  const month = page.getByRole('group', { name: 'Listens of each day' });
  await month.getByRole('button', { name: /, 5 listens$/ }).click();
  await shows(page, ONDES_AND_SONGS);
  await page.keyboard.press('w');
  await seen(page.getByRole('link', { name: /^Nine Small Engines 15:05, about 20.min$/ }));
  await seen(page.getByRole('cell').getByRole('button', { name: '2 single tracks' }));
  await page.keyboard.press('m');
  await page.getByRole('button', { name: /, 5 listens, about 20.min: Ondes courtes, and 2 more$/ }).click();
  await shows(page, ONDES_AND_SONGS);
  await page.keyboard.press('w');
  await page
    .getByRole('columnheader')
    .getByRole('button', { name: /, 9 listens, about 35.min$/ })
    .click();
  await shows(page, GREEN_AND_ENGINES);
  await page.waitForURL(({ searchParams }) => !searchParams.has('view'));
  // What no address can ask for is said, and leads on, without a server too.
  for (const [address, text, way] of [
    ['/timeline?day=2026-02-30', '2026-02-30', 'Timeline'],
    ['/analytics/year/9999', '9999', 'Analytics'],
    ['/album/-1', '-1', 'Collection'],
    ['/journal?from=2026-11-02&to=2026-11-01', '2026-11-01', 'Journal'],
  ] as const) {
    await page.goto(address);
    await seen(page.getByText(`“${text}” is not valid in this address.`));
    await seen(page.getByRole('main').getByRole('link', { name: way }));
  }
  await page.getByRole('main').getByRole('link', { name: 'Journal' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Journal' }));
});

test('on a French phone a finger drawn across turns the days, and the month is a sheet', async () => {
  const phone = await session.device(await startWithHistory(), `/timeline?day=${DAY}`, {
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    locale: 'fr',
  });
  await shows(phone, GREEN_AND_ENGINES);
  // A day with music shows nothing but colour in its few pixels: what parts its records takes none of them.
  const ribbons = await phone
    .getByRole('navigation', { name: 'Jours de cette semaine' })
    .locator('.rib')
    .evaluateAll((all) =>
      all.map((rib) => ({
        wide: rib.getBoundingClientRect().width,
        coloured: [...rib.querySelectorAll('i')].reduce((sum, slice) => sum + slice.getBoundingClientRect().width, 0),
      })),
    );
  expect(ribbons.filter(({ wide }) => wide > 0).length).toBeGreaterThan(1);
  for (const { wide, coloured } of ribbons) expect(coloured).toBeCloseTo(wide, 1);
  const touch = await phone.context().newCDPSession(phone);
  const draw = async (from: number, to: number) => {
    const at = (x: number) => [{ x, y: 420 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) });
    for (const part of [0.3, 0.6, 1])
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(from + (to - from) * part) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  await draw(80, 320);
  await shows(phone, ONDES_AND_SONGS);
  await draw(80, 320);
  await seen(phone.getByText('Aucune écoute ce jour-là.'));
  await draw(320, 80);
  await shows(phone, ONDES_AND_SONGS);

  await phone.getByRole('button', { name: 'Choisir un jour' }).click();
  const sheet = phone.getByRole('dialog', { name: 'Choisir un jour' });
  await seen(sheet.getByRole('button', { name: /, 5 écoutes$/ }));
  await phone.keyboard.press('Escape');
  await phone.getByRole('link', { name: 'Ondes courtes' }).first().click();
  await seen(phone.getByRole('heading', { level: 1, name: 'Ondes courtes' }));
});
