import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { inventLibrary } from '../library/inventedLibrary.ts';
import { type Bench, median, quantile } from '../figure.ts';
import { newDevice, syncWhole } from '../device.ts';

const PLAYS = 20;
const QUIET_MS = 1_500;

/** A play on Last.fm, from the answer that reports it to the server to the screens of two devices; and what it costs one of them. */
export const live: Bench = {
  name: 'live',
  async measure(ground) {
    const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'bench' });
    ground.later(() => lastfm.close());
    const server = await ground.server({
      LASTFM_URL: lastfm.url,
      LASTFM_API_KEY: 'key',
      LASTFM_USERNAME: 'bench',
      LASTFM_POLL_SECONDS: '1',
      LASTFM_REQUESTS_PER_MINUTE: '60000',
    });
    const browser = await ground.browser();
    const pages: Page[] = [];
    for (let device = 0; device < 2; device += 1) {
      const { page } = await newDevice(browser);
      await syncWhole(page, server.url);
      pages.push(page);
    }
    const traffic = await countTraffic(pages[1]!);
    await sleep(QUIET_MS);

    const { albums } = inventLibrary();
    const latencies: number[] = [];
    const bytes: number[] = [];
    for (let number = 0; number < PLAYS; number += 1) {
      const { artist, title: album, tracks } = albums[number * 5]!;
      const before = traffic();
      const title = tracks[number % tracks.length]!.title;
      const shown = pages.map((page) => whenShown(page, title));
      const playedAt = Math.floor(Date.now() / 1000) - 60;
      lastfm.scrobble({ playedAt, artist, album, title });
      const made = Date.now();
      const { at: answered } = (await until(
        'the poll',
        () => lastfm.requests.find((request) => request.at >= made && reportsPlay(request.query, playedAt)),
        (request) => request !== undefined,
      )) ?? { at: Number.NaN };
      latencies.push(...(await Promise.all(shown)).map((moment) => moment - answered));
      await sleep(QUIET_MS);
      bytes.push(traffic() - before);
    }
    return [
      {
        what: 'A play that the server learns of: visible on another open device',
        value: median(latencies),
        unit: 'ms',
        reach: 300,
        remark: `median of ${latencies.length}; p95 ${quantile(latencies, 0.95).toFixed(0)} ms, from the answer of Last.fm`,
      },
      {
        what: 'Traffic for one new listen to one device, compressed',
        value: median(bytes) / 1000,
        unit: 'KB',
        reach: 5,
        remark: `median of ${PLAYS}; most ${(Math.max(...bytes) / 1000).toFixed(1)} KB; bodies and headers, the event stream included`,
      },
    ];
  },
};

const reportsPlay = (query: URLSearchParams, playedAt: number): boolean =>
  query.get('method')?.toLowerCase() === 'user.getrecenttracks' &&
  Number(query.get('from') ?? 0) <= playedAt &&
  Number(query.get('to') ?? Infinity) > playedAt;

/** Milliseconds since the epoch at the frame that shows a listen of this title at the top. */
const whenShown = (page: Page, title: string): Promise<number> =>
  page.evaluate(async (wanted) => {
    for (;;) {
      const shown = [...document.querySelectorAll('[data-listen] .nm .cut')]
        .slice(0, 12)
        .some(({ textContent }) => textContent?.trim() === wanted);
      if (shown) return Date.now();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, title);

/** Counts what the page receives over the network. @returns how many bytes it is so far. */
async function countTraffic(page: Page): Promise<() => number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const streamed = new Map<string, number>();
  const ended = new Map<string, number>();
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    streamed.set(requestId, (streamed.get(requestId) ?? 0) + encodedDataLength),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => ended.set(requestId, encodedDataLength));
  await session.send('Network.enable');
  return () => {
    let bytes = 0;
    for (const [request, length] of ended) bytes += Math.max(length, streamed.get(request) ?? 0);
    for (const [request, length] of streamed) if (!ended.has(request)) bytes += length;
    return bytes;
  };
}
