import { afterAll, afterEach, expect, test } from 'vitest';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('a French browser gets French pages, dates and error messages', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal', { locale: 'fr-FR' });
  await seen(page.getByText(/^10 écoutes depuis le \d+(er)? \p{L}+ \d{4}$/u));
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('fr');
  for (const [link, heading] of [
    ['Collection', 'Collection'],
    ['Frise', /./],
    ['Playlists', 'Playlists'],
    ['Analyses', /./],
    ['Réglages', 'Réglages'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    await seen(page.getByRole('heading', { level: 1, name: heading }));
    expect(await page.locator('main').textContent()).not.toMatch(/\b(with|and|listens|records|heard|owned)\b/i);
  }
  await seen(page.getByText('Connecté en tant que ada.'));
  lastfm.fault({ kind: 'status', status: 429, headers: { 'retry-after': '60' }, times: Infinity });
  await seen(page.getByText(/La dernière demande a échoué/));

  await page.getByRole('link', { name: 'Journal', exact: true }).click();
  await listen(page, 'Werkbank').hover();
  await listen(page, 'Werkbank').getByRole('button', { name: 'Plus sur Werkbank' }).click();
  await page.getByRole('menuitem', { name: 'Supprimer du journal' }).click();
  await gone(listen(page, 'Werkbank'));
  await page.getByRole('button', { name: 'Annuler' }).click();
  await seen(listen(page, 'Werkbank'));
});

test('the language chosen on a device stays, and the other device keeps its own', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [one, other] = [await session.device(server, '/settings'), await session.device(server, '/settings')];
  await one.getByRole('button', { name: 'Français' }).click();
  await seen(one.getByRole('heading', { level: 1, name: 'Réglages' }));
  await one.reload();
  await seen(one.getByRole('heading', { level: 1, name: 'Réglages' }));
  await other.reload();
  await seen(other.getByRole('heading', { level: 1, name: 'Settings' }));
});
