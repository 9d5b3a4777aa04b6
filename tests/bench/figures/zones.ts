import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type RunningServer, until } from '#tests/kit/serverProcess.ts';
import { SimulatedCore } from '#tests/simulators/roon/index.ts';
import { type Bench, median, quantile } from '../figure.ts';
import { newDevice, syncWhole } from '../device.ts';
import { cpuMs } from '../processTimes.ts';

const TRACKS = 20;
const ZONES = ['Living room', 'Kitchen', 'Study', 'Bedroom', 'Bath'];
const WATCHED_MS = 20_000;

/** Roon's zones: a track that begins, on the screen of another device; and what five zones that report their position each second cost. */
export const zones: Bench = {
  name: 'zones',
  async measure(ground) {
    const core = await SimulatedCore.start({ approved: true });
    ground.later(() => core.close());
    const server = await ground.server({ ROON_HOST: core.host, ROON_PORT: String(core.port) });
    const { page } = await newDevice(await ground.browser());
    await syncWhole(page, server.url);
    await until(
      'the zones to be followed',
      () => core.connections,
      (connections) => connections > 0,
    );

    const latencies: number[] = [];
    const zone = core.zone(ZONES[0]!);
    for (let number = 0; number < TRACKS; number += 1) {
      const title = `Begins now ${number}`;
      const shown = whenAnnounced(page, title);
      const began = Date.now();
      zone.play({ title, artists: 'Kombinat 7', album: 'Nine Small Engines', length: 3_600 });
      latencies.push((await shown) - began);
      await sleep(300);
    }

    const quiet = await cost(server, page);
    for (const name of ZONES)
      core
        .zone(name)
        .play({ title: `Long piece of ${name}`, artists: 'Kombinat 7', album: 'Nine Small Engines', length: 36_000 });
    core.setSpeed(1);
    await sleep(3_000);
    const seqBefore = await lastSeq(server);
    const sounding = await cost(server, page);
    const written = (await lastSeq(server)) - seqBefore;
    return [
      {
        what: 'A zone event: on the other device’s screen',
        value: median(latencies),
        unit: 'ms',
        reach: 300,
        remark: `median of ${TRACKS}; p95 ${quantile(latencies, 0.95).toFixed(0)} ms`,
      },
      {
        what: 'Five zones reporting their position each second: the server’s share of one processor',
        value: sounding.server,
        unit: '%',
        remark: `${quiet.server.toFixed(1)} % with one zone at rest; documents written meanwhile: ${written}`,
      },
      {
        what: 'The same: an idle page’s share of one processor',
        value: sounding.page,
        unit: '%',
        remark: `${quiet.page.toFixed(1)} % with one zone at rest`,
      },
    ];
  },
};

/** Milliseconds since the epoch at the frame that shows what is playing. */
const whenAnnounced = (page: Page, title: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    for (;;) {
      const isShown = [...document.querySelectorAll('[aria-live="polite"]')].some(({ textContent }) =>
        textContent?.includes(wanted),
      );
      if (isShown) return Date.now();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, title);

/** Shares of a processor that the server and the page's main thread use for a while. */
async function cost(server: RunningServer, page: Page): Promise<{ server: number; page: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busy = async () =>
    (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
  const [serverBefore, pageBefore] = [cpuMs(server.pid), await busy()];
  await sleep(WATCHED_MS);
  const shares = {
    server: ((cpuMs(server.pid) - serverBefore) / WATCHED_MS) * 100,
    page: (((await busy()) - pageBefore) / WATCHED_MS) * 100,
  };
  await session.detach();
  return shares;
}

/** How far the change feed has come, as the event stream says in the id of its first event. */
async function lastSeq(server: RunningServer): Promise<number> {
  const ending = new AbortController();
  const answer = await fetch(`${server.url}/api/v1/sync/stream`, { signal: ending.signal });
  const { value } = await answer.body!.getReader().read();
  ending.abort();
  return Number(/^id: .+:(\d+)$/m.exec(new TextDecoder().decode(value))?.[1]);
}
