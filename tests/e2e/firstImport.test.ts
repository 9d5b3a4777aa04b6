import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { catalogue } from '#tests/simulators/catalogue/catalogue.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { TestSession } from './setup/testSession.ts';
import { listen, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { track: { title: string }; album: { title: string } | null }[];
  total: number;
}

const owned = catalogue.filter(({ support }) => support === 'Vinyl').slice(0, 6);

/** Steps 1 to 3 of the first run: both services with their keys, tried, and everything brought in. */
async function moveIn(page: Page, discogs: { username: string; token: string }): Promise<void> {
  await page.waitForURL('**/welcome');
  await page.getByRole('button', { name: 'Continue' }).click();
  const form = (service: string) => page.locator('form').filter({ has: page.getByRole('heading', { name: service }) });
  await form('Last.fm').getByLabel('User name').fill('ada');
  await form('Last.fm').getByLabel('API key').fill('key');
  await form('Last.fm').getByRole('button', { name: 'Check' }).click();
  await seen(form('Last.fm').getByText('Found: 10 listens'));
  await form('Discogs').getByLabel('User name').fill(discogs.username);
  await form('Discogs').getByLabel(/token/i).fill(discogs.token);
  await form('Discogs').getByRole('button', { name: 'Check' }).click();
  await seen(form('Discogs').getByRole('status').filter({ hasText: /\S/ }));
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByText('10 / 10'));
  await seen(page.getByRole('progressbar', { name: 'Records' }));
  await page.getByRole('button', { name: 'Open my journal' }).click();
  await page.waitForURL('**/journal');
}

/** Finds a record by a part of its title, logs one side of it, puts that side on a playlist and takes the playlist along as a file. */
async function logAndExport(
  page: Page,
  typed: string,
  title: string,
  side: string,
  playlist: string,
  online: boolean,
): Promise<string[]> {
  await page.goto('/journal');
  await seen(page.getByRole('heading', { level: 1, name: 'Journal' }));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill(typed);
  await page
    .getByRole('option', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await seen(page.getByRole('heading', { level: 1, name: title }));

  await page.getByRole('button', { name: 'Log a listen' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Log a listen' });
  await dialog.getByRole('radio', { name: new RegExp(`^${side}`) }).check();
  await dialog.getByRole('button', { name: 'I mean the end' }).click();
  await dialog.getByRole('button', { name: /^Log \d+ listens$/ }).click();
  await seen(page.getByText(new RegExp(`listens of ${title} logged`)));

  await page.goto(`/journal?source=manual&album=${page.url().split('/album/')[1]}`);
  const rows = page.locator('[data-listen]');
  await seen(page.getByRole('article', { name: new RegExp(`^${title}`) }).locator('[data-listen]'));
  // A listen that lands gets another id, and its row is another one.
  if (online)
    await until(
      'the side to land',
      () => rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-listen')))),
      (ids) => ids.every((id) => id > 0),
    );
  await rows.first().focus();
  await page.keyboard.press('x');
  for (let step = 1; step < (await rows.count()); step++) await page.keyboard.press('j');
  await page.keyboard.press('Shift+x');
  await page
    .getByRole('toolbar', { name: 'Selected listens' })
    .getByRole('button', { name: 'Add to a playlist' })
    .click();
  await page.getByLabel('A new playlist').fill(playlist);
  await page.getByRole('button', { name: 'Make' }).click();
  await seen(page.getByText(new RegExp(`added to “${playlist}”`)));

  await page.goto('/playlists');
  await page
    .getByRole('link', { name: new RegExp(playlist) })
    .first()
    .click();
  await seen(page.getByRole('heading', { level: 1, name: playlist }));
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'M3U8' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith('#EXTINF'));
}

test('a first import; a playlist saved online and one saved offline are both on a second device', async () => {
  const lastfm = await session.listener();
  const discogs = session.keep(await startDiscogsSimulator({ owned, requestsPerMinute: 60_000 }), (simulator) =>
    simulator.close(),
  );
  const server = await session.server({
    LASTFM_URL: lastfm.url,
    LASTFM_REQUESTS_PER_MINUTE: '60000',
    LASTFM_POLL_SECONDS: '1',
    DISCOGS_URL: discogs.url,
  });
  const page = await session.device(server, '/');
  await moveIn(page, discogs);
  await seen(listen(page, 'Werkbank'));
  await until(
    'the shelf',
    () => server.get<{ total: number }>('/collection/albums?owned=true'),
    ({ total }) => total === owned.length,
  );
  await until(
    'the tracks of every record',
    () =>
      server.get<{ upstreams: { upstream: string; waiting: number; done: number }[] }>('/services/enrichment/status'),
    ({ upstreams }) =>
      upstreams.some(({ upstream, waiting, done }) => upstream === 'discogs' && waiting === 0 && done >= owned.length),
  );

  const manual = () => server.get<History>('/history/tracks?source=manual');
  const [first, second] = [owned[0]!, owned[2]!];
  const exported = await logAndExport(
    page,
    first.title.slice(0, -2).toLowerCase(),
    first.title,
    'Side B',
    'First playlist',
    true,
  );
  expect(exported.length).toBeGreaterThan(1);
  for (const line of exported) expect(first.tracks.some(({ title }) => line.includes(title))).toBe(true);
  expect((await manual()).total).toBe(exported.length);

  await settled(page);
  await server.kill();
  await page.reload();
  await seen(page.getByRole('button', { name: /^Offline/ }));
  const alone = await logAndExport(
    page,
    second.title.slice(0, -2).toLowerCase(),
    second.title,
    'Side A',
    'Second playlist',
    false,
  );
  for (const line of alone) expect(second.tracks.some(({ title }) => line.includes(title))).toBe(true);

  const back = await session.again(server);
  const both = exported.length + alone.length;
  const landed = await until(
    'the second side',
    () => back.get<History>('/history/tracks?source=manual'),
    ({ total }) => total === both,
  );
  expect(new Set(landed.items.map(({ album }) => album?.title))).toEqual(new Set([first.title, second.title]));

  const other = await session.device(back, '/journal?source=manual');
  await seen(other.getByText(`${both} listens match`));
  for (const { title } of [first, second]) await seen(other.getByRole('article', { name: new RegExp(`^${title}`) }));
  await other.goto('/playlists');
  for (const name of ['First playlist', 'Second playlist'])
    await seen(other.getByRole('link', { name: new RegExp(name) }));
});
