import { afterAll, afterEach, expect, test } from 'vitest';
import { TestSession, following, now } from './setup/testSession.ts';
import { gone, listen, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test.each([
  ['asks for a pause', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, /./],
  ['is broken', { kind: 'status', status: 500 }, /./],
  ['answers with a web page', { kind: 'html' }, /./],
] as const)(
  'a Last.fm that %s is explained in Settings, and once it works again nothing is missing',
  async (_what, fault, message) => {
    const lastfm = await session.listener();
    const server = await session.server(following(lastfm));
    const page = await session.device(server, '/settings');
    const connection = page
      .locator('#connections')
      .getByText(/Last\.fm|Connected as ada/)
      .first();
    await seen(page.getByText('Connected as ada.'));
    lastfm.fault({ ...fault, times: Infinity });
    lastfm.scrobble({ playedAt: now() - 60, artist: 'Marée Lente', title: 'Slack Water', album: 'Tidewater Sessions' });
    await seen(page.locator('#connections').getByText(/The last request failed/));
    expect(await connection.count()).toBe(1);
    expect(await page.locator('#connections').textContent()).toMatch(message);
    lastfm.clearFaults();
    await seen(page.getByText('Connected as ada.'));
    await gone(page.locator('#connections').getByText(/The last request failed/));
    await page.getByRole('link', { name: 'Journal' }).click();
    await seen(listen(page, 'Slack Water'));
  },
);

test('a Last.fm that asks for hours is shown until when, and asked at once when a person says so; what was set aside is read again', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/settings');
  await seen(page.getByText('Connected as ada.'));
  lastfm.fault({ kind: 'status', status: 429, headers: { 'retry-after': '7200' }, times: Infinity });
  const connections = page.locator('#connections');
  await seen(connections.getByText(/asked to be left alone until/));
  lastfm.clearFaults();
  lastfm.scrobble({ playedAt: now() - 60, artist: ' ', title: 'Nobody', album: 'Nothing' });
  await connections.getByRole('button', { name: 'Try now: Last.fm' }).click();
  await gone(connections.getByText(/asked to be left alone until/));
  await seen(page.getByText('Connected as ada.'));
  await expect.poll(async () => (await server.get<{ items: unknown[] }>('/services/set-aside')).items).toHaveLength(1);
  await page
    .getByRole('button', { name: /Last\.fm/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await seen(dialog.getByText('1 play that Last.fm names without an artist'));
  await dialog.getByRole('button', { name: 'Read them again' }).click();
  await seen(dialog.getByText('Nothing more could be read: they stay as they are.'));
});
