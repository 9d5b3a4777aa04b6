import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { PHONE } from './setup/browser.ts';
import { TestSession, following, now, untilHeard } from './setup/testSession.ts';
import { gone, listen, reachForUndo, seen, settled, undo } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const DAY = 86_400;
const section = (page: Page, id: string): Locator => page.locator(`section#${id}`);
/** One line of Settings, by its name. */
const row = (within: Locator, title: string | RegExp): Locator =>
  within.locator('.st').filter({ has: within.page().getByRole('heading', { name: title }) });

/** A listener whose three oldest plays are older than a year, all of them in the journal. */
async function oldListener(): Promise<RunningServer> {
  const tidewater = { artist: 'Marée Lente', album: 'Tidewater Sessions' };
  const plays = [
    ['Slack Water', 800],
    ['Ebb', 700],
    ['Flood', 600],
    ['Neap', 20],
    ['Spring Tide', 10],
  ] as const;
  const lastfm = await session.listener(
    plays.map(([title, daysAgo]) => ({ ...tidewater, title, playedAt: now() - daysAgo * DAY })),
  );
  const server = await session.server(following(lastfm));
  await server.send('POST', '/services/lastfm/backfill');
  await until(
    'the backfill',
    () => server.get<{ state: string }>('/services/lastfm/backfill'),
    ({ state }) => state === 'done',
  );
  await until(
    'the listens',
    () => server.get<{ listens: number }>('/counts'),
    ({ listens }) => listens === 5,
  );
  return server;
}

test('a job is run, reports what it did on every device, stores its runs, and takes another time', async () => {
  const server = await session.server(following(await session.listener()));
  const [page, phone] = [
    await session.device(server, '/settings'),
    await session.device(server, '/settings', { viewport: PHONE }),
  ];
  const backup = row(section(page, 'jobs'), 'Back up the library');
  await seen(backup.getByText(/^Every day at 02:00\. Next (today|tomorrow) at 02:00\.$/));
  await seen(backup.getByText('It has not run yet.'));
  await untilHeard(server);
  await backup.getByRole('button', { name: 'Run now' }).click();
  for (const device of [page, phone]) {
    await seen(row(section(device, 'jobs'), 'Back up the library').getByText(/A backup of .+, checked\.$/));
    await seen(section(device, 'backups').getByText(/^Made automatically\. /));
  }
  // What another device, or a program, does there reaches a page that was left open.
  await server.send('POST', '/backups', { secrets: false, covers: false });
  await seen(section(phone, 'backups').getByText(/^Made by hand\. /));
  await backup.getByRole('button', { name: 'History' }).click();
  const runs = page.getByRole('dialog', { name: 'Back up the library' });
  await seen(runs.getByText(/^Today at \d\d:\d\d, .+ A backup of .+, checked\.$/));
  await seen(runs.getByText('Started by you'));
  await runs.getByRole('button', { name: 'Close' }).click();

  await backup.getByRole('button', { name: 'Change when' }).click();
  const when = page.getByRole('dialog', { name: 'Back up the library' });
  await when.getByLabel('How often').selectOption({ label: 'Every week' });
  await when.getByLabel('Day of the week').selectOption({ label: 'Sunday' });
  await when.getByLabel('Time').fill('05:30');
  await when.getByRole('button', { name: 'Save' }).click();
  await seen(backup.getByText(/^Every Sunday at 05:30\. Next /));
  await backup.getByRole('switch').click();
  await seen(backup.getByText('Every Sunday at 05:30, but switched off.'));
  await page.reload();
  await seen(backup.getByText('Every Sunday at 05:30, but switched off.'));
  expect(await server.get<{ schedule: string; nextRun: number | null }>('/jobs/backup_database')).toMatchObject({
    schedule: '30 5 * * 0',
    nextRun: null,
  });

  // While it is away its facts are of a moment ago, and said to be; once it is back they are asked for again.
  await server.kill();
  await seen(phone.getByText('may be different by now'));
  const back = await session.again(server);
  await back.send('PUT', '/jobs/backup_database', { schedule: '15 6 * * *', enabled: true });
  await phone.getByRole('button', { name: 'Try now' }).first().click();
  await gone(phone.getByText('may be different by now'));
  await seen(row(section(phone, 'jobs'), 'Back up the library').getByText(/^Every day at 06:15\. /));
});

