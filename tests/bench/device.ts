import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DESKTOP } from '#tests/e2e/setup/browser.ts';
import { waitLimitMs } from '#tests/kit/pace.ts';
import { SIZE } from './house/house.ts';

/** Moments of a page, in milliseconds since its navigation began. */
export interface Marks {
  /** The page painted something. */
  paint?: number;
  /** A listen stood in the Journal. */
  row?: number;
  /** … with the title that its album's document knows. */
  titled?: number;
  /** The sync mark said that this device holds everything. */
  inStep?: number;
}

declare global {
  interface Window {
    benchMarks: Marks;
  }
}

/** Notes when things come on screen, within half a frame. Runs in the page, so it may hold no named function: their names would be kept by a call that is not there. */
function watch(): void {
  const marks: Marks = (window.benchMarks = {});
  const looking = setInterval(() => {
    const now = performance.now();
    marks.paint ??= performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    if (document.querySelector('[data-listen]')) marks.row ??= now;
    if (document.querySelector('[data-listen] .nm .cut:not(:has(.wait)):not(:empty)')) marks.titled ??= now;
    const said = [...document.querySelectorAll('.mark + .sr, .mark ~ .sr')].some(
      ({ textContent }) => textContent === 'Up to date',
    );
    if (said) marks.inStep ??= now;
    const isAll = marks.paint !== undefined && marks.titled !== undefined && marks.inStep !== undefined;
    if (isAll) clearInterval(looking);
  }, 8);
}

/** A device of its own: nothing stored, a page that notes what it shows. */
export async function newDevice(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en', timezoneId: 'Europe/Zurich' });
  await watchPages(context);
  return { context, page: await context.newPage() };
}

export const watchPages = (context: BrowserContext): Promise<unknown> => context.addInitScript(watch);

/** Waits for marks; how long it may take is no measure. */
export async function marked(page: Page, ...names: (keyof Marks)[]): Promise<Marks> {
  await page.waitForFunction((wanted) => wanted.every((name) => window.benchMarks[name] !== undefined), names, {
    timeout: waitLimitMs(),
  });
  return page.evaluate(() => window.benchMarks);
}

/** Opens the Journal and waits until this device holds the whole library. */
export async function syncWhole(page: Page, url: string): Promise<Marks> {
  await page.goto(`${url}/journal`);
  const marks = await marked(page, 'row', 'titled', 'inStep');
  const counted = SIZE.listens.toLocaleString('en');
  await page.getByText(counted).first().waitFor({ timeout: 60_000 });
  return marks;
}
