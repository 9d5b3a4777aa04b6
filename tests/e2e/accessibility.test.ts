import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { waitLimitMs } from '#tests/kit/pace.ts';
import { violations } from './setup/axe.ts';
import { DESKTOP, PHONE } from './setup/browser.ts';
import { type DemoHousehold, openDemoHousehold } from './setup/demoHousehold.ts';
import { TestSession } from './setup/testSession.ts';
import { seen, settled } from './setup/places.ts';

const session = new TestSession();
let demo: DemoHousehold;
beforeAll(async () => {
  demo = await openDemoHousehold(120);
});
afterEach(() => session.close());
afterAll(async () => {
  await session.closeBrowser();
  await demo.close();
});

/** Every page, in parts that a test gets through on a slow machine too. */
const PARTS: { part: string; pages: () => string[] }[] = [
  {
    part: 'the library',
    pages: () => [
      '/collection',
      '/collection?view=list',
      `/album/${demo.album.id}`,
      `/artist/${demo.album.artists[0]?.id}`,
    ],
  },
  { part: 'what was heard', pages: () => ['/journal', '/timeline', '/playlists', '/analytics'] },
  // The last is nowhere, and cannot even be read.
  { part: 'settings', pages: () => ['/settings', '/welcome', '/album/%zz'] },
];

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await drawn(page);
}

async function drawn(page: Page): Promise<void> {
  await seen(page.locator('main h1'));
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
}

/** Most that a page may move while it opens, of its window: what is read stays where it is. */
const MOST_MOVED = 0.02;

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  sources: { node: Element | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

/** How far the page moved by itself since it was opened (https://web.dev/articles/cls), in words where that is too far: what moved, from where to where. */
async function moved(page: Page): Promise<string[]> {
  const { sum, what } = await page.evaluate(
    () =>
      new Promise<{ sum: number; what: string[] }>((resolve) => {
        const all: Shift[] = [];
        const observer = new PerformanceObserver(
          (list) => void all.push(...(list.getEntries() as Shift[]).filter((shift) => !shift.hadRecentInput)),
        );
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(
          () =>
            resolve({
              sum: all.reduce((total, { value }) => total + value, 0),
              what: all.flatMap(({ sources }) =>
                sources.map(
                  ({ node, previousRect: from, currentRect: to }) =>
                    `${node?.nodeName.toLowerCase()}.${node?.className} ${from.x},${from.y} ${from.width}×${from.height} → ${to.x},${to.y} ${to.width}×${to.height}`,
                ),
              ),
            }),
          50,
        );
      }),
  );
  return sum > MOST_MOVED ? [`moves by ${sum.toFixed(3)} while it opens (${what.join(' | ')})`] : [];
}

const paint = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);

/** What runs over the right edge of the window once it is laid out, in words: a window that was just narrowed is laid out a moment later. */
async function tooWide(page: Page): Promise<string[]> {
  const deadline = Date.now() + waitLimitMs() / 4;
  for (;;) {
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over <= 0) return [];
    if (Date.now() > deadline) return [`${over} px too wide`];
  }
}

