import { spawn } from 'node:child_process';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { TestSession, following } from './setup/testSession.ts';
import { listen, love, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { loved: boolean; track: { title: string } }[];
}

/** What `npm run restore` runs, on the data of a server that is stopped. @returns its exit status. */
function restore(server: RunningServer, backup: string): Promise<number | null> {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    AIME_DATA_DIR: server.dataDir,
    AIME_CONFIG_DIR: server.configDir,
  };
  const command = spawn(process.execPath, ['build/commands/restore.js', backup], { env: environment, stdio: 'ignore' });
  return new Promise((resolve) => command.once('exit', resolve));
}

test('a backup that is restored loses nothing that a device still has', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  const { json } = await server.send('POST', '/backups');
  const { name } = json as { name: string };

  await love(listen(page, 'Werkbank'), 'Werkbank').click();
  await listen(page, 'Entry One').hover();
  await listen(page, 'Entry One').getByRole('button', { name: 'More about Entry One' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the journal' }).click();
  const lovedNow = (of: RunningServer) => async () =>
    (await of.get<History>('/history/tracks')).items.filter(({ loved }) => loved).map(({ track }) => track.title);
  const heard = (of: RunningServer) => async () =>
    (await of.get<History>('/history/tracks')).items.map(({ track }) => track.title);
  await until('the love', lovedNow(server), (titles) => titles.join() === 'Werkbank');
  await until('the listen taken out', heard(server), (titles) => !titles.includes('Entry One'));
  await settled(page);

  await server.stop();
  expect(await restore(server, name)).toBe(0);
  const restored = await session.again(server, { LASTFM_POLL_SECONDS: '3600' });
  await until('the love again', lovedNow(restored), (titles) => titles.join() === 'Werkbank');
  const titles = async () => (await restored.get<History>('/history/tracks')).items.map(({ track }) => track.title);
  await until('the deletion again', titles, (there) => !there.includes('Entry One'));
  await seen(page.getByRole('button', { name: 'Up to date' }));
  expect(await love(listen(page, 'Werkbank'), 'Werkbank').getAttribute('aria-pressed')).toBe('true');
  expect(await listen(page, 'Entry One').count()).toBe(0);

  const other = await session.device(restored, '/journal');
  await seen(listen(other, 'Entry Two'));
  expect(await love(listen(other, 'Werkbank'), 'Werkbank').getAttribute('aria-pressed')).toBe('true');
  expect(await listen(other, 'Entry One').count()).toBe(0);
});
