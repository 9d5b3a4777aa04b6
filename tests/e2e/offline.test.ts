import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { Between } from './setup/between.ts';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, love, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface History {
  items: { id: number; loved: boolean; track: { title: string }; album: { id: number; title: string } | null }[];
  total: number;
}
interface Album {
  rating: number;
  note: string | null;
}
interface Mutations {
  documents: { verdict?: { state: string } }[];
}

test('without a server the app opens, shows the library and takes what a person does; all of it lands once', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const phone = await session.device(server, '/journal');
  await seen(listen(phone, 'Werkbank'));
  await settled(phone);
  const { items } = await server.get<History>('/history/tracks');
  const albumId = items.find(({ track }) => track.title === 'Werkbank')?.album?.id;

  await server.kill();
  await phone.reload();
  await seen(listen(phone, 'Werkbank'));
  await seen(phone.getByRole('button', { name: 'Offline' }));
  await love(listen(phone, 'Werkbank'), 'Werkbank').click();
  await phone.goto(`/album/${albumId}`);
  await seen(phone.getByRole('heading', { level: 1, name: 'Nine Small Engines' }));
  expect(await phone.getByRole('list', { name: 'Tracks of Nine Small Engines' }).getByRole('listitem').count()).toBe(3);
  await phone.getByRole('radio', { name: '4 out of 5' }).click({ force: true });
  await phone.getByRole('button', { name: 'Write a note' }).click();
  await phone.getByRole('textbox', { name: 'Note on this record' }).fill('Bought in the rain');
  await phone.getByRole('textbox', { name: 'Note on this record' }).press('Control+Enter');

  await phone.reload();
  await seen(phone.getByText('Bought in the rain'));
  expect(await love(phone, 'Werkbank').getAttribute('aria-pressed')).toBe('true');
  await phone.getByRole('button', { name: /^Offline, 3 changes waiting/ }).click();
  const sheet = phone.getByRole('dialog', { name: 'Sync' });
  for (const waiting of ['Loved: Werkbank', 'Nine Small Engines', 'Note: Nine Small Engines'])
    await seen(sheet.getByText(waiting));

  const back = await session.again(server);
  await sheet.getByRole('button', { name: 'Try now' }).click();
  await seen(sheet.getByText('Everything is saved on the server.'));
  const landed = await until(
    'the love',
    () => back.get<History>('/history/tracks'),
    (answer) => answer.items.some(({ loved }) => loved),
  );
  expect(landed.items.filter(({ loved }) => loved).map(({ track }) => track.title)).toEqual(['Werkbank']);
  expect(await back.get<Album>(`/collection/albums/${albumId}`)).toMatchObject({
    rating: 4,
    note: 'Bought in the rain',
  });
  const { documents } = await back.get<Mutations>('/sync/intents/pull?seq=0&limit=100');
  expect(documents.map(({ verdict: result }) => result?.state)).toEqual(['applied', 'applied', 'applied']);
  await until(
    'the love on Last.fm',
    () => lastfm.loved.map(({ title }) => title),
    (titles) => titles.join() === 'Werkbank',
  );

  const desktop = await session.device(back, `/album/${albumId}`);
  await seen(desktop.getByText('Bought in the rain'));
  await seen(desktop.getByRole('radiogroup', { name: 'My rating: 4 out of 5' }));
  expect(await love(desktop, 'Werkbank').getAttribute('aria-pressed')).toBe('true');
});

test('a listen that is taken out goes everywhere, and undo puts it back, the server being there or not', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/journal')];
  await Promise.all([one, other].map((device) => seen(listen(device, 'Entry Two'))));
  await settled(one);
  const total = async () => (await server.get<History>('/history/tracks')).total;
  const before = await total();
  const takeOut = async () => {
    await listen(one, 'Entry Two').hover();
    await listen(one, 'Entry Two').getByRole('button', { name: 'More about Entry Two' }).click();
    await one.getByRole('menuitem', { name: 'Remove from the journal' }).click();
    await reachForUndo(one);
    await gone(listen(one, 'Entry Two'));
  };

  await takeOut();
  await gone(listen(other, 'Entry Two'));
  expect(await total()).toBe(before - 1);
  await undo(one);
  await Promise.all([one, other].map((device) => seen(listen(device, 'Entry Two'))));
  expect(await until('the listen back', total, (count) => count === before)).toBe(before);

  await server.kill();
  await takeOut();
  await undo(one);
  await seen(listen(one, 'Entry Two'));
  await takeOut();
  const back = await session.again(server);
  await gone(listen(other, 'Entry Two'));
  await until(
    'one listen less',
    () => back.get<History>('/history/tracks'),
    (answer) => answer.total === before - 1,
  );
  await seen(one.getByRole('button', { name: 'Up to date' }));
  expect(await listen(one, 'Entry Two').count()).toBe(0);
});

test('how often a record was heard is not shown before the whole history is on the device', async () => {
  const server = await session.server(following(await session.listener()));
  await server.send('PUT', '/household', { firstRunDone: true });
  const { items } = await until(
    'the listens',
    () => server.get<History>('/history/tracks'),
    ({ total }) => total === 10,
  );
  const albumId = items.find(({ track }) => track.title === 'Werkbank')?.album?.id;
  const between = session.keep(await Between.start(server), (proxy) => proxy.close());
  const rest = between.hold(/\/sync\/rollups\/pull/);
  const phone = await session.device(server, `/album/${albumId}`, { baseURL: between.url });
  const listening = phone.locator('section').filter({ has: phone.getByRole('heading', { name: 'Listening' }) });
  const tracks = phone.getByRole('list', { name: 'Tracks of Nine Small Engines' });
  await seen(tracks.getByText('Werkbank'));
  const label = async () => (await listening.locator('.head > span').innerText()).trim();
  await expect.poll(label).toBe('Syncing');
  expect(await tracks.innerText()).not.toContain('listen');
  between.away(true);
  await expect.poll(label).toBe('Its listens have not all arrived yet.');
  expect(await phone.getByText('Never played').count()).toBe(0);
  between.away(false);
  rest();
  await expect.poll(label).toMatch(/^3 listens, last /);
  expect(await tracks.getByRole('listitem').filter({ hasText: 'Werkbank' }).innerText()).toContain('1 listen');
});
