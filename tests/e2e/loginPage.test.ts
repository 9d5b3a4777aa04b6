import { afterAll, afterEach, expect, test } from 'vitest';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { Between } from './setup/between.ts';
import { TestSession } from './setup/testSession.ts';
import { seen } from './setup/places.ts';

const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const LOGIN = '<html><body>Please log in to the Wi-Fi</body></html>';

/** A Wi-Fi in front of the server that answers what a service worker asks for with its login page, until `end` is called. */
async function wifi(server: RunningServer) {
  const between = session.keep(await Between.start(server), (proxy) => proxy.close());
  const state = { between, answered: 0, end: () => undefined as void };
  state.end = between.rule(({ url, headers }) => {
    if (headers['sec-fetch-dest'] !== 'empty' || url!.startsWith('/api/')) return undefined;
    state.answered += 1;
    return { status: 200, headers: { 'content-type': 'text/html' }, body: LOGIN };
  });
  return state;
}

test('the login page of a Wi-Fi is never cached as the app, which is cached as soon as the app itself answers', async () => {
  const server = await session.server();
  const network = await wifi(server);
  const page = await session.device(server, '/journal', { baseURL: network.between.url });
  const worker = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration && (registration.active ? 'cached' : 'installing');
    });
  while (network.answered === 0 || (await worker()) === 'installing') await page.waitForTimeout(50);
  expect(await worker()).toBeUndefined();
  const cachedTexts = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const answers = await Promise.all(names.map(async (name) => (await caches.open(name)).matchAll()));
      return Promise.all(answers.flat().map((answer) => answer.text()));
    });
  expect((await cachedTexts()).filter((text) => text.includes('log in to the Wi-Fi'))).toEqual([]);

  network.end();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.evaluate(() => navigator.serviceWorker.ready);
  network.between.away(true);
  await page.reload();
  await seen(page.getByRole('link', { name: 'Journal' }));
});
