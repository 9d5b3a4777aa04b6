import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { asksEuria } from '#tests/kit/serviceSettings.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface PlaylistList {
  items: { id: string; name: string; state: string; trackCount: number }[];
}
const rows = (page: Page) => page.getByRole('list', { name: /^Tracks of/ }).getByRole('listitem');
const titles = async (page: Page) => {
  const names = await page
    .getByRole('button', { name: /^Move / })
    .evaluateAll((grips) => grips.map((grip) => grip.getAttribute('aria-label') ?? ''));
  return names.map((name) => name.slice('Move '.length));
};

/** Draws a list by chance and keeps it under a name. */
async function keepOne(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Shuffle', exact: true }).click();
  await page.getByRole('button', { name: /^Repeats/ }).click();
  await page.getByRole('menuitemradio', { name: 'any number per artist' }).click();
  await page.getByRole('button', { name: 'Make a playlist' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await seen(page.getByRole('heading', { level: 1, name }));
}

test('without a server a playlist is drawn from a sentence, saved, put in order by keys, shortened, undone; all of it lands', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  await server.kill();
  await page.goto('/playlists');
  await keepOne(page, 'Rainy Sunday');
  const drawn = await titles(page);
  expect(drawn).toHaveLength(10);

  await page.getByRole('button', { name: `Move ${drawn[0]}`, exact: true }).focus();
  for (const key of ['Space', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await page.keyboard.press('Space');
  const moved = [drawn[1], drawn[2], drawn[0], ...drawn.slice(3)];
  await until(
    'the new order',
    () => titles(page),
    (shown) => shown.join() === moved.join(),
  );
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(`Move ${drawn[0]}`);

  await page.getByRole('button', { name: `Remove ${drawn[1]}` }).click();
  await reachForUndo(page);
  await gone(page.getByRole('button', { name: `Move ${drawn[1]}`, exact: true }));
  expect(await rows(page).count()).toBe(9);
  await undo(page);
  await until(
    'the track back',
    () => titles(page),
    (shown) => shown.join() === moved.join(),
  );
  await page.getByRole('button', { name: `Remove ${drawn[3]}` }).click();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Rainy Monday');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Rainy Monday' }));
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Rainy Monday (copy)' }));

  const back = await session.again(server);
  const { items } = await until(
    'the playlists',
    () => back.get<PlaylistList>('/playlists'),
    ({ items: all }) => all.length === 2,
  );
  expect(items.map(({ name, trackCount }) => `${name} ${trackCount}`).sort()).toEqual([
    'Rainy Monday (copy) 9',
    'Rainy Monday 9',
  ]);
});

test('a playlist leaves as a file of each format, without a server', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/playlists');
  await settled(page);
  await keepOne(page, 'Pour "elle" & <lui>');
  await settled(page);
  const [first] = await titles(page);
  await server.kill();
  const beginnings = { M3U8: '#EXTM3U', XSPF: '<?xml', JSPF: '{', CSV: '', JSON: '{' };
  for (const [format, beginning] of Object.entries(beginnings)) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: format, exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
    const text = (await readFile(await download.path(), 'utf8')).replace(/^\uFEFF/, '');
    expect(text.startsWith(beginning)).toBe(true);
    expect(text).toContain(first);
    if (format === 'XSPF') {
      // The browser's own parser of XML opens it.
      const read = await page.evaluate((xml) => {
        const parsed = new DOMParser().parseFromString(xml, 'application/xml');
        return {
          error: parsed.querySelector('parsererror') !== null,
          title: parsed.querySelector('playlist > title')?.textContent,
          tracks: parsed.querySelectorAll('trackList > track').length,
        };
      }, text);
      expect(read).toEqual({ error: false, title: 'Pour "elle" & <lui>', tracks: 10 });
    }
  }
});

test('EurIA generates a playlist with visible progress, can be stopped, and a failure is explained', async () => {
  const lastfm = await session.listener();
  const choose = (asked: { messages: { content: string }[] }) => {
    const { tracks } = JSON.parse(asked.messages.at(-1)!.content) as {
      tracks?: { id: number; title: string; artists: string[] }[];
    };
    const oneOfEach = tracks && [...new Map(tracks.map((track) => [track.artists.join(), track])).values()];
    return oneOfEach && { tracks: oneOfEach.map(({ id, title }) => ({ id, reason: `Because of ${title}` })) };
  };
  let goOn = (): void => undefined;
  const seenAtWork = new Promise<void>((resolve) => (goOn = resolve));
  const euria = session.keep(
    await startEuriaSimulator({ requestsPerMinute: 10_000, beforePiece: () => seenAtWork, write: choose }),
    (it) => it.close(),
  );
  const server = await session.server({
    ...following(lastfm),
    ...asksEuria(euria),
    EURIA_LANGUAGE: 'en',
  });
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  await page.getByRole('link', { name: 'Playlists', exact: true }).click();
  await page.getByRole('button', { name: 'In your words' }).click();
  const requestPlaylist = async (prompt: string) => {
    await page.getByRole('textbox', { name: 'What should it be like?' }).fill(prompt);
    await page.getByRole('button', { name: 'Make a playlist' }).click();
  };

  await requestPlaylist('Rain on a flat roof');
  await seen(page.getByRole('progressbar', { name: /EurIA is/ }));
  goOn();
  await seen(page.getByText('“Rain on a flat roof” is written.'));
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Rain on a flat roof' }));
  await seen(page.getByText(/^Why: Because of /));
  // "Composed with EurIA from:" is followed by the prompt, and what could not be used comes after it.
  await seen(page.getByText(/of the 25 asked for/));
  expect(await page.locator('.facts + blockquote').textContent()).toBe('Rain on a flat roof');

  euria.fault({ kind: 'hang' });
  await page.goto('/playlists');
  await page.getByRole('button', { name: 'In your words' }).click();
  await requestPlaylist('Something slow');
  await seen(page.getByRole('progressbar', { name: /EurIA is/ }));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await gone(page.getByRole('progressbar', { name: /EurIA is/ }));
  expect(await page.getByRole('textbox', { name: 'What should it be like?' }).inputValue()).toBe('Something slow');

  euria.clearFaults();
  euria.fault({ kind: 'status', status: 401, times: Infinity });
  await page.getByRole('button', { name: 'Make a playlist' }).click();
  await seen(page.getByText('EurIA could not write this playlist. Nothing else is changed.'));
  euria.clearFaults();
  await page.getByRole('button', { name: 'Try now' }).click();
  await seen(page.getByText('“Something slow” is written.'));
  const { items } = await server.get<PlaylistList>('/playlists');
  expect(items.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
    'Rain on a flat roof ready',
    'Something slow ready',
  ]);

  await server.kill();
  await seen(page.getByText(/EurIA needs the server to answer/));
});
