import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { PHONE } from './setup/browser.ts';
import { TestSession, following } from './setup/testSession.ts';
import { seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

interface Album {
  title: string;
  discogsId: string | null;
  support: string | null;
}

const shared = (fields: Record<string, string>) => `/shared?${new URLSearchParams(fields)}`;

test('a page shared from another app says whether the record is there, without a server too', async () => {
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000 }), (service) =>
    service.close(),
  );
  const { releaseId } = discogs.add({ artist: 'Ada Nordlund', title: 'Harbour Lights' });
  const other = discogs.add({ artist: 'Marée Lente', title: 'Low Spring' });
  const lastfm = await session.listener();
  const server = await session.server({ ...following(lastfm), DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
  await server.send('POST', '/services/discogs/sync');
  await until(
    'the import',
    () => server.get<{ state: string }>('/services/discogs/status'),
    ({ state }) => state === 'done',
  );
  discogs.sell(other.instanceId);
  await server.send('POST', '/services/discogs/sync');
  const shelf = async () => (await server.get<{ items: Album[] }>('/collection/albums?owned=true')).items;
  await until('one record', shelf, ({ length }) => length === 1);

  const manifest = (await (await fetch(`${server.url}/manifest.webmanifest`)).json()) as {
    share_target: { action: string; method: string; params: Record<string, string> };
  };
  expect(manifest.share_target).toMatchObject({
    action: '/shared',
    method: 'GET',
    params: { url: 'url', text: 'text', title: 'title' },
  });

  const page = await session.device(
    server,
    shared({ text: `Look https://www.discogs.com/release/${releaseId}-Ada-Nordlund` }),
    { viewport: PHONE },
  );
  await seen(page.getByText('Yes. It is on the shelf.'));
  await seen(page.getByRole('link', { name: /Harbour Lights/ }));
  await settled(page);
  await page.goto(shared({ url: 'https://www.last.fm/music/The+Velvet+Ledgers/Green+Room' }));
  await seen(page.getByText('No, but you have heard it.'));
  await page.goto(
    shared({ title: 'Shared', text: 'spotify', url: 'https://open.spotify.com/album/4aawyAB9vmqN3uQ7FjRGTy' }),
  );
  await seen(page.getByText('No, you do not own it.'));

  // A number alone says nothing of what is on the shelf.
  for (const kind of ['album', 'artist']) {
    await page.goto(shared({ url: `https://open.spotify.com/${kind}/4aawyAB9vmqN3uQ7FjRGTy` }));
    await seen(page.getByText('This link does not contain a title. Type it below.'));
  }

  // Discogs says which release the number is; it is added to the shelf with its tracks.
  await page.goto(shared({ url: `https://www.discogs.com/release/${other.releaseId}` }));
  await seen(page.getByText('No, you do not own it.'));
  await seen(page.getByText('Marée Lente – Low Spring'));
  await page.getByRole('button', { name: 'Add to my collection' }).click();
  await page
    .getByRole('dialog', { name: 'Add a record' })
    .getByRole('button', { name: 'Add to my collection' })
    .click();
  await seen(page.getByText('Yes. It is on the shelf.'));
  expect(
    (await until('two records', shelf, ({ length }) => length === 2)).map(({ discogsId }) => discogsId).sort(),
  ).toEqual([releaseId, other.releaseId].map(String).sort());

  await seen(page.getByRole('link', { name: /Low Spring/ }));
  await server.kill();
  await page.goto(shared({ url: 'https://www.last.fm/fr/music/Ada+Nordlund/Harbour+Lights' }));
  await seen(page.getByText('Yes. It is on the shelf.'));
  await page.goto(shared({ url: 'https://www.last.fm/music/Nobody/Nothing' }));
  await seen(page.getByText('No, you do not own it.'));
  await page.goto(shared({ url: 'https://example.com/' }));
  await seen(page.getByText('No record was recognised here.'));
});