test('a backup is made and deleted; another is scheduled for restore at the next start, or cancelled', async () => {
  const server = await session.server(following(await session.listener()));
  await untilHeard(server);
  const page = await session.device(server, '/settings');
  const backups = section(page, 'backups');
  await seen(backups.getByText('No backup yet'));
  await backups.getByRole('button', { name: 'Back up now' }).click();
  await seen(backups.getByText(/^Made by hand\. .+, checked\.$/));
  await seen(backups.getByRole('heading', { name: /^Last good backup / }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    backups.getByRole('link', { name: /^Download/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^by-hand-.+\.zip$/);
  expect(
    readFileSync(await download.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');

  await backups.getByRole('button', { name: /^Restore/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Restore/ });
  await seen(dialog.getByText(`npm run restore -- ${download.suggestedFilename()}`));
  await dialog.getByRole('button', { name: 'At the next start' }).click();
  await reachForUndo(page);
  await seen(backups.getByRole('heading', { name: 'A backup is being restored' }));
  await undo(page);
  await gone(backups.getByRole('heading', { name: 'A backup is being restored' }));
  expect(await server.get<{ restoring: string | null }>('/backups')).toMatchObject({ restoring: null });

  const copies = async () => (await server.get<{ items: unknown[] }>('/backups')).items.length;
  await backups.getByRole('button', { name: /^Remove/ }).click();
  await reachForUndo(page);
  await seen(backups.getByText('No backup yet'));
  expect(await copies()).toBe(1);
  await undo(page);
  await seen(backups.getByText(/^Made by hand\. .+, checked\.$/));
  await backups.getByRole('button', { name: /^Remove/ }).click();
  await seen(backups.getByText('No backup yet'));
  await until('the copy to go', copies, (count) => count === 0);
  await seen(backups.getByText('No backup yet'));

  // One that was chosen and failed at the start is shown until somebody has acknowledged it.
  writeFileSync(
    join(server.dataDir, 'restore-failed.json'),
    JSON.stringify({ name: 'gone.zip', at: Math.floor(Date.now() / 1000), reason: 'There is no file gone.zip' }),
  );
  await page.reload();
  await seen(backups.getByRole('heading', { name: 'The backup was not restored' }));
  await backups.locator('details', { hasText: 'gone.zip' }).locator('summary').click();
  await seen(backups.getByText('There is no file gone.zip'));
  await backups.getByRole('button', { name: 'Understood' }).click();
  await gone(backups.getByRole('heading', { name: 'The backup was not restored' }));
  expect(await server.get('/backups')).toMatchObject({ restoreFailure: null });
});

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
  const mutation = {
    kind: 'add-listens',
    group: randomUUID(),
    playedAt: now() - 60,
    tracks: [{ trackId: items[0]!.track.id, durationSeconds: 60 }],
  };
  const document = {
    id: randomUUID(),
    deviceId: randomUUID(),
    number: 1,
    madeAt: Date.now(),
    intent: mutation,
    _deleted: false,
  };
  expect(await server.send('POST', '/sync/intents/push', [{ newDocumentState: document }])).toMatchObject({
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

test('before listens leave for the first time the Journal mentions it and Settings asks, with “Keep everything” first', async () => {
  const server = await oldListener();
  const page = await session.device(server, '/settings');
  const cleaning = row(section(page, 'jobs'), 'Archive old listens');
  await cleaning.getByRole('button', { name: 'Run now' }).click();
  await seen(cleaning.getByText(/3 listens wait for your decision\.$/));
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await seen(listen(page, 'Slack Water'));
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Choose' }).click();
  await page.waitForURL('**/settings#retention');
  const question = page.getByRole('group', { name: '3 listens are older than 1 year.' });
  await seen(question);
  expect((await question.getByRole('button').allTextContents()).map((words) => words.trim())).toEqual([
    'Keep everything',
    'Move them to the archive',
  ]);
  await question.getByRole('button', { name: 'Keep everything' }).click();
  await reachForUndo(page);
  await gone(question);
  await seen(page.getByText('Nothing is ever archived.'));
  expect(await server.get('/retention')).toEqual({ days: 0, decided: true, waiting: null });

  // Undone: the question is there again. Then they go, and come back.
  await undo(page);
  await question.getByRole('button', { name: 'Move them to the archive' }).click();
  await gone(question);
  await cleaning.getByRole('button', { name: 'Run now' }).click();
  const archive = section(page, 'retention');
  await seen(archive.getByText(/^3 listens in the archive, /));
  expect((await server.get<{ listens: number }>('/counts')).listens).toBe(2);
  await archive.getByRole('button', { name: /^Restore/ }).click();
  await seen(archive.getByText(/^All of it is in the journal again/));
  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await seen(listen(page, 'Slack Water'));
});

test('what is chosen stays over a restart; what the environment says cannot be changed and says why', async () => {
  const euria = session.keep(await startEuriaSimulator(), (service) => service.close());
  const environment = { AIME_TIMEZONE: '', EURIA_URL: euria.url, EURIA_TOKEN: euria.token };
  const server = await session.server(environment);
  await server.send('PUT', '/household', { firstRunDone: true });
  const page = await session.device(server, '/settings');
  const words = section(page, 'euria');
  // The model that is asked for unless another is chosen has gone from the service's list.
  await seen(words.getByText('The service does not list “mistral-large-latest”. Choose another.'));
  await words.getByLabel('Model').selectOption('Qwen/Qwen3.5-122B-A10B-FP8');
  await gone(words.getByText(/^The service does not list/));
  await seen(words.getByText('0 of 200 used today.'));
  // It is paid for: before it writes by itself a person sees how much that is.
  await seen(
    words.getByText(
      'Off: it only writes when you ask. Turned on, it would have nothing to write now; it would write about each record that comes.',
    ),
  );
  await words.getByLabel('Automatic texts a day, at most').selectOption('50');
  await seen(words.getByText('0 of 50 used today.'));
  await words.getByRole('switch', { name: 'Write automatically' }).click();
  await seen(words.getByText('Nothing is left to write; it writes about each record that comes.'));
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
    await seen(row(words, title).getByText('Unknown until the server answers.'));
  const trackers = section(page, 'trackers');
  for (const title of ['Follow Last.fm', 'How often'])
    await seen(row(trackers, title).getByText('Unknown until the server answers.'));
  await seen(section(page, 'connections').getByText('Asked or not: unknown.'));
  for (const role of ['switch', 'combobox'] as const) expect(await words.getByRole(role).count()).toBe(0);
  expect(await trackers.getByRole('combobox').count()).toBe(0);

  const again = await session.again(server, { EURIA_LANGUAGE: 'de' });
  await page.reload();
  await until(
    'the model',
    () => words.getByLabel('Model').inputValue(),
    (model) => model === 'Qwen/Qwen3.5-122B-A10B-FP8',
  );
  await seen(words.getByText('0 of 50 used today.'));
  await until(
    'the zone here',
    () => section(page, 'language').getByLabel('Time zone').inputValue(),
    (zone) => zone === 'Tokyo (UTC+9)',
  );
  expect((await again.get<{ timeZone: string }>('/household')).timeZone).toBe('Asia/Tokyo');
  await seen(row(words, 'Language it writes in').getByText('Set on the server by its administrator (EURIA_LANGUAGE).'));
  expect(await words.getByLabel('Language it writes in').isDisabled()).toBe(true);
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

test('in French too', async () => {
  const server = await oldListener();
  const page = await session.device(server, '/settings', { locale: 'fr-FR' });
  const cleaning = row(section(page, 'jobs'), 'Archiver les écoutes anciennes');
  await seen(cleaning.getByText(/^Chaque jour à 03:00\. Prochaine\s: (aujourd’hui|demain) à 03:00\.$/));
  await cleaning.getByRole('button', { name: 'Lancer' }).click();
  await seen(cleaning.getByText(/3 écoutes attendent votre accord\.$/));
  const question = page.getByRole('group', { name: /^3 écoutes ont plus de 1\s?an\.$/ });
  await question.getByRole('button', { name: 'Tout garder' }).click();
  await seen(page.getByText('Rien n’est jamais archivé.'));
  await section(page, 'backups').getByRole('button', { name: 'Sauvegarder maintenant' }).click();
  await seen(section(page, 'backups').getByText(/^Faite à la main\. .+, vérifiée\.$/));
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
