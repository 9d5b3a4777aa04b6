import { type Bench, median, quantile } from '../figure.ts';
import { bundled } from '../page/bundle.ts';
import type { KeystrokeTimes } from '../page/keystrokes.ts';

const WORKER = new URL('../../../web/lib/library/search/worker.ts', import.meta.url);

/** Keystrokes into the app's search worker with every name of the library, answered in a browser. */
export const search: Bench = {
  name: 'search',
  async measure(ground) {
    const server = await ground.server();
    const page = await (await ground.browser()).newPage();
    await page.goto(`${server.url}/api/v1/health`);
    await page.addScriptTag({ content: await bundled(new URL('../page/keystrokes.ts', import.meta.url)) });
    const { names, times }: KeystrokeTimes = await page.evaluate(
      (source) => globalThis.benchKeystrokes(source),
      await bundled(WORKER),
    );
    const all = times.map(({ ms }) => ms);
    const [slowest] = [...times].sort((one, other) => other.ms - one.ms);
    return [
      {
        what: 'A search keystroke over all names, accents folded: results at the page (p95)',
        value: quantile(all, 0.95),
        unit: 'ms',
        reach: 50,
        remark: `${all.length} keystrokes over ${names} names; median ${median(all).toFixed(1)} ms; slowest "${slowest!.typed}" ${slowest!.ms.toFixed(0)} ms`,
      },
    ];
  },
};
