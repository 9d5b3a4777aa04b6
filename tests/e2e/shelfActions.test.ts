import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startSpotifySimulator } from '#tests/simulators/spotify/index.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { PHONE } from './setup/browser.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { gone, listen, nowPlaying, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface Album {
  id: number;
  title: string;
  support: string | null;
  owned: boolean;
  plays: number;
  rating: number;
  artists: { name: string }[];
  images: { id: number }[];
  copies: unknown[];
  merged?: { title: string }[];
}
const albumsOf = async (server: RunningServer, query = 'pageSize=100') =>
  (await server.get<{ items: Album[] }>(`/collection/albums?${query}`)).items;
const record = (page: Page, title: string) => page.getByRole('link', { name: title });
const more = (page: Page) => page.getByRole('button', { name: 'More about this record' }).filter({ visible: true });

const played = (artist: string, album: string, titles: readonly string[], hoursAgo: number): SimulatedPlay[] =>
  titles.map((title, index) => ({
    playedAt: now() - hoursAgo * 3_600 + index * 240,
    artist,
    title,
    album,
    durationSeconds: 200,
  }));

test('two entries of one record are merged, unmerged by undo, and later unmerged on the record’s own page', async () => {
  const lastfm = await session.listener([
    ...played('Ada Nordlund', 'Harbour Lights', ['Mooring', 'Low Fog'], 30),
    ...played('Ada Nordlund', 'Harbor Lites', ['Mooring'], 20),
  ]);
  const server = await session.server(following(lastfm));
  const albums = await until(
    'both entries',
    () => albumsOf(server),
    (items) => items.length === 2,
  );
  const [wrong, right] = ['Harbor Lites', 'Harbour Lights'].map((title) =>
    albums.find((album) => album.title === title)!,
  );
  const page = await session.device(server, `/album/${wrong!.id}`);
  await seen(page.getByRole('heading', { level: 1, name: 'Harbor Lites' }));
  await settled(page);

  const merge = async () => {
    await more(page).click();
    await page.getByRole('menuitem', { name: 'Merge with another record…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Merge records' });
    await dialog.getByRole('searchbox', { name: 'Search' }).fill('harbour lights');
    await dialog.getByRole('button', { name: /^Harbour Lights/ }).click();
    await dialog.getByRole('button', { name: 'Swap' }).click();
    await seen(dialog.getByText('“Harbor Lites” becomes part of “Harbour Lights”.'));
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
    await reachForUndo(page);
    await seen(page.getByRole('heading', { level: 1, name: 'Harbour Lights' }));
  };
  await merge();
  await until(
    'one record',
    () => albumsOf(server),
    (items) => items.length === 1 && items[0]?.plays === 3,
  );
  await seen(page.getByRole('heading', { name: 'Part of this record' }));
  await undo(page);
  await until(
    'two records',
    () => albumsOf(server),
    (items) => items.length === 2,
  );
  await gone(page.getByRole('heading', { name: 'Part of this record' }));

  await page.goto(`/album/${wrong!.id}`);
  await merge();
  await seen(page.getByRole('heading', { name: 'Part of this record' }));
  // The former address leads to the record it became part of.
  await page.goto(`/album/${wrong!.id}`);
  await page.waitForURL(`**/album/${right!.id}`);
  await page.getByRole('button', { name: 'Separate “Harbor Lites”' }).click();
  await gone(page.getByRole('heading', { name: 'Part of this record' }));
  await until(
    'two records again',
    () => albumsOf(server),
    (items) => items.length === 2 && items.every(({ merged }) => !merged),
  );
});

test('another of a record’s pictures is chosen, shown everywhere, and undone', async () => {
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000 }), (service) =>
    service.close(),
  );
  const spotify = session.keep(await startSpotifySimulator({ requestsPerHalfMinute: 60_000 }), (service) =>
    service.close(),
  );
  discogs.add({ artist: 'Ada Nordlund', title: 'Harbour Lights' });
  const server = await session.server({
    ...{
      DISCOGS_URL: discogs.url,
      DISCOGS_TOKEN: discogs.token,
      SPOTIFY_API_URL: spotify.apiUrl,
      SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
    },
    ...{ SPOTIFY_CLIENT_ID: spotify.clientId, SPOTIFY_CLIENT_SECRET: spotify.clientSecret },
  });
  await server.send('POST', '/services/discogs/sync');
  const [album] = await until(
    'its pictures',
    () => albumsOf(server),
    ([first]) => (first?.images.length ?? 0) > 1,
  );
  const page = await session.device(server, `/album/${album!.id}`);
  const shownFirst = async () => (await albumsOf(server))[0]?.images[0]?.id;
  const before = await shownFirst();
  await more(page).click();
  await page.getByRole('menuitem', { name: 'Choose another cover…' }).click();
  await page
    .getByRole('dialog', { name: 'Pictures of this record' })
    .getByRole('button', { name: 'From Spotify', pressed: false })
    .click();
  await reachForUndo(page);
  await until('the other picture', shownFirst, (id) => id !== before);
  await undo(page);
  await until('the first picture', shownFirst, (id) => id === before);
});

