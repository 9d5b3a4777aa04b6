import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { TestSession, following, now } from './setup/testSession.ts';
import { gone, listen, love, nowPlaying, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('a play on Last.fm is in the Journal of two open devices, without a reload', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/journal')];
  const devices = [one, other];
  await Promise.all(devices.map((device) => seen(listen(device, 'Nachtschicht'))));
  for (const device of devices) await device.evaluate(() => Object.assign(globalThis, { notReloaded: true }));

  lastfm.scrobble({ playedAt: now() - 30, artist: 'Marée Lente', title: 'Slack Water', album: 'Tidewater Sessions' });
  for (const device of devices) {
    await seen(listen(device, 'Slack Water'));
    expect(await device.locator('[data-listen]').first().textContent()).toContain('Slack Water');
    expect(await device.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
  }
  expect((await server.get<{ total: number }>('/history/tracks')).total).toBe(lastfm.plays.length);
});

test('what sounds now is shown, gives way to the next, and goes', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/collection')];
  lastfm.setNowPlaying({ artist: 'Kombinat 7', title: 'Spätschicht', album: 'Nine Small Engines' });
  for (const device of [one, other]) await seen(nowPlaying(device).getByText('Spätschicht'));
  lastfm.setNowPlaying({ artist: 'Kombinat 7', title: 'Feierabend', album: 'Nine Small Engines' });
  for (const device of [one, other]) await seen(nowPlaying(device).getByText('Feierabend'));
  lastfm.setNowPlaying(null);
  for (const device of [one, other]) await gone(nowPlaying(device));
  expect(await listen(one, 'Feierabend').count()).toBe(0);
});

test('a love travels to the other device and to Last.fm, and back again when Last.fm changes its mind', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/journal')];
  const pressed = (device: typeof one) => love(listen(device, 'Werkbank'), 'Werkbank').getAttribute('aria-pressed');
  await love(listen(one, 'Werkbank'), 'Werkbank').click();
  await until(
    'the love on the other device',
    () => pressed(other),
    (state) => state === 'true',
  );
  await until(
    'the love on Last.fm',
    () => lastfm.loved.map(({ title }) => title),
    (titles) => titles.includes('Werkbank'),
  );
  await love(listen(other, 'Werkbank'), 'Werkbank').click();
  await until(
    'the love gone on the first device',
    () => pressed(one),
    (state) => state === 'false',
  );
  await until(
    'the love gone on Last.fm',
    () => lastfm.loved.length,
    (count) => count === 0,
  );
});