describe.each(['en', 'fr'])('in %s', (locale) => {
  test.each(PARTS)(
    'no page of $part has a serious flaw in light or dark on a desktop, nor runs over a narrow window',
    async ({ pages }) => {
      const page = await session.device(demo.server, '/journal', { locale });
      const found: string[] = [];
      for (const path of pages()) {
        await open(page, path);
        found.push(...(await moved(page)).map((flaw) => `${path}: ${flaw}`));
        for (const theme of ['light', 'dark'] as const) {
          await paint(page, theme);
          found.push(...(await violations(page)).map((violation) => `${path} ${theme}: ${violation}`));
        }
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
  const page = await session.device(demo.server, '/journal');
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
    await page.getByRole('combobox').fill(demo.album.title.slice(0, 4));
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

const HAND = { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' } as const;

test('a phone has its bottom bar', async () => {
  const phone = await session.device(demo.server, '/journal', HAND);
  const bar = phone.getByRole('navigation', { name: 'Main' });
  await seen(bar);
  expect(await bar.getByRole('link').allTextContents()).toEqual([
    'Collection',
    'Journal',
    'Timeline',
    'Playlists',
    'Analytics',
  ]);
});

test('a phone never shows a number of records to search that is not all of them', async () => {
  const phone = await session.device(demo.server, '/journal', HAND);
  await settled(phone);
  const { total } = await demo.server.get<{ total: number }>('/collection/albums?pageSize=1');
  await phone.addInitScript(() => {
    const reported = ((globalThis as { reported?: string[] }).reported = []) as string[];
    new MutationObserver(() => {
      const words = document.querySelector('.player-bar .sf')?.textContent?.trim();
      if (words && reported.at(-1) !== words) reported.push(words);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await phone.reload();
  await seen(phone.getByRole('region', { name: 'Now playing' }));
  const reported = (await phone.evaluate(() => (globalThis as { reported?: string[] }).reported))!;
  expect(
    reported.filter((words) => words !== 'Search' && Number.parseInt(words.replace(/\D+/, ''), 10) < total),
  ).toEqual([]);
});

test.each(PARTS)('on a phone no page of $part has a serious flaw', async ({ pages }) => {
  const phone = await session.device(demo.server, '/journal', HAND);
  const found: string[] = [];
  for (const path of pages()) {
    await open(phone, path);
    found.push(...[...(await moved(phone)), ...(await violations(phone))].map((flaw) => `${path}: ${flaw}`));
  }
  expect(found).toEqual([]);
});

test('on a phone, what Settings learns late moves nothing that is read below it', async () => {
  const phone = await session.device(demo.server, '/nowhere', { ...HAND, locale: 'fr' });
  await phone.route('**/services/enrichment/status', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { upstreams: object[] };
    await new Promise((later) => setTimeout(later, 500));
    // Everything may have been found by now: a line is there all the same.
    const [first, ...rest] = body.upstreams;
    await route.fulfill({
      response,
      json: {
        ...body,
        upstreams: [{ ...first, state: 'working', waiting: 3, kinds: { 'album-covers': 3 }, secondsLeft: 90 }, ...rest],
      },
    });
  });
  const reported = phone.waitForResponse('**/services/enrichment/status');
  await phone.goto('/settings');
  await reported;
  await seen(phone.getByText(/^Encore à chercher/));
  await drawn(phone);
  expect(await moved(phone)).toEqual([]);
  // Asked again and again: one that is on its way still is nobody's any more.
  await phone.unrouteAll({ behavior: 'ignoreErrors' });
});

test.each([
  ['a desktop', {}],
  ['a phone', HAND],
])('on %s a run of the Journal is as high before its names are known', async (_, look) => {
  const page = await session.device(demo.server, '/journal', look);
  const head = page.locator('article .hd');
  await seen(head.locator('bdi'));
  const { known, unknown } = await head.first().evaluate((one) => {
    const known = one.clientHeight;
    one.querySelector('h3 + span')!.replaceChildren();
    return { known, unknown: one.clientHeight };
  });
  expect(unknown).toBe(known);
});

const FORCED = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2, forcedColors: 'active' } as const;

test.each(PARTS)('at 200 % with forced colours nothing of $part runs over', async ({ pages }) => {
  const page = await session.device(demo.server, '/journal', FORCED);
  const found: string[] = [];
  for (const path of pages()) {
    await open(page, path);
    found.push(...[...(await violations(page)), ...(await tooWide(page))].map((flaw) => `${path}: ${flaw}`));
  }
  expect(found).toEqual([]);
});

test('a desktop at 200 % leaves the titles of a record room to be read', async () => {
  const page = await session.device(demo.server, `/album/${demo.album.id}`, {
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
  const page = await session.device(demo.server, '/collection?view=list', {
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
  const page = await session.device(demo.server, '/collection', look);
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
  const page = await session.device(demo.server, '/settings', FORCED);
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
