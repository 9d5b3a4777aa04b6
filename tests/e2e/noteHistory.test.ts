import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { violations } from './setup/axe.ts';
import { TestSession, following } from './setup/testSession.ts';
import { gone, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { track: { title: string }; album: { id: number } | null }[];
}

async function note(page: Page, opener: string, text: string): Promise<void> {
  await page.getByRole('button', { name: opener }).click();
  await page.getByRole('textbox', { name: 'Note on this record' }).fill(text);
  await page.getByRole('textbox', { name: 'Note on this record' }).press('Control+Enter');
}

test('of two notes written on two devices the later is shown; both can read the other one and restore it, and the superseded device is notified', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const { items } = await until(
    'the plays',
    () => server.get<History>('/history/tracks'),
    (answer) => answer.items.some(({ track }) => track.title === 'Werkbank'),
  );
  const albumId = items.find(({ track }) => track.title === 'Werkbank')?.album?.id;
  const noteThere = async () => (await server.get<{ note: string | null }>(`/collection/albums/${albumId}`)).note;
  const one = await session.device(server, `/album/${albumId}`);
  const other = await session.device(server, `/album/${albumId}`);
  for (const page of [one, other]) {
    await seen(page.getByRole('heading', { level: 1, name: 'Nine Small Engines' }));
    await settled(page);
  }

  await one.context().setOffline(true);
  await note(one, 'Write a note', 'From the one device');
  await note(other, 'Write a note', 'From the other device');
  await until('the other’s note', noteThere, (text) => text === 'From the other device');
  await one.context().setOffline(false);

  await seen(
    one
      .getByRole('status')
      .getByText('Your note “From the one device” on Nine Small Engines was replaced by a later one'),
  );
  for (const page of [one, other]) {
    await seen(page.getByRole('button', { name: /From the other device/ }));
    await seen(page.getByRole('button', { name: '1 earlier note' }));
  }
  await one.getByRole('button', { name: '1 earlier note' }).click();
  const history = one.getByRole('dialog', { name: 'Earlier notes' });
  await seen(history.getByText('From the one device'));
  await seen(history.getByText('Written on this device.'));
  expect(await violations(one)).toEqual([]);
  await one.keyboard.press('Escape');

  // Also without a server: what was written is on every device.
  await other.context().setOffline(true);
  await other.getByRole('button', { name: '1 earlier note' }).click();
  const there = other.getByRole('dialog', { name: 'Earlier notes' });
  await seen(there.getByText('Written on another device.'));
  await there.getByRole('button', { name: 'Put back: From the one device' }).click();
  await seen(other.getByRole('button', { name: /From the one device/ }));
  await other.context().setOffline(false);
  await until('the tracks restored', noteThere, (text) => text === 'From the one device');
  await seen(one.getByRole('button', { name: /From the one device/ }));
  // It stands there again: that it was replaced is not so any more.
  await gone(one.getByText('Your note “From the one device”'));
});
