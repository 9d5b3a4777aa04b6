import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, expect, test } from 'vitest';
import { mutationRow } from '#tests/kit/mutationRows.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { seen, settled } from './setup/places.ts';
import { row, section } from './setup/settingsPage.ts';
import { following, now, TestSession, untilHeard } from './setup/testSession.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('manual listens go to Last.fm where a person wants it, and the switch stays', async () => {
  const lastfm = await session.listener();
  const server = await session.server({ ...following(lastfm), LASTFM_SESSION_KEY: '' });
  await untilHeard(server);
  const page = await session.device(server, '/settings');
  const wanted = section(page, 'trackers').getByRole('switch', { name: 'Send my own logs to Last.fm' });
  await seen(section(page, 'trackers').getByRole('switch', { name: 'Follow Last.fm' }));
  expect(await wanted.count()).toBe(0);
  await server.send('POST', '/services/lastfm/session', { token: lastfm.issueToken() });
  await seen(wanted);
  expect(await wanted.getAttribute('aria-checked')).toBe('false');
  await wanted.click();
  await seen(section(page, 'trackers').getByText(/^Listens logged by hand since you turned this on go to Last\.fm/));
  await page.reload();
  await until(
    'the switch',
    () => wanted.getAttribute('aria-checked'),
    (checked) => checked === 'true',
  );

  const before = lastfm.plays.length;
  const { items } = await server.get<{ items: { track: { id: number } }[] }>('/history/tracks');
  const mutation = mutationRow({
    kind: 'add-listens',
    group: randomUUID(),
    playedAt: now() - 60,
    tracks: [{ trackId: items[0]!.track.id, durationSeconds: 60 }],
  });
  expect(await server.send('POST', '/sync/intents/push', [mutation])).toMatchObject({
    status: 200,
    json: [],
  });
  await until(
    'the play to reach Last.fm',
    () => lastfm.plays.length,
    (count) => count === before + 1,
  );
  await until(
    'its echo',
    () => server.get<{ items: { witnesses: unknown[] }[] }>('/history/tracks'),
    ({ items: [latest] }) => latest?.witnesses.length === 2,
  );
});

test('Last.fm and Discogs are allowed to act for a person on their own pages, which lead back', async () => {
  const lastfm = await session.listener();
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 6_000 }), (service) => service.close());
  const server = await session.server({
    ...following(lastfm),
    LASTFM_AUTH_URL: lastfm.authUrl,
    LASTFM_SESSION_KEY: '',
    DISCOGS_URL: discogs.url,
    DISCOGS_AUTHORIZE_URL: discogs.authorizeUrl,
    DISCOGS_CONSUMER_KEY: discogs.consumerKey,
    DISCOGS_CONSUMER_SECRET: discogs.consumerSecret,
  });
  const page = await session.device(server, '/settings');
  await page.getByRole('button', { name: 'Manage: Last.fm' }).click();
  await page.getByRole('button', { name: 'Let AIME love tracks on Last.fm' }).click();
  await seen(page.getByText('Last.fm now takes your loves, as ada.'));
  await page.waitForURL(({ search }) => search === '');
  await page.getByRole('button', { name: /: Discogs$/ }).click();
  await page.getByRole('button', { name: 'Connect a Discogs account' }).click();
  await seen(page.getByText(`Discogs is connected, as ${discogs.username}.`));
});

test('every cover is stored on the device and shows offline, until the storage is released', async () => {
  const discogs = session.keep(await startDiscogsSimulator({ requestsPerMinute: 60_000, releases: 12 }), (service) =>
    service.close(),
  );
  const server = await session.server({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
  await server.send('PUT', '/household', { firstRunDone: true });
  await server.send('POST', '/services/discogs/sync');
  const pictured = async () =>
    (await server.get<{ items: { images: unknown[] }[] }>('/collection/albums?owned=true&pageSize=50')).items.filter(
      ({ images }) => images.length > 0,
    ).length;
  await until('the covers', pictured, (count) => count === 12);
  const page = await session.device(server, '/settings');
  await settled(page);
  const offline = row(section(page, 'device'), 'Offline');
  await seen(offline.getByText('Works offline. Everything is on this device.'));
  const covers = row(section(page, 'device'), 'Covers on this device');
  await covers.getByRole('button', { name: 'Keep every cover' }).click();
  await seen(covers.getByText(/^All \d+ covers are here\. New ones follow automatically\. They take \d+ .?B\.$/));

  await server.stop();
  await page.goto('/collection');
  const shown = () =>
    page
      .locator('main .cv img')
      .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);
  await until('the covers offline', shown, (count) => count >= 12);
  await page.goto('/settings');
  await seen(offline.getByText(/^Works offline\. Everything is on this device, as of /));
  await page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.includes('precache'))!;
    const app = await caches.open(name);
    await app.delete((await app.keys()).find(({ url }) => url.includes('icon-512'))!);
    dispatchEvent(new Event('online'));
  });
  await seen(offline.getByText(/^Does not work offline: 1 of the app’s files is missing on this device\./));
  await seen(covers.getByText(/^All \d+ covers are here\./));
  await covers.getByRole('button', { name: 'Free the space' }).click();
  await seen(covers.getByText(/^Covers you have looked at are here\./));
  expect(await page.evaluate(() => caches.has('covers-kept'))).toBe(false);
});
