import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { TestSession, following } from './setup/testSession.ts';
import { gone, listen, love, seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

async function journal(): Promise<Page> {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const page = await session.device(server, '/journal');
  await seen(listen(page, 'Werkbank'));
  return page;
}
/** The listen that has the focus, by what its row says. */
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('[data-listen]')?.textContent ?? '');

test('the first press of Tab offers to skip to the page, and Enter goes there', async () => {
  const page = await journal();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('J and K walk through the Journal, L loves, Delete takes out and Ctrl Z puts back', async () => {
  const page = await journal();
  await page.keyboard.press('j');
  expect(await focused(page)).toContain('Werkbank');
  await page.keyboard.press('j');
  expect(await focused(page)).toContain('Frühschicht');
  await page.keyboard.press('k');
  expect(await focused(page)).toContain('Werkbank');
  await page.keyboard.press('l');
  await seen(page.locator('[data-listen]').filter({ hasText: 'Werkbank' }).locator('[aria-pressed=true]'));
  expect(await love(page, 'Frühschicht').first().getAttribute('aria-pressed')).toBe('false');
  await page.keyboard.press('Delete');
  await gone(listen(page, 'Werkbank'));
  expect(await focused(page)).toContain('Frühschicht');
  await page.keyboard.press('Control+z');
  await seen(listen(page, 'Werkbank'));
});

test('whoever wants no single keys has none, and typing is never taken for one', async () => {
  const page = await journal();
  await page.goto('/settings');
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).click();
  await page.goto('/journal');
  await seen(listen(page, 'Werkbank'));
  await page.keyboard.press('j');
  expect(await focused(page)).toBe('');
  await page.goto('/settings');
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).click();
  await page.goto('/journal');
  await listen(page, 'Werkbank').hover();
  await listen(page, 'Werkbank').getByRole('button', { name: 'More about Werkbank' }).click();
  await page.getByRole('menuitem', { name: 'Write a note' }).click();
  await page.keyboard.type('jkl on a Sunday');
  expect(await page.getByRole('textbox', { name: 'Note on Werkbank' }).inputValue()).toBe('jkl on a Sunday');
  await page.keyboard.press('Control+Enter');
  // A letter that was meant for the note and came too late.
  await page.keyboard.press('j');
  expect(await focused(page)).toBe('');
  await seen(page.getByText('jkl on a Sunday'));
});

test('what was looked at beside the Journal is closed, and one is back at the row it was opened from', async () => {
  const page = await journal();
  for (let step = 0; step < 3; step++) await page.keyboard.press('j');
  expect(await focused(page)).toContain('Nachtschicht');
  await page.keyboard.press('w');
  await seen(page.getByRole('heading', { name: 'Sources' }));
  await page.keyboard.press('Escape');
  await gone(page.getByRole('heading', { name: 'Sources' }));
  expect(await focused(page)).toContain('Nachtschicht');
  await page.keyboard.press('k');
  expect(await focused(page)).toContain('Frühschicht');
});
