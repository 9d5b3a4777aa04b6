import { afterAll, afterEach, expect, test } from 'vitest';
import { until } from '#tests/kit/serverProcess.ts';
import { DESKTOP, PHONE } from './setup/browser.ts';
import { TestSession, now } from './setup/testSession.ts';
import { listen, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

/** A server that lives elsewhere: in another time zone, in another language. */
const ELSEWHERE = { AIME_TIMEZONE: '', TZ: 'Pacific/Auckland', LANG: 'fr_FR.UTF-8' };
interface Household {
  timeZone: string;
  language: string | null;
}

/** A thousand plays over a winter, one record after another. */
const winter = Array.from({ length: 1_000 }, (_, index) => ({
  playedAt: now() - 90 * 86_400 + index * 7_000,
  artist: 'The Velvet Ledgers',
  title: `Entry ${index}`,
  album: `Ledger ${Math.floor(index / 10)}`,
}));

test('a fresh server asks which services one uses, tries their keys, and imports the history', async () => {
  const lastfm = await session.listener(winter);
  const server = await session.server({ ...ELSEWHERE, LASTFM_URL: lastfm.url, LASTFM_REQUESTS_PER_MINUTE: '60000' });
  const page = await session.device(server, '/');
  await page.waitForURL('**/welcome');
  await seen(page.getByRole('heading', { level: 1, name: 'Welcome' }));
  expect(await server.get<Household>('/household')).toMatchObject({ timeZone: 'Pacific/Auckland', language: null });
  expect(await page.getByLabel('Time zone').inputValue()).toMatch(/^Zurich \(UTC\+[12]\)$/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Where do you listen?' }));
  expect(await server.get<Household>('/household')).toMatchObject({ timeZone: 'Europe/Zurich', language: 'en' });
  for (const service of ['Last.fm', 'Discogs']) await seen(page.getByRole('heading', { name: service }));

  const form = page.locator('form').filter({ has: page.getByRole('heading', { name: 'Last.fm' }) });
  await form.getByLabel('User name').fill('ada');
  await form.getByLabel('API key').fill('not-the-key');
  await form.getByRole('button', { name: 'Check' }).click();
  await seen(form.getByRole('status').filter({ hasText: /key/i }));
  // A key that failed its test is not saved, and stays where it was entered.
  const secrets = async () =>
    (await server.get<{ secrets: Record<string, { set: boolean }> }>('/settings')).secrets['lastfm.apiKey']?.set;
  await until('the key to be put back', secrets, (set) => set === false);
  expect(await form.getByLabel('API key').inputValue()).toBe('not-the-key');
  // Whoever goes on while it is tried keeps it, whatever comes of that afterwards.
  await form.getByLabel('User name').fill('');
  let tried = (): void => undefined;
  const held = new Promise<void>((resolve) => (tried = resolve));
  await page.route('**/services/lastfm/test', (route) =>
    held.then(() =>
      route.fulfill({
        json: { ok: false, message: 'No', problem: { code: 'service-refused', params: { service: 'Last.fm' } } },
      }),
    ),
  );
  await form.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByText('What you entered for Last.fm is saved. It was not checked.'));
  tried();
  await seen(page.getByText('What you entered for Last.fm is saved, but Last.fm does not accept it.'));
  expect(await secrets()).toBe(true);
  await page.unroute('**/services/lastfm/test');
  await page.getByRole('button', { name: 'Back' }).click();

  // What is typed stays when one goes back a step.
  await form.getByLabel('User name').fill('ada');
  await form.getByLabel('API key').fill('key');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await form.getByLabel('API key').inputValue()).toBe('key');
  await form.getByRole('button', { name: 'Check' }).click();
  await seen(form.getByText('It works. Found: 1,000 listens'));

  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByRole('progressbar', { name: 'Listens' }));
  await seen(page.getByText('1,000 / 1,000'));
  await page.getByRole('button', { name: 'Open my journal' }).click();
  await page.waitForURL('**/journal');
  await seen(listen(page, 'Entry 999'));
  await seen(page.getByText(/^1,000 listens since/));
  expect(await page.getByText('not-the-key').count()).toBe(0);

  // Whoever comes later goes straight to the Journal.
  const later = await session.device(server, '/');
  await later.waitForURL('**/journal');
});

test('the first run can be left at once, and Settings offers the same with its size', async () => {
  const lastfm = await session.listener(winter);
  const server = await session.server({ ...ELSEWHERE, LASTFM_URL: lastfm.url, LASTFM_REQUESTS_PER_MINUTE: '60000' });
  const page = await session.device(server, '/', { viewport: PHONE, timezoneId: 'America/Bogota' });
  await page.waitForURL('**/welcome');
  const posted: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posted.push(new URL(request.url()).pathname));
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await until(
    'what the first step showed',
    () => server.get<Household>('/household'),
    ({ timeZone, language }) => timeZone === 'America/Bogota' && language === 'en',
  );
  // Nothing is connected: nothing is asked for, and that is said.
  await page.getByRole('button', { name: 'Continue' }).click();
  await seen(page.getByRole('heading', { level: 1, name: 'Ready to begin' }));
  await seen(page.getByText('Nothing is connected yet.'));
  expect(posted.filter((path) => /backfill|sync$/.test(path))).toEqual([]);
  await page.getByRole('button', { name: 'Open my journal' }).click();
  await page.waitForURL('**/journal');
  await seen(page.getByText('Nothing heard yet.'));
  await page.getByRole('link', { name: 'Connect a source' }).click();

  await page.getByRole('button', { name: 'Connect: Last.fm' }).click();
  const dialog = page.getByRole('dialog', { name: 'Last.fm' });
  await dialog.getByLabel('User name').fill('ada');
  await dialog.getByLabel('API key').fill('key');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await seen(dialog.getByText('It works. Found: 1,000 listens'));
  await dialog.getByRole('button', { name: 'Close' }).click();
  const history = page.locator('#history');
  await seen(history.getByText(/^1,000 listens, about .*\. You can continue meanwhile\.$/));
  await history.getByRole('button', { name: 'Import' }).click();
  await seen(history.getByText(/^Done: [\d,]+ new listens, /));
  await seen(history.getByText('Last.fm has 1,000, and all of them are here.'));
  await page.goto('/journal');
  // How many there are is said where there is room for it.
  await page.setViewportSize(DESKTOP);
  await seen(page.getByText(/^1,000 listens since/));
});
