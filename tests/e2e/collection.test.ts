import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { asksEuria } from '#tests/kit/serviceSettings.ts';
import {
  type DiscogsSimulator,
  type DiscogsSimulatorOptions,
  startDiscogsSimulator,
} from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { DESKTOP } from './setup/browser.ts';
import { TestSession } from './setup/testSession.ts';
import { gone, seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface Album {
  id: number;
  title: string;
  discogsId: string | null;
  images: { id: number }[];
  tracks: unknown[];
}

const collector = async (options: DiscogsSimulatorOptions): Promise<DiscogsSimulator> =>
  session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000, ...options }), (discogs) => discogs.close());
const owning = (discogs: DiscogsSimulator) => ({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });

/** Imports the whole collection and waits for the details of every release. */
async function imported(server: RunningServer): Promise<Album[]> {
  await server.send('POST', '/services/discogs/sync');
  await until(
    'the import',
    () => server.get<{ state: string }>('/services/discogs/status'),
    ({ state }) => state === 'done',
  );
  await until(
    'the details',
    () => server.get<{ upstreams: { state: string; waiting: number }[] }>('/services/enrichment/status'),
    ({ upstreams }) => upstreams.every(({ state, waiting }) => state === 'off' || waiting === 0),
  );
  return (await server.get<{ items: Album[] }>('/collection/albums?owned=true&pageSize=200')).items;
}

test('a collection is brought in from Settings: begun, stopped, finished, and read again after a record was sold', async () => {
  const discogs = await collector({ releases: 240 });
  const server = await session.server(owning(discogs));
  const page = await session.device(server, '/settings');
  const history = page.locator('#history');
  await seen(history.getByText('Every record you own there'));
  // The second page takes its time, so that there is something to stop.
  discogs.fault({
    kind: 'hang',
    ms: 25_000,
    times: Infinity,
    when: ({ path, query }) => path.includes('/collection/folders/0/') && Number(query.get('page')) > 1,
  });
  await history.getByRole('button', { name: 'Import' }).click();
  await seen(history.getByRole('progressbar', { name: 'Records' }));
  await seen(history.getByText(`100 / ${discogs.copies.length}`));
  await history.getByRole('button', { name: 'Stop' }).click();
  await seen(history.getByText('Stopped. What was imported is saved.'));
  const shelf = async () => (await server.get<{ total: number }>('/collection/albums?owned=true')).total;
  const imported = await shelf();
  expect(imported).toBeGreaterThan(0);
  expect(imported).toBeLessThan(new Set(discogs.copies.map(({ releaseId }) => releaseId)).size);

  discogs.clearFaults();
  await history.getByRole('button', { name: 'Import' }).click();
  const read = discogs.copies.length;
  await seen(history.getByText(new RegExp(`^Done: ${read} copies read, \\d+ new\\.$`)));
  expect(await shelf()).toBe(new Set(discogs.copies.map(({ releaseId }) => releaseId)).size);

  discogs.add({ artist: 'Marée Lente', title: 'Low Spring' });
  const alone = discogs.copies.find(
    ({ releaseId }) => discogs.copies.filter((copy) => copy.releaseId === releaseId).length === 1,
  );
  discogs.sell(alone?.instanceId ?? 0);
  await history.getByRole('button', { name: 'Import again' }).click();
  await seen(history.getByText(`Done: ${read} copies read, 1 new and 1 gone.`));
  await page.getByRole('link', { name: 'Collection' }).click();
  await seen(page.getByRole('link', { name: 'Low Spring' }));
});

