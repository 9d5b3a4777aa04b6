import type { Bench } from '../figure.ts';
import { quantile } from '../figure.ts';
import { SIZE } from '../library/inventedLibrary.ts';
import { bundled } from '../page/bundle.ts';
import type { ChartTimes } from '../page/charts.ts';

/** Every chart and top list, over all time, a year and a month, computed in a browser by the code that the pages run. */
export const charts: Bench = {
  name: 'charts',
  async measure(ground) {
    const server = await ground.server();
    const page = await (await ground.browser()).newPage();
    await page.goto(`${server.url}/api/v1/health`);
    await page.addScriptTag({ content: await bundled(new URL('../page/charts.ts', import.meta.url)) });
    const { listens, times }: ChartTimes = await page.evaluate(() => globalThis.benchCharts());
    if (listens !== SIZE.listens) throw new Error(`The page came to ${listens} listens`);
    const slowest = [...times].sort((one, other) => other.ms - one.ms);
    const slowestCharts = slowest.slice(0, 5).map(({ chart, period, ms }) => `${chart}, ${period}: ${ms.toFixed(0)}`);
    return [
      {
        what: 'Any chart or top list, any period, offline: computed (the slowest of all)',
        value: slowest[0]!.ms,
        unit: 'ms',
        reach: 50,
        remark: `${times.length} charts, each from nothing; p95 ${quantile(
          times.map(({ ms }) => ms),
          0.95,
        ).toFixed(0)} ms; ${slowestCharts.join('; ')}`,
      },
    ];
  },
};
