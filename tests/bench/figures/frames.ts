import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Bench, median } from '../figure.ts';
import { newDevice, syncWhole } from '../device.ts';

const TURNS = 60;
const PERIODS = ['Year', 'All time', '7 days', 'Month'];

/** What a hand feels on a device that holds everything: ten thousand covers under the wheel, and another period in Analytics. */
export const frames: Bench = {
  name: 'frames',
  async measure(ground) {
    const server = await ground.server();
    const browser = await ground.browser();
    const { page } = await newDevice(browser);
    await page.addInitScript(watchLongFrames);
    await syncWhole(page, server.url);

    await page.goto(`${server.url}/collection`);
    await page.locator('main img').first().waitFor();
    await sleep(2_000);
    await page.evaluate(() => void (window.benchLongFrames = []));
    await page.mouse.move(700, 500);
    for (let turn = 0; turn < TURNS; turn += 1) {
      await page.mouse.wheel(0, turn % 10 === 9 ? 40_000 : 900);
      await sleep(40);
    }
    await sleep(500);
    const long = await page.evaluate(() => window.benchLongFrames);
    const scrolled = await page.evaluate(() => scrollY);

    await page.goto(`${server.url}/analytics`);
    await page.locator('main p').first().waitFor();
    await sleep(3_000);
    const repaints: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const name of PERIODS) {
        repaints.push(await repaint(page, name));
        await sleep(1_500);
      }
    }
    return [
      {
        what: 'Scrolling 10,000 covers by wheel and by leaps: the longest frame',
        value: Math.max(0, ...long),
        unit: 'ms',
        reach: 50,
        remark: `${long.length} frames above 50 ms in ${TURNS} turns of the wheel over ${Math.round(scrolled / 1_000)},000 px`,
      },
      {
        what: 'Another period in Analytics over 300,000 listens: its title and lead repainted',
        value: median(repaints),
        unit: 'ms',
        reach: 34,
        remark: `median of ${repaints.length} between seven days, month, year and always; slowest ${Math.max(...repaints).toFixed(0)} ms; two frames are 33 ms`,
      },
    ];
  },
};

declare global {
  interface Window {
    /** Milliseconds of each frame above 50 ms. */
    benchLongFrames: number[];
  }
}

function watchLongFrames(): void {
  window.benchLongFrames = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.benchLongFrames.push(duration);
  }).observe({ type: 'long-animation-frame', buffered: false });
}

/** @returns milliseconds from the press to the frame that shows the other period. */
const repaint = (page: Page, name: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    const button = [...document.querySelectorAll<HTMLButtonElement>('main [role=group] button')].find(
      ({ textContent }) => textContent.trim() === wanted,
    );
    if (!button) throw new Error(`There is no period ${wanted}`);
    const title = document.querySelector('main h1')?.textContent;
    const began = performance.now();
    button.click();
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      // The callbacks of a frame run before it is painted: what this one finds is what it shows.
      if (document.querySelector('main h1')?.textContent !== title) return performance.now() - began;
      if (performance.now() - began > 5_000) throw new Error(`The period ${wanted} never came`);
    }
  }, name);