test('a record is written down without a server, stands on the shelf at once, and lands when it is back', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/collection', { viewport: PHONE });
  await seen(record(page, 'Green Room'));
  await settled(page);
  await server.kill();
  await seen(page.getByRole('button', { name: /^Offline/ }));

  const add = page.getByRole('button', { name: 'Add a record' });
  await add.click();
  const dialog = page.getByRole('dialog', { name: 'Add a record' });
  await dialog.getByRole('button', { name: 'From Discogs' }).click();
  await seen(dialog.getByText('Discogs is asked by the server, which does not answer just now.'));
  await dialog.getByRole('button', { name: 'By hand' }).click();
  await dialog.getByRole('button', { name: 'Add to my collection' }).click();
  await seen(dialog.getByText('A record needs a title and an artist.'));
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Flea Market');
  await dialog.getByRole('textbox', { name: 'Artists' }).fill('The Velvet Ledgers; Nora Quist');
  await dialog.getByRole('textbox', { name: 'Year' }).fill('1971');
  await dialog.getByRole('combobox', { name: 'Format' }).selectOption('Cassette');
  await dialog.getByRole('button', { name: 'Add to my collection' }).click();
  await record(page, 'Flea Market').click();
  await seen(page.getByRole('heading', { level: 1, name: 'Flea Market' }));
  const address = page.url();

  const back = await session.again(server);
  const [landed] = await until(
    'the record',
    () => albumsOf(back, 'owned=true'),
    ({ length }) => length === 1,
  );
  expect(landed).toMatchObject({
    title: 'Flea Market',
    support: 'Cassette',
    artists: [{ name: 'The Velvet Ledgers' }, { name: 'Nora Quist' }],
  });
  await page.waitForURL(`**/album/${landed!.id}`);
  await page.goto(address);
  await page.waitForURL(`**/album/${landed!.id}`);
  const desktop = await session.device(back, '/collection');
  await seen(record(desktop, 'Flea Market'));
  await gone(record(desktop, 'Green Room'));

  await desktop.getByRole('button', { name: 'Ownership', exact: true }).click();
  await desktop.getByRole('menuitemradio', { name: /^All of them/ }).click();
  await seen(record(desktop, 'Green Room'));
  await desktop.waitForURL(({ search }) => search === '?shelf=all');
});

test('the shelf’s filters are in the address and are remembered', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/collection', { viewport: { width: 1600, height: 900 } });
  await seen(record(page, 'Green Room'));
  await page.getByRole('button', { name: 'Artist', exact: true }).click();
  await page.getByRole('menuitemradio', { name: /^Kombinat 7/ }).click();
  await gone(record(page, 'Green Room'));
  await page.getByRole('button', { name: 'Sort: Date added' }).click();
  await page.getByRole('menuitemradio', { name: 'Title' }).click();
  await page.keyboard.press('l');
  await seen(page.getByRole('table', { name: 'Records' }));
  await page.waitForURL(
    ({ searchParams }) =>
      searchParams.get('view') === 'list' &&
      searchParams.get('sort') === 'title' &&
      /^\d+$/.test(searchParams.get('artist') ?? ''),
  );
  await page.reload();
  await seen(record(page, 'Nine Small Engines'));
  await gone(record(page, 'Green Room'));
  await page.getByRole('link', { name: 'Journal' }).click();
  await seen(listen(page, 'Werkbank'));
  await page.getByRole('link', { name: 'Collection' }).click();
  await seen(page.getByRole('table', { name: 'Records' }));
  await page.getByRole('button', { name: 'Kombinat 7', exact: true }).click();
  await seen(record(page, 'Green Room'));
});