const albumLink = (page: Page, title: string) => page.getByRole('link', { name: title });
/** Whether the picture in a link is drawn. */
const isDrawn = (page: Page, title: string) => () =>
  albumLink(page, title)
    .locator('img')
    .evaluateAll(
      (images) =>
        images.length > 0 &&
        images.every((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0),
    );

test('a record has its cover, copies, tracks by side, a haiku and a few words; the covers stay without a server', async () => {
  const discogs = await collector({});
  const euria = session.keep(await startEuriaSimulator({ requestsPerMinute: 60_000 }), (service) => service.close());
  const first = discogs.add({
    artist: 'Ada Nordlund',
    title: 'Harbour Lights',
    copy: { folderId: 2, notes: [{ field_id: 3, value: 'From the flea market' }] },
    release: {
      formats: [{ name: 'Vinyl', qty: '1', descriptions: ['LP', 'Album'] }],
      labels: [{ id: 7, name: 'Sandbank', catno: 'SB 12' }],
      tracklist: [
        { position: 'A1', type_: 'track', title: 'Mooring', duration: '3:10' },
        { position: 'A2', type_: 'track', title: 'Low Fog', duration: '4:02' },
        { position: 'B1', type_: 'track', title: 'Cranes', duration: '5:55' },
      ],
    },
  });
  discogs.add({ releaseId: first.releaseId, copy: { folderId: 3 } });
  const server = await session.server({
    ...owning(discogs),
    ...asksEuria(euria),
    EURIA_LANGUAGE: 'en',
  });
  await server.send('PUT', '/settings', { 'euria.background': true });
  const [album] = await imported(server);
  const page = await session.device(server, '/collection');
  await until('the cover', isDrawn(page, 'Harbour Lights'), Boolean);
  await albumLink(page, 'Harbour Lights').click();
  await seen(page.getByRole('heading', { level: 1, name: 'Harbour Lights' }));
  const tracks = page.getByRole('list', { name: 'Tracks of Harbour Lights' });
  await seen(tracks.getByText('Cranes'));
  for (const text of ['A1', 'Mooring', '3:10', 'B1', 'Side A', 'Side B'])
    expect(await tracks.textContent()).toContain(text);
  for (const text of ['Living room', 'Attic', 'From the flea market', 'Sandbank', 'SB 12', 'Vinyl'])
    await seen(page.getByText(text));
  await seen(page.getByRole('heading', { name: 'About this record' }));
  expect((await page.locator('main').textContent())?.length).toBeGreaterThan(200);
  await settled(page);

  await page.goto('/collection');
  await until('the cover', isDrawn(page, 'Harbour Lights'), Boolean);
  await server.kill();
  await page.reload();
  await until('the cover without a server', isDrawn(page, 'Harbour Lights'), Boolean);
  await page.goto(`/album/${album?.id}`);
  await seen(page.getByText('Low Fog'));
});

test('whatever a record is called, and whatever its picture is, it stays words and a placeholder', async () => {
  const discogs = await collector({});
  const { hostile } = discogs.pictures;
  const script = '<img src=x onerror="document.title=\'taken over\'">';
  discogs.add({ artist: '<b>Nobody</b>', title: script });
  const pictures = {
    'A drawing': hostile.svg,
    'A drawing in disguise': hostile.svgAsJpeg,
    'Twenty megabytes': hostile.large,
    'Twenty untold': hostile.largeUndeclared,
    'Next door': hostile.toPrivateAddress,
    'The metadata': hostile.toMetadataService,
    'Round and round': hostile.inCircles,
    'A page': hostile.html,
    'A slow one': hostile.slow,
    'Gone for good': hostile.gone,
  };
  for (const [title, coverUrl] of Object.entries(pictures))
    discogs.add({ artist: 'Ada Nordlund', title, release: { coverUrl, thumbUrl: '' } });
  discogs.add({ artist: 'Ada Nordlund', title: 'An honest cover' });
  const server = await session.server(owning(discogs));
  const albums = await imported(server);
  const page = await session.device(server, '/collection', { viewport: { ...DESKTOP, height: 1800 } });
  await until('the honest cover', isDrawn(page, 'An honest cover'), Boolean);
  await seen(page.getByText(script));
  for (const title of Object.keys(pictures)) {
    await seen(albumLink(page, title).getByText(title));
    expect([title, await isDrawn(page, title)()]).toEqual([title, false]);
  }
  await page.goto(`/album/${albums.find(({ title }) => title === script)?.id}`);
  await seen(page.getByRole('heading', { level: 1, name: script }));
  await seen(page.getByRole('link', { name: '<b>Nobody</b>' }));
  expect(await page.locator('main img[src="x"]').count()).toBe(0);
  expect(await page.title()).not.toBe('taken over');
  await gone(page.getByText('Something went wrong'));
});
