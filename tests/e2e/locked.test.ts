import { afterAll, afterEach, expect, test } from 'vitest';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

test('a server with an access key shows nothing without it, explains that a wrong one is refused, and remembers the right one', async () => {
  const lastfm = await session.listener();
  const server = await session.server({ ...following(lastfm), AIME_TOKEN: 'open-sesame-1234' });
  const page = await session.device(server, '/journal');
  await seen(page.getByRole('heading', { name: 'Sign in' }));
  expect(await page.locator('[data-listen]').count()).toBe(0);
  await page.getByLabel('Access key').fill('open-barley');
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await seen(page.getByText('That key is not right.'));
  await page.getByLabel('Access key').fill('open-sesame-1234');
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await seen(listen(page, 'Werkbank'));
  await gone(page.getByRole('heading', { name: 'Sign in' }));
  await page.reload();
  await seen(listen(page, 'Werkbank'));
  await page.goto('/settings');
  await seen(page.locator('section#device').getByRole('button', { name: 'Sign out' }));
  expect(await page.evaluate(() => document.cookie)).not.toContain('open-sesame');
});
