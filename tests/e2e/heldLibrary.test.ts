import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, love, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { loved: boolean; track: { title: string } }[];
  total: number;
}

/** A device that holds a library, whose server stands with another, empty one since. */
async function besideAnother(): Promise<{ server: RunningServer; page: Page }> {
  const before = await session.server(following(await session.listener()));
  const page = await session.device(before, '/journal');
  await seen(listen(page, 'Werkbank'));
  await settled(page);
  await before.stop();
  for (const name of readdirSync(before.dataDir)) rmSync(join(before.dataDir, name), { recursive: true });
  return { server: await session.again(before, { LASTFM_USERNAME: '' }), page };
}

const slip = (page: Page) => page.getByRole('alert').filter({ hasText: 'not the one you see' });
const lovedOn = (server: RunningServer) => async () =>
  (await server.get<History>('/history/tracks')).items.filter(({ loved }) => loved).map(({ track }) => track.title);

test('an empty library in the place of the one a device knows takes nothing from it: it asks, also after a restart and offline', async () => {
  const { server, page } = await besideAnother();
  await seen(slip(page));
  await seen(listen(page, 'Werkbank'));
  await slip(page).getByRole('link', { name: 'Choose' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'The server’s library is not the one on this device' }));
  expect(await page.getByRole('row', { name: 'Listens' }).textContent()).toMatch(/10\s*0/);

  await page.getByRole('button', { name: 'Keep showing mine' }).click();
  await seen(page.getByText('This device keeps showing its own library.'));
  await page.getByRole('link', { name: 'Back to what is on this device' }).click();
  await love(listen(page, 'Werkbank'), 'Werkbank').click();
  await server.stop();
  await page.reload();
  await seen(listen(page, 'Werkbank'));
  expect(await slip(page).count()).toBe(0);
  expect(await love(listen(page, 'Werkbank'), 'Werkbank').getAttribute('aria-pressed')).toBe('true');

  const again = await session.again(server);
  await page.reload();
  await seen(listen(page, 'Werkbank'));
  expect((await again.get<History>('/history/tracks')).total).toBe(0);
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Choose' }).click();
  await seen(page.getByRole('button', { name: 'Restore mine' }));
});

test('the server’s library is taken only when the person confirms it', async () => {
  const { page } = await besideAnother();
  await seen(slip(page));
  await slip(page).getByRole('link', { name: 'Choose' }).click();
  await page.getByRole('button', { name: 'Take the server’s' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await seen(page.getByRole('button', { name: 'Keep showing mine' }));
  await page.getByRole('button', { name: 'Take the server’s' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take the server’s' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'The server has its library' }));
  await page.getByRole('link', { name: 'Open AIME' }).click();
  await gone(listen(page, 'Werkbank'));
  await seen(page.getByRole('button', { name: 'Up to date' }));
});

test('what the server lacks is restored from the device, and a fresh device finds all of it', async () => {
  const { server, page } = await besideAnother();
  await seen(slip(page));
  await love(listen(page, 'Werkbank'), 'Werkbank').click();
  await slip(page).getByRole('link', { name: 'Choose' }).click();
  await page.getByRole('button', { name: 'Restore mine' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'The server has its library' }));
  expect((await server.get<History>('/history/tracks')).total).toBe(10);
  await until('the love', lovedOn(server), (titles) => titles.join() === 'Werkbank');
  await page.getByRole('link', { name: 'Open AIME' }).click();
  await seen(page.getByRole('button', { name: 'Up to date' }));
  await seen(listen(page, 'Werkbank'));
  const other = await session.device(server, '/journal');
  await seen(listen(other, 'Werkbank'));
  await seen(listen(other, 'Entry One'));
});
