import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { PHONE } from './setup/browser.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const DAY = 86_400;
const dayOf = (seconds: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Zurich' }).format(new Date(seconds * 1000));
const YESTERDAY = now() - DAY;
const LONG_AGO = now() - 400 * DAY;

/** Forty plays of two artists: one since yesterday, one long ago too. */
async function startWithHistory() {
  const plays = (at: number, artist: string, album: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      playedAt: at - (count - index) * 240,
      artist,
      album,
      title: `${album} ${index + 1}`,
      durationSeconds: 200,
    }));
  const lastfm = await session.listener([
    ...plays(LONG_AGO, 'Hélio Braquet', 'Ondes courtes', 12),
    ...plays(YESTERDAY, 'Kombinat 7', 'Nine Small Engines', 20),
    ...plays(YESTERDAY - 7_200, 'Hélio Braquet', 'Marée haute', 8),
  ]);
  const server = await session.server({ ...following(lastfm), AIME_TIMEZONE: 'Europe/Zurich' });
  // A poll reads the last days; what is older comes when it is asked for.
  await server.send('POST', '/services/lastfm/backfill');
  await until(
    'the whole history',
    () => server.get<{ total: number }>('/history/tracks'),
    ({ total }) => total === 40,
  );
  return server;
}

const panel = (page: Page, title: string | RegExp) => page.getByRole('region', { name: title }).first();
const openTable = (page: Page, title: string) => page.getByRole('button', { name: `View as table: ${title}` }).click();

test('a period is changed, two days are chosen, and each is set beside the time before', async () => {
  const server = await startWithHistory();
  const page = await session.device(server, '/analytics?period=week');
  await seen(page.getByText(/28 listens/));
  await page.getByRole('button', { name: 'All time' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'From the beginning' }));
  await seen(page.getByText(/40 listens/));

  await page.getByRole('button', { name: 'Choose' }).click();
  const dialog = page.getByRole('dialog', { name: 'From one day to another' });
  await dialog.getByLabel('From', { exact: true }).fill(dayOf(YESTERDAY - 8 * DAY));
  await dialog.getByLabel('To', { exact: true }).fill(dayOf(YESTERDAY));
  await dialog.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(({ searchParams }) => searchParams.get('to') === dayOf(YESTERDAY));
  await seen(page.getByText(/28 listens/));
  const listens = panel(page, /^Compared with /).getByRole('row', { name: /^Listens/ });
  await seen(listens);
  expect(await listens.getByRole('cell').allTextContents()).toEqual(['28', '0', '']);

  await page.reload();
  await seen(page.getByText(/28 listens/));
  await page.getByRole('button', { name: /^Before:/ }).click();
  await seen(page.getByText('Nothing was heard in this time.'));
});

test('every figure is a table at a press, and its rows lead to that part of the Journal', async () => {
  const server = await startWithHistory();
  const page = await session.device(server, '/analytics?period=week');
  await seen(page.getByText(/28 listens/));
  for (const title of [
    'Artists',
    'Albums',
    'Tracks',
    'By hour',
    'The week',
    'By day',
    'New and known',
    'By decade of release',
    'By genre',
    'By format',
    'By source',
    'Owned or streamed',
  ]) {
    await openTable(page, title);
    await seen(panel(page, title).getByRole('table'));
    expect(await panel(page, title).getByRole('columnheader').count()).toBeGreaterThan(1);
  }
  const artists = panel(page, 'Artists');
  expect(await artists.getByRole('row').nth(1).textContent()).toContain('Kombinat 7');
  await artists.getByRole('link', { name: 'Kombinat 7' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/journal\?.*artist=\d+/);
  expect(await page.locator('[data-listen]').filter({ hasText: 'Marée haute' }).count()).toBe(0);
  await seen(page.locator('[data-listen]').filter({ hasText: 'Nine Small Engines 20' }));
});

test('a mark of a figure filters the Journal', async () => {
  const server = await startWithHistory();
  const page = await session.device(server, '/analytics?period=week');
  await seen(page.getByText(/28 listens/));
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Zurich', hour: '2-digit', hourCycle: 'h23' }).format(
      new Date((YESTERDAY - 240) * 1000),
    ),
  );
  const cell = page.locator(`a[href$="hour=${hour}"][title*="listen"]`).first();
  await cell.click();
  await page.waitForURL(
    (url) =>
      url.pathname === '/journal' && url.searchParams.get('hour') === String(hour) && url.searchParams.has('from'),
  );
  await seen(page.locator('[data-listen]').filter({ hasText: 'Nine Small Engines 20' }));
});

test('without a server a year is reviewed, and a page of it becomes a picture, on a phone in French too', async () => {
  const server = await startWithHistory();
  const year = dayOf(YESTERDAY).slice(0, 4);
  const page = await session.device(server, '/analytics', { viewport: PHONE, locale: 'fr-FR' });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await seen(page.getByRole('button', { name: 'À jour' }));
  await server.kill();
  await page.goto(`/analytics/year/${year}`);
  await seen(page.getByRole('heading', { level: 2, name: 'Disques' }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^(Enregistrer|Partager) cette page.*: Disques$/ }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`aime-${year}-albums.png`);
  const picture = await readFile(await download.path());
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  // Width and height of the header chunk, and something drawn in it.
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1080, 1350]);
  expect(picture.length).toBeGreaterThan(10_000);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('on a narrow page of either theme nothing runs over, and nothing of a report in print is a control', async () => {
  const server = await startWithHistory();
  const page = await session.device(server, '/analytics?period=all', {
    viewport: { width: 320, height: 800 },
    colorScheme: 'dark',
  });
  await seen(page.getByText(/40 listens/));
  await settled(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: /View as table/ }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Print' }).count()).toBe(0);
});
