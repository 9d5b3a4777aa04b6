import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Page } from 'playwright-core';
import { waitLimitMs } from '#tests/kit/pace.ts';
import { PHONE } from './browser.ts';
import { type DemoHousehold, openDemoHousehold } from './demoHousehold.ts';
import { seen } from './places.ts';
import { TestSession } from './testSession.ts';

/** Opens the demo's household for a test file, with a session whose devices are closed after each test. */
export function demoSession(): { session: TestSession; demo: () => DemoHousehold } {
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
  return { session, demo: () => demo };
}

/** A phone that is held in a hand. */
export const HAND = { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' } as const;

/** Every page, in parts that a test gets through on a slow machine too. */
export const PARTS: { part: string; pages: (demo: DemoHousehold) => string[] }[] = [
  {
    part: 'the library',
    pages: (demo) => [
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

export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await drawn(page);
}

export async function drawn(page: Page): Promise<void> {
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
export async function moved(page: Page): Promise<string[]> {
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

export const paint = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);

/** What runs over the right edge of the window once it is laid out, in words: a window that was just narrowed is laid out a moment later. */
export async function tooWide(page: Page): Promise<string[]> {
  const deadline = Date.now() + waitLimitMs() / 4;
  for (;;) {
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over <= 0) return [];
    if (Date.now() > deadline) return [`${over} px too wide`];
  }
}