test('a record that is rated, by a key or a click, has its rating back by Ctrl+Z', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [album] = await until(
    'the record',
    async () => (await albumsOf(server)).filter(({ title }) => title === 'Green Room'),
    (albums) => albums.length === 1,
  );
  const page = await session.device(server, `/album/${album!.id}`);
  // Its name is there before what can be rated.
  await seen(page.getByRole('radiogroup', { name: 'My rating: Not rated' }));
  await page.keyboard.press('2');
  await seen(page.getByRole('radiogroup', { name: 'My rating: 2 out of 5' }));
  await page.keyboard.press('4');
  await seen(page.getByText('Green Room rated 4 out of 5.').first());
  await page.keyboard.press('Control+z');
  await seen(page.getByRole('radiogroup', { name: 'My rating: 2 out of 5' }));
  await page.getByRole('radio', { name: '5 out of 5' }).click({ force: true });
  await seen(page.getByRole('radiogroup', { name: 'My rating: 5 out of 5' }));
  await page.keyboard.press('Control+z');
  await seen(page.getByRole('radiogroup', { name: 'My rating: 2 out of 5' }));
  await until(
    'the rating before',
    async () => (await albumsOf(server)).map(({ rating }) => rating).sort(),
    (ratings) => ratings.join() === '0,0,2',
  );
});

test('several records are chosen by keys alone, rated together, and have their ratings back', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/collection');
  await seen(record(page, 'Green Room'));
  await record(page, 'Green Room').focus();
  await page.keyboard.press('x');
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('toolbar', { name: 'Selected records' });
  await seen(bar.getByText('3 selected'));
  await page.getByRole('checkbox', { name: 'Ondes courtes', checked: true }).press(' ');
  await seen(bar.getByText('2 selected'));
  await bar.getByRole('button', { name: 'Rate' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await reachForUndo(page);
  const ratings = async () =>
    (await albumsOf(server))
      .map(({ rating }) => rating)
      .sort()
      .join();
  await until('the ratings', ratings, (all) => all === '0,4,4');
  await undo(page);
  await until('no ratings', ratings, (all) => all === '0,0,0');

  await page.getByRole('button', { name: 'Select' }).click();
  await record(page, 'Green Room')
    .or(page.getByRole('checkbox', { name: 'Green Room' }))
    .click();
  await bar.getByRole('button', { name: 'Selected records' }).click();
  await page.getByRole('menuitem', { name: 'Log a listen of these' }).click();
  await reachForUndo(page);
  const turntable = async () =>
    (await server.get<{ turntable?: { tracks: object[] }[] }>('/household')).turntable?.[0]?.tracks.length;
  await until('the tracks at the turntable', turntable, (count) => count === 4);
  expect((await albumsOf(server)).find(({ title }) => title === 'Green Room')?.plays).toBe(4);
  await seen(nowPlaying(page).getByRole('link', { name: /^Entry/ }));
  await undo(page);
  await until('none of them', turntable, (count) => count === undefined);
});

test('an artist is renamed and merged with a namesake, and both are undone', async () => {
  const lastfm = await session.listener([
    ...played('Ada Nordlund', 'Harbour Lights', ['Mooring', 'Low Fog'], 30),
    ...played('A. Nordlund', 'Tidewater', ['Cranes'], 20),
  ]);
  const server = await session.server(following(lastfm));
  const find = async () =>
    (
      await server.get<{ items: { id: number; name: string; aliases?: { name: string }[] }[] }>(
        '/collection/artists?pageSize=50',
      )
    ).items;
  const artists = await until('both', find, ({ length }) => length === 2);
  const ada = artists.find(({ name }) => name === 'Ada Nordlund')!;
  const page = await session.device(server, `/artist/${ada.id}`);
  const open = async (item: string) => {
    await page.getByRole('button', { name: 'More about this artist' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await seen(page.getByRole('heading', { level: 1, name: 'Ada Nordlund' }));
  await open('Other names…');
  const names = page.getByRole('dialog', { name: 'Other names of Ada Nordlund' });
  await names.getByRole('textbox', { name: 'Another name' }).fill('Ada N.');
  await names.getByRole('button', { name: 'Add', exact: true }).click();
  await until('the name', find, (all) => all.some(({ aliases }) => aliases?.some(({ name }) => name === 'Ada N.')));
  await names.getByRole('button', { name: 'Remove “Ada N.”' }).click();
  await until('no name', find, (all) => all.every(({ aliases }) => !aliases?.length));
  await page.keyboard.press('Escape');

  await open('Merge with another artist…');
  const dialog = page.getByRole('dialog', { name: 'Merge artists' });
  await dialog.getByRole('searchbox', { name: 'Search' }).fill('a nordlund');
  await dialog.getByRole('button', { name: /^A\. Nordlund/ }).click();
  await seen(dialog.getByText('“A. Nordlund” becomes part of “Ada Nordlund”.'));
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await reachForUndo(page);
  await until('one artist', find, ({ length }) => length === 1);
  await seen(page.getByText('Tidewater'));
  await undo(page);
  await until('two artists', find, ({ length }) => length === 2);
});
