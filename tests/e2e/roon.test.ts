import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { SimulatedCore, type SimulatedCoreOptions } from '#tests/simulators/roon/index.ts';
import { TestSession } from './setup/testSession.ts';
import { gone, nowPlaying, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const core = async (options: SimulatedCoreOptions = {}) =>
  session.keep(await SimulatedCore.start({ name: 'Cellar Core', ...options }), (one) => one.close());
const beside = (roon: SimulatedCore) => ({ ROON_HOST: roon.host, ROON_PORT: String(roon.port) });

test('Settings says what Roon waits for, and that it is there; lost and found again', async () => {
  const roon = await core();
  const server = await session.server(beside(roon));
  const page = await session.device(server, '/settings');
  const connections = page.locator('#connections');
  await seen(connections.getByText('Waiting for your yes in Roon, under Settings, Extensions.'));
  roon.approve();
  await seen(connections.getByText('Connected to Cellar Core.'));
  await page.getByRole('switch', { name: 'Follow Roon' }).click();
  await seen(page.locator('#trackers').getByText('Not following. AIME looks for a Core'));
  await page.getByRole('switch', { name: 'Follow Roon' }).click();
  await seen(connections.getByText('Connected to Cellar Core.'));
  await roon.close();
  await seen(connections.getByText(/^Out of sight since/));
});

test('what sounds in a zone moves on two devices, and the zone is called as one likes', async () => {
  const roon = await core({ approved: true, speed: 2 });
  roon.zone('Kitchen').play({ title: 'Low Fog', artists: 'Ada Nordlund', album: 'Harbour Lights', length: 200 });
  const server = await session.server(beside(roon));
  const [one, other] = [await session.device(server, '/journal'), await session.device(server, '/collection')];
  const position = (device: typeof one) => async () =>
    (await nowPlaying(device)
      .getByRole('img', { name: / of 3:20$/ })
      .getAttribute('aria-label')) ?? '';
  for (const device of [one, other]) {
    await seen(nowPlaying(device).getByText('Low Fog'));
    await seen(nowPlaying(device).getByText('Roon in Kitchen'));
    const before = await position(device)();
    await until('the music moves on', position(device), (now) => now !== before);
  }
  await other.goto('/settings');
  await other.getByRole('button', { name: 'Rename: Kitchen' }).click();
  await other.getByLabel('Name of the zone').fill('Where we cook');
  await other.getByRole('button', { name: 'Save' }).click();
  await seen(nowPlaying(one).getByText('Roon in Where we cook'));
  roon.zone('Kitchen').stop();
  for (const device of [one, other]) await gone(nowPlaying(device));
});

test('a listen in Roon is in the Journal once it is earned, with its zone', async () => {
  const roon = await core({ approved: true });
  const server = await session.server(beside(roon));
  const page = await session.device(server, '/journal');
  await until(
    'the Core',
    () => server.get<{ paired: boolean }>('/services/roon/status'),
    ({ paired }) => paired,
  );
  roon.zone('Kitchen').play({ title: 'Low Fog', artists: 'Ada Nordlund', album: 'Harbour Lights', length: 60 });
  roon.tick(20);
  await seen(nowPlaying(page).getByText('Low Fog'));
  expect(await page.locator('[data-listen]').count()).toBe(0);
  roon.tick(15);
  await seen(page.locator('[data-listen]').filter({ hasText: 'Low Fog' }).filter({ hasText: 'Kitchen' }));
});
