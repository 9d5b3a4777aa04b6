import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { PHONE } from './setup/browser.ts';
import { gone, listen, reachForUndo, seen, undo } from './setup/places.ts';
import { row, section } from './setup/settingsPage.ts';
import { following, now, TestSession, untilHeard } from './setup/testSession.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const DAY = 86_400;

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
  expect((await question.getByRole('button').allTextContents()).map((text) => text.trim())).toEqual([
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
