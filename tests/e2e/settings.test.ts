import { join } from 'node:path';
import Libsql from 'libsql';
import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { gone, seen } from './setup/places.ts';
import { row, section } from './setup/settingsPage.ts';
import { following, TestSession } from './setup/testSession.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('what is chosen stays over a restart; what the environment says cannot be changed and says why', async () => {
  const euria = session.keep(await startEuriaSimulator(), (service) => service.close());
  const environment = { AIME_TIMEZONE: '', EURIA_URL: euria.url, EURIA_TOKEN: euria.token };
  const server = await session.server(environment);
  await server.send('PUT', '/household', { firstRunDone: true });
  const page = await session.device(server, '/settings');
  const panel = section(page, 'euria');
  // The model that is asked for unless another is chosen has gone from the service's list.
  await seen(panel.getByText('The service does not list “mistral-large-latest”. Choose another.'));
  await panel.getByLabel('Model').selectOption('Qwen/Qwen3.5-122B-A10B-FP8');
  await gone(panel.getByText(/^The service does not list/));
  await seen(panel.getByText('0 of 200 used today.'));
  // It is paid for: before it writes by itself a person sees how much that is.
  await seen(
    panel.getByText(
      'Off: EurIA only writes when you ask. Turned on, there would be nothing to write now; EurIA would write about each record that comes.',
    ),
  );
  await panel.getByLabel('Automatic texts a day, at most').selectOption('50');
  await seen(panel.getByText('0 of 50 used today.'));
  await panel.getByRole('switch', { name: 'Write automatically' }).click();
  await seen(panel.getByText('Nothing is left to write; EurIA writes about each record that comes.'));
  await section(page, 'language').getByLabel('Time zone').fill('tokyo');
  await page.keyboard.press('Enter');
  await until(
    'the zone',
    () => server.get<{ timeZone: string }>('/household'),
    ({ timeZone }) => timeZone === 'Asia/Tokyo',
  );

  // An offline device knows none of this, and shows nothing in its place.
  await seen(section(page, 'device').getByText('Works offline. Everything is on this device.'));
  await server.stop();
  await page.reload();
  for (const title of ['Model', 'Write automatically', 'Automatic texts a day, at most'])
    await seen(row(panel, title).getByText('Unknown until the server answers.'));
  const trackers = section(page, 'trackers');
  for (const title of ['Follow Last.fm', 'How often'])
    await seen(row(trackers, title).getByText('Unknown until the server answers.'));
  await seen(section(page, 'connections').getByText('Asked or not: unknown.'));
  for (const role of ['switch', 'combobox'] as const) expect(await panel.getByRole(role).count()).toBe(0);
  expect(await trackers.getByRole('combobox').count()).toBe(0);

  const again = await session.again(server, { EURIA_LANGUAGE: 'de' });
  await page.reload();
  await until(
    'the model',
    () => panel.getByLabel('Model').inputValue(),
    (model) => model === 'Qwen/Qwen3.5-122B-A10B-FP8',
  );
  await seen(panel.getByText('0 of 50 used today.'));
  await until(
    'the zone here',
    () => section(page, 'language').getByLabel('Time zone').inputValue(),
    (zone) => zone === 'Tokyo (UTC+9)',
  );
  expect((await again.get<{ timeZone: string }>('/household')).timeZone).toBe('Asia/Tokyo');
  await seen(row(panel, 'Language of the texts').getByText('Set on the server by its administrator (EURIA_LANGUAGE).'));
  expect(await panel.getByLabel('Language of the texts').isDisabled()).toBe(true);
});

test('the licences are those of what AIME is made with; starting anew says what would be lost', async () => {
  const server = await session.server(following(await session.listener()));
  const page = await session.device(server, '/settings', { viewport: { width: 320, height: 640 } });
  await seen(section(page, 'device').getByRole('heading', { name: 'Reload this device’s copy' }));
  // Nobody asks for a key here.
  expect(await section(page, 'device').getByText('Sign out').count()).toBe(0);
  // Installing is offered when the browser offers it, and no longer.
  const install = section(page, 'device').getByRole('button', { name: 'Install' });
  expect(await install.count()).toBe(0);
  await page.evaluate(() =>
    dispatchEvent(
      Object.assign(new Event('beforeinstallprompt'), { prompt: () => Promise.resolve({ outcome: 'dismissed' }) }),
    ),
  );
  await install.click();
  await gone(install);
  await page.getByRole('button', { name: 'Licences' }).click();
  await seen(page.getByRole('dialog', { name: 'Licences' }).getByText(/^svelte /));
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Reload' }).click();
  await seen(page.getByText('Nothing is waiting to be sent.'));
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('a setting that cannot be read is reported beside its control, in both languages, and one without a control above them', async () => {
  const server = await session.server();
  await server.send('PUT', '/household', { firstRunDone: true });
  await server.stop();
  const db = new Libsql(join(server.dataDir, 'musique.db'));
  for (const key of ['retention.days', 'images.cacheMegabytes'])
    db.prepare(
      "INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, '\"{\"', '2026-01-01T00:00:00Z')",
    ).run(key);
  db.prepare(
    "INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES ('roon.zoneNames', '{torn', '2026-01-01T00:00:00Z')",
  ).run();
  db.close();
  const again = await session.again(server);
  const page = await session.device(again, '/settings');
  const retention = row(section(page, 'retention'), 'Keep listens for');
  await seen(retention.getByText('What was chosen here cannot be read any more, and is not used. Choose it again.'));
  await seen(
    page.getByText(
      'It is not used: images.cacheMegabytes, roon.zoneNames. To have it otherwise, set it in config/app.json.',
    ),
  );
  expect(await page.getByText('What was chosen here cannot be read').count()).toBe(1);
  // What is in force meanwhile is not chosen, and can be.
  expect(await retention.getByRole('combobox').inputValue()).toBe('');
  await retention.getByRole('combobox').selectOption('365');
  await retention.getByText('What was chosen here cannot be read').waitFor({ state: 'hidden' });
  expect((await again.get<{ values: object }>('/settings')).values).toMatchObject({
    'retention.days': { value: 365, source: 'app' },
  });
  const french = await session.device(again, '/settings', { locale: 'fr-FR' });
  await seen(french.getByText('Une partie de ce qui a été choisi n’est plus lisible'));
});
