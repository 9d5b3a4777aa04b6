import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { Evening } from './setup/house.ts';
import { seen } from './setup/places.ts';

const evening = new Evening();
afterEach(() => evening.close());
afterAll(() => evening.closeBrowser());

const LOGIN = '<html><body>Please log in to the Wi-Fi</body></html>';

/** A Wi-Fi in front of the server that answers what a service worker asks for with its login page, while `asks`. */
async function wifi({ url }: RunningServer) {
  const state = { asks: true, away: false, url: '', answered: 0 };
  const proxy = createServer((incoming, outgoing) => {
    if (state.away) return void incoming.socket.destroy();
    if (state.asks && incoming.headers['sec-fetch-dest'] === 'empty' && !incoming.url!.startsWith('/api/')) {
      state.answered += 1;
      return void outgoing.writeHead(200, { 'content-type': 'text/html' }).end(LOGIN);
    }
    const { pathname, search } = new URL(incoming.url!, url);
    const passed = request(url + pathname + search, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return evening.keep(state, async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
}

test('the login page of a Wi-Fi is never kept as the app, which is kept as soon as the app itself answers', async () => {
  const server = await evening.server();
  const network = await wifi(server);
  const page = await evening.device(server, '/journal', { baseURL: network.url });
  const worker = () => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration && (registration.active ? 'kept' : 'installing');
  });
  while (network.answered === 0 || (await worker()) === 'installing') await page.waitForTimeout(50);
  expect(await worker()).toBeUndefined();
  const keptTexts = () => page.evaluate(async () => {
    const names = await caches.keys();
    const answers = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
    return Promise.all(answers.flat().map((answer) => answer.text()));
  });
  expect((await keptTexts()).filter((text) => text.includes('log in to the Wi-Fi'))).toEqual([]);

  network.asks = false;
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.evaluate(() => navigator.serviceWorker.ready);
  network.away = true;
  await page.reload();
  await seen(page.getByRole('link', { name: 'Journal' }));
});
