import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { gone, listen, love, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const lovedOn = (server: RunningServer) => async () =>
  (await server.get<{ items: { loved: boolean; track: { title: string } }[] }>('/history/tracks')).items
    .filter(({ loved }) => loved)
    .map(({ track }) => track.title);

/** Keeps hold of every connection to IndexedDB that the page opens, so that a test can close them as a browser does. */
const holdConnections = (page: Page) =>
  page.addInitScript(() => {
    const held: IDBDatabase[] = [];
    Object.assign(globalThis, { held });
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (this: IDBFactory, ...given: [string, number?]) {
      const request = open.apply(this, given);
      request.addEventListener('success', () => held.push(request.result));
      return request;
    };
  });
const closeConnections = (page: Page) =>
  page.evaluate(() => {
    for (const connection of (globalThis as unknown as { held: IDBDatabase[] }).held.splice(0)) {
      connection.close();
      connection.dispatchEvent(new Event('close'));
    }
  });

test('the database closed under an open page is opened again: a love lands, and a new play shows', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/about:blank');
  await holdConnections(page);
  await page.goto('/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  for (const [title, heard] of [
    ['Werkbank', 'Slack Water'],
    ['Marée haute', 'Low Water'],
  ] as const) {
    await closeConnections(page);
    await love(listen(page, title), title).click();
    await until('the love on the server', lovedOn(server), (titles) => titles.includes(title));
    await closeConnections(page);
    lastfm.scrobble({ playedAt: now() - 30, artist: 'Marée Lente', title: heard, album: 'Tidewater Sessions' });
    await seen(listen(page, heard));
  }
  await seen(page.getByRole('button', { name: 'Up to date' }));
});

test('the database deleted under an open page is reported; what was done meanwhile lands after a reload, and all is fetched again', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  session.expectProblems();
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
  await love(listen(page, 'Werkbank'), 'Werkbank').click();
  const alert = page.getByRole('alert').filter({ hasText: 'The browser has deleted the library on this device.' });
  await seen(alert);
  await gone(page.getByRole('button', { name: 'Up to date' }));
  await seen(love(listen(page, 'Werkbank'), 'Werkbank').and(page.locator('[aria-pressed="true"]')));
  await alert.getByRole('button', { name: 'Reload' }).click();
  await until('the love on the server', lovedOn(server), (titles) => titles.includes('Werkbank'));
  await seen(listen(page, 'Entry Two'));
  await seen(page.getByRole('button', { name: 'Up to date' }));
});

test('no room in the browser at the first sync is named, covers can be dropped, and then it goes on', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/about:blank');
  session.expectProblems();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });
  await page.goto('/journal');
  const alert = page.getByRole('alert').filter({ hasText: 'This browser gives AIME no more space' });
  await seen(alert);
  expect(await page.getByRole('button', { name: 'Up to date' }).count()).toBe(0);
  await cdp.send('Storage.overrideQuotaForOrigin', { origin: server.url });
  await alert.getByRole('button', { name: 'Remove the covers from this device' }).click();
  await page.reload();
  await seen(page.getByRole('button', { name: 'Up to date' }));
  await seen(listen(page, 'Werkbank'));
});

test('where the browser takes nothing more it is said, what was typed stays, and nothing is shown as done', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  const { items } = await server.get<{ items: { track: { title: string }; album: { id: number } | null }[] }>(
    '/history/tracks',
  );
  await page.goto(`/album/${items.find(({ track }) => track.title === 'Werkbank')!.album!.id}`);
  await seen(page.getByRole('heading', { level: 1, name: 'Nine Small Engines' }));
  const refuse = (on: boolean) =>
    page.evaluate((refused) => {
      const all = globalThis as unknown as { setItem?: typeof Storage.prototype.setItem };
      all.setItem ??= Storage.prototype.setItem;
      Storage.prototype.setItem = refused
        ? () => {
            throw new DOMException('Full', 'QuotaExceededError');
          }
        : all.setItem;
    }, on);
  await page.getByRole('button', { name: 'Write a note' }).click();
  const field = page.getByRole('textbox', { name: 'Note on this record' });
  await field.fill('Bought in the rain');
  await refuse(true);
  await field.press('End');
  await field.pressSequentially(' at night');
  await field.press('Control+Enter');
  await seen(page.getByText(/^Not saved: this browser’s storage for AIME is full/));
  expect(await field.inputValue()).toBe('Bought in the rain at night');
  const heart = love(page, 'Werkbank');
  await heart.click();
  expect(await heart.getAttribute('aria-pressed')).toBe('false');
  await refuse(false);
  await heart.click();
  await seen(heart.and(page.locator('[aria-pressed="true"]')));
  await until('the love on the server', lovedOn(server), (titles) => titles.join() === 'Werkbank');
});
