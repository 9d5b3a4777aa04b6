import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DESKTOP } from '#tests/e2e/setup/browser.ts';
import { waitLimitMs } from '#tests/kit/pace.ts';
import { SIZE } from './library/inventedLibrary.ts';

/** Moments of a page, in milliseconds since its navigation began. */
export interface Timings {
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
    benchTimings: Timings;
  }
}

/** Notes when things come on screen, within half a frame.Runs in the page, so it may hold no named function: the compiler keeps their names with a helper that the page does not have. */
function watch(): void {
  const timings: Timings = (window.benchTimings = {});
  const looking = setInterval(() => {
    const now = performance.now();
    timings.paint ??= performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    if (document.querySelector('[data-listen]')) timings.row ??= now;
    if (document.querySelector('[data-listen] .nm .cut:not(:has(.wait)):not(:empty)')) timings.titled ??= now;
    const said = [...document.querySelectorAll('.mark + .sr, .mark ~ .sr')].some(
      ({ textContent }) => textContent === 'Up to date',
    );
    if (said) timings.inStep ??= now;
    const isAll = timings.paint !== undefined && timings.titled !== undefined && timings.inStep !== undefined;
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

/** Waits for the noted times; how long it may take is no measure. */
export async function marked(page: Page, ...names: (keyof Timings)[]): Promise<Timings> {
  await page.waitForFunction((wanted) => wanted.every((name) => window.benchTimings[name] !== undefined), names, {
    timeout: waitLimitMs(),
  });
  return page.evaluate(() => window.benchTimings);
}

/** Opens the Journal and waits until this device holds the whole library. */
export async function syncWhole(page: Page, url: string): Promise<Timings> {
  await page.goto(`${url}/journal`);
  const timings = await marked(page, 'row', 'titled', 'inStep');
  const counted = SIZE.listens.toLocaleString('en');
  await page.getByText(counted).first().waitFor({ timeout: 60_000 });
  return timings;
}
