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
  items: { id: number; playedAt: number; loved: boolean; track: { id: number; title: string } }[];
  total: number;
}

/** A device that shows its library while the server comes up without one: the file is gone, marker and backups are not. */
async function afterTheLoss(
  prepare: (server: RunningServer, page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<{ server: RunningServer; page: Page; before: History }> {
  const server = await session.server(following(await session.listener()));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  await love(listen(page, 'Werkbank'), 'Werkbank').click();
  const history = () => server.get<History>('/history/tracks');
  await until('the love', history, ({ items }) => items.some(({ loved }) => loved));
  await prepare(server, page);
  await settled(page);
  const before = await history();
  await server.stop();
  for (const name of readdirSync(server.dataDir))
    if (name.startsWith('musique.db')) rmSync(join(server.dataDir, name), { recursive: true });
  return { server: await session.again(server, { LASTFM_USERNAME: '' }), page, before };
}

const slip = (page: Page) => page.getByRole('alert').filter({ hasText: 'The server has lost its library' });

async function decide(page: Page): Promise<void> {
  await seen(slip(page));
  await seen(listen(page, 'Werkbank'));
  await slip(page).getByRole('link', { name: 'Decide what to do' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'The server has lost its library' }));
}

test('a lost library is restored from a device that shows it: the same ids, and a third device sees the same', async () => {
  const { server, page, before } = await afterTheLoss();
  await decide(page);
  await seen(page.getByText(/This device holds 10 listens and 3 albums/));
  await page.getByRole('button', { name: 'Restore from this device' }).click();
  await seen(listen(page, 'Werkbank'));
  await seen(page.getByRole('button', { name: 'Up to date' }));
  expect(await slip(page).count()).toBe(0);
  const facts = ({ items }: History) =>
    items.map(({ id, playedAt, loved, track }) => [id, playedAt, loved, track.id, track.title]);
  expect(facts(await server.get<History>('/history/tracks'))).toEqual(facts(before));

  const fresh = await session.device(server, '/journal');
  await seen(listen(fresh, 'Entry One'));
  expect(await love(listen(fresh, 'Werkbank'), 'Werkbank').getAttribute('aria-pressed')).toBe('true');
});

test('a device without a library says why it cannot restore one, and a backup from the list is restored', async () => {
  const { server, before } = await afterTheLoss(async (running) => {
    expect((await running.send('POST', '/backups')).status).toBe(201);
  });
  const fresh = await session.device(server, '/');
  await seen(fresh.getByText('This device holds no library, so it cannot restore it.', { exact: false }));
  expect(await fresh.getByRole('button', { name: 'Restore from this device' }).count()).toBe(0);
  await fresh
    .getByRole('button', { name: /^Restore the backup of / })
    .first()
    .click();
  await seen(listen(fresh, 'Werkbank'));
  await seen(fresh.getByRole('button', { name: 'Up to date' }));
  expect((await server.get<History>('/history/tracks')).total).toBe(before.total);
});

test('an empty library begins only once the word is typed; the device keeps its own and asks', async () => {
  const { server, page } = await afterTheLoss();
  await decide(page);
  await page.getByRole('button', { name: 'Start empty…' }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('button', { name: 'Start empty' }).isDisabled()).toBe(true);
  await dialog.getByLabel('Type “empty” to confirm').fill('Empty');
  await dialog.getByRole('button', { name: 'Start empty' }).click();
  await gone(dialog);
  await seen(page.getByRole('heading', { level: 1, name: 'The server’s library is not the one on this device' }));
  await page.getByRole('link', { name: 'Back to what is on this device' }).click();
  await seen(listen(page, 'Werkbank'));
  expect((await server.get<History>('/history/tracks')).total).toBe(0);
});
