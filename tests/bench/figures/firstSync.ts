import { type Bench, type Figure, median } from '../figure.ts';
import { newDevice, syncWhole } from '../device.ts';

const DEVICES = 3;

/** The first sync into an empty browser, from the address being entered. */
export const firstSync: Bench = {
  name: 'first-sync',
  async measure(ground) {
    const server = await ground.server();
    const browser = await ground.browser();
    const rows: number[] = [];
    const whole: number[] = [];
    for (let device = 0; device < DEVICES; device += 1) {
      const { context, page } = await newDevice(browser);
      const timings = await syncWhole(page, server.url);
      rows.push(timings.titled!);
      whole.push(timings.inStep!);
      await context.close();
    }
    const figure = (what: string, values: number[], reach: number): Figure => ({
      what,
      value: median(values) / 1000,
      unit: 's',
      reach,
      remark: `median of ${DEVICES} devices: ${values.map((ms) => (ms / 1000).toFixed(2)).join(', ')}`,
    });
    return [
      figure('First sync into an empty browser: Journal usable, latest plays with their albums shown', rows, 1),
      figure('First sync into an empty browser: everything replicated', whole, 8),
    ];
  },
};
