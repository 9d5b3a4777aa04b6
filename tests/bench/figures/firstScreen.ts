import { type Bench, median } from '../figure.ts';
import { marked, newDevice } from '../device.ts';

const VISITS = 3;

/** What a browser that was never here loads before it shows something, and how much the page moves under the reader. */
export const firstScreen: Bench = {
  name: 'first-screen',
  async measure(ground) {
    const server = await ground.server();
    const browser = await ground.browser();
    const beforePaint: number[] = [];
    const beforeRows: number[] = [];
    const shifts: number[] = [];
    for (let visit = 0; visit < VISITS; visit += 1) {
      const { context, page } = await newDevice(browser);
      await page.addInitScript(watchShifts);
      await page.goto(`${server.url}/journal`);
      const timings = await marked(page, 'paint', 'titled', 'inStep');
      beforePaint.push(await page.evaluate(scriptBytes, timings.paint!));
      beforeRows.push(await page.evaluate(scriptBytes, timings.titled!));
      shifts.push(await page.evaluate(() => window.benchShift));
      await context.close();
    }
    return [
      {
        what: 'JavaScript before the first screen: asked for before the first rows of the Journal, brotli',
        value: median(beforeRows) / 1000,
        unit: 'KB',
        reach: 200,
        remark: `of it before anything is painted: ${(median(beforePaint) / 1000).toFixed(0)} KB`,
      },
      {
        what: 'Layout shift until everything is replicated (× 1000)',
        value: median(shifts) * 1000,
        unit: '%',
        remark: 'cumulative layout shift; 100 is the usual limit',
      },
    ];
  },
};

declare global {
  interface Window {
    benchShift: number;
  }
}

function watchShifts(): void {
  window.benchShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) window.benchShift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Compressed bytes of all scripts that were asked for before this moment. Runs in the page. */
function scriptBytes(moment: number): number {
  return (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
    .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < moment)
    .reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
}
