import { openProfile } from '#tests/e2e/setup/browser.ts';
import { type Bench, median } from '../figure.ts';
import { marked, syncWhole, watchPages } from '../device.ts';

const OPENINGS = 5;

/** The installed app opened with the server gone, each time by a browser that was just started. */
export const offlineOpening: Bench = {
  name: 'offline-opening',
  async measure(ground) {
    const server = await ground.server();
    const profile = ground.folder();
    const first = await openProfile(profile);
    await watchPages(first);
    const page = first.pages()[0] ?? (await first.newPage());
    await syncWhole(page, server.url);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    await marked(page, 'titled', 'inStep');
    await first.close();
    await server.stop();

    const rows: number[] = [];
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      const context = await openProfile(profile);
      await watchPages(context);
      const opened = context.pages()[0] ?? (await context.newPage());
      await opened.goto(`${server.url}/journal`);
      rows.push((await marked(opened, 'titled')).titled!);
      await context.close();
    }
    return [
      {
        what: 'Opening the installed app offline: first rows of the Journal',
        value: median(rows) / 1000,
        unit: 's',
        reach: 0.5,
        remark: `median of ${OPENINGS} cold starts of the browser: ${rows.map((ms) => (ms / 1000).toFixed(2)).join(', ')}`,
      },
    ];
  },
};
