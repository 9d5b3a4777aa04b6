import { expect, test } from 'vitest';
import { demoSession, HAND, open, PARTS, tooWide } from './setup/accessiblePages.ts';
import { violations } from './setup/axe.ts';
import { seen } from './setup/places.ts';

const { session, demo } = demoSession();

const FORCED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, forcedColors: 'active' } as const;

test.each(PARTS)('at 200 % with forced colours nothing of $part runs over', async ({ pages }) => {
  const page = await session.device(demo().server, '/journal', FORCED);
  const found: string[] = [];
  for (const path of pages(demo())) {
    await open(page, path);
    found.push(...[...(await violations(page)), ...(await tooWide(page))].map((flaw) => `${path}: ${flaw}`));
  }
  expect(found).toEqual([]);
});

test('a desktop at 200 % leaves the titles of a record room to be read', async () => {
  const page = await session.device(demo().server, `/album/${demo().album.id}`, {
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
  });
  const titles = page.locator('li.tk .title');
  await seen(titles);
  expect(
    Math.min(...(await titles.evaluateAll((all) => all.map((title) => title.parentElement!.clientWidth)))),
  ).toBeGreaterThan(150);
});

test('a list of records at 200 % leaves their titles room to be read', async () => {
  const page = await session.device(demo().server, '/collection?view=list', {
    viewport: { width: 720, height: 450 },
    deviceScaleFactor: 2,
  });
  const titles = page.locator('[data-album] .ti');
  await seen(titles);
  expect(Math.min(...(await titles.evaluateAll((all) => all.map((title) => title.clientWidth))))).toBeGreaterThan(150);
});

test.each([
  ['a desktop', {}],
  ['a narrow phone', { ...HAND, viewport: { width: 320, height: 640 } }],
])('what a divider says stays on its card on %s', async (_, look) => {
  const page = await session.device(demo().server, '/collection', look);
  for (const path of ['/collection', '/collection?sort=rating']) {
    await open(page, path);
    const names = page.locator('[data-cell] h2');
    await seen(names);
    expect(
      await names.evaluateAll((all) =>
        all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent),
      ),
    ).toEqual([]);
  }
});

test('with forced colours, whether a switch is on can still be seen', async () => {
  const page = await session.device(demo().server, '/settings', FORCED);
  const theSwitch = page.getByRole('switch').first();
  // Until it is known how it stands, it is shown as off and cannot be pressed.
  await seen(theSwitch.and(page.locator(':enabled')));
  const look = async () => ({
    pressed: await theSwitch.getAttribute('aria-checked'),
    picture: await theSwitch.screenshot({ animations: 'disabled' }),
  });
  const before = await look();
  await theSwitch.click();
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await look()).pressed).not.toBe(before.pressed);
  await expect.poll(async () => (await look()).picture.equals(before.picture)).toBe(false);
});
