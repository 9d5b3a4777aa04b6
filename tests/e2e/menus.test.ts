import { afterAll, afterEach, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { TestSession, following } from './setup/testSession.ts';
import { seen, settled } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const boxOf = async (locator: Locator) => (await locator.boundingBox())!;

test('an open menu keeps to its button while the page scrolls, and turns upwards where the window ends', async () => {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  const [album] = await until(
    'a record',
    async () => (await server.get<{ items: { id: number }[] }>('/collection/albums?pageSize=1')).items,
    (items) => items.length > 0,
  );
  const page = await session.device(server, `/album/${album!.id}`, { viewport: { width: 1200, height: 700 } });
  await settled(page);
  const button = page.getByRole('button', { name: 'More about this record' }).filter({ visible: true });
  // Room above and below, whatever the record's page holds.
  await page.addStyleTag({ content: 'body { padding: 1200px 0 !important }' });
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await button.click();
  const menu = page.getByRole('menu');
  await seen(menu);

  const [buttonThen, menuThen] = [await boxOf(button), await boxOf(menu)];
  // At the window's edge the menu opens towards its middle.
  const edges = [menuThen.x - buttonThen.x, menuThen.x + menuThen.width - buttonThen.x - buttonThen.width];
  expect(Math.min(...edges.map(Math.abs))).toBeLessThan(1);
  expect(menuThen.y).toBeGreaterThanOrEqual(buttonThen.y + buttonThen.height);
  await page.mouse.wheel(0, 90);
  const moved = await until(
    'the page to have scrolled',
    () => boxOf(button),
    ({ y }) => Math.abs(y - buttonThen.y + 90) < 2,
  );
  const menuNow = await boxOf(menu);
  expect(menuNow.y - moved.y).toBeCloseTo(menuThen.y - buttonThen.y, 0);
  expect(menuNow.x).toBeCloseTo(menuThen.x, 0);

  await button.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await until(
    'the menu above its button',
    async () => [await boxOf(menu), await boxOf(button)] as const,
    ([above, below]) => above.y + above.height <= below.y,
  );
});
