import { describe, expect, test } from 'vitest';
import { demoSession, moved, open, paint, PARTS, tooWide } from './setup/accessiblePages.ts';
import { OF_COLOURS, violations } from './setup/axe.ts';
import { DESKTOP } from './setup/browser.ts';
import { seen, settled } from './setup/places.ts';

const { session, demo } = demoSession();

describe.each(['en', 'fr'])('in %s', (locale) => {
  test.each(PARTS)(
    'no page of $part has a serious flaw in light or dark on a desktop, nor runs over a narrow window',
    async ({ pages }) => {
      const page = await session.device(demo().server, '/journal', { locale });
      const found: string[] = [];
      for (const path of pages(demo())) {
        await open(page, path);
        found.push(...(await moved(page)).map((flaw) => `${path}: ${flaw}`));
        await paint(page, 'light');
        found.push(...(await violations(page)).map((violation) => `${path} light: ${violation}`));
        await paint(page, 'dark');
        found.push(...(await violations(page, OF_COLOURS)).map((violation) => `${path} dark: ${violation}`));
        const wide = page.viewportSize()!;
        await page.setViewportSize({ width: 320, height: 640 });
        found.push(...(await tooWide(page)).map((flaw) => `${path} at 320 px: ${flaw}`));
        await page.setViewportSize(wide);
      }
      expect(found).toEqual([]);
    },
  );
});

test('what opens over a page has none either: search, keys, sync, a record beside the Journal, the menu of a listen', async () => {
  const page = await session.device(demo().server, '/journal');
  await settled(page);
  const found: string[] = [];
  const look = async (what: string) =>
    found.push(...(await violations(page)).map((violation) => `${what}: ${violation}`));
  const over = async (what: string, open: () => Promise<void>) => {
    await open();
    await look(what);
    await page.keyboard.press('Escape');
  };
  await over('search', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(demo().album.title.slice(0, 4));
    await seen(page.getByRole('option'));
  });
  await over('keys', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await seen(keys);
    // All of them at one look.
    if (page.viewportSize()!.width >= DESKTOP.width)
      expect(await keys.locator('.body').evaluate((body) => body.scrollHeight - body.clientHeight)).toBe(0);
  });
  await over('sync', async () => {
    await page.getByRole('button', { name: 'Up to date' }).click();
    await seen(page.getByRole('dialog', { name: 'Sync' }));
  });
  await over('menu', async () => {
    await page.locator('[data-listen]').first().hover();
    await page
      .locator('[data-listen]')
      .first()
      .getByRole('button', { name: /^More about/ })
      .click();
    await seen(page.getByRole('menu'));
  });
  await over('peek', async () => {
    await page.locator('article h3 a').first().click();
    await seen(page.getByRole('button', { name: 'Close' }));
  });
  expect(found).toEqual([]);
});
