import { afterAll, afterEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import type { OFFLINE } from './sentences/offline.ts';
import { Between } from './setup/between.ts';
import { BothLanguages, installLine, onAll, sayInstall, sayOffline } from './setup/bothLanguages.ts';
import { TestSession } from './setup/testSession.ts';

/** What Settings says of working offline and of installing, as far as it hangs on the browser. */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());
const both = new BothLanguages(session);

const refusedWith = (name: string, message: string) => (page: Page) =>
  page.addInitScript(
    ([kind, message]) => {
      ServiceWorkerContainer.prototype.register = () =>
        Promise.reject(new DOMException(`Failed to register a ServiceWorker: ${message}`, kind));
    },
    [name, message] as const,
  );

interface Reason {
  kind: keyof typeof OFFLINE;
  /** The page's address, from the server's. */
  at?: (url: string) => string;
  prepare?: (page: Page) => Promise<unknown>;
}
/** Simulated in the page, where a person would have to set the browser so. */
const REASONS: Reason[] = [
  {
    kind: 'blocked',
    prepare: refusedWith('NotSupportedError', 'The user denied permission to use Service Worker.'),
  },
  {
    kind: 'certificate',
    prepare: refusedWith('SecurityError', 'An SSL certificate error occurred when fetching the script.'),
  },
  {
    kind: 'unsupported',
    prepare: (page) => page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')),
  },
  {
    kind: 'refused',
    prepare: (page) =>
      page.addInitScript(() => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined })),
  },
  // The machine itself, by an address that browsers do not take for it; the proxy asks the server by its own.
  { kind: 'http', at: (url) => `http://0.0.0.0:${new URL(url).port}` },
];

test.each(REASONS)(
  'why a browser lets nothing work offline is said where it is so, in both languages: $kind',
  async ({ kind, at = (url) => url, prepare }) => {
    const { url } = session.keep(await Between.start(await both.readyServer()), (proxy) => proxy.close());
    await sayOffline(await both.inBoth(at(url), '/settings', prepare), kind);
    // What the browser refuses is said on its console too.
    session.expectProblems();
  },
);

test('a storage that ended under an open page is said to have failed, in both languages', async () => {
  const server = await both.readyServer();
  const { url } = server;
  const failed = await both.inBoth(url, '/settings', (page) =>
    page.addInitScript(() => {
      const { open } = IDBFactory.prototype;
      const held: IDBDatabase[] = [];
      let isOver = false;
      Object.assign(globalThis, {
        endStorage: () => {
          isOver = true;
          for (const connection of held) {
            connection.close();
            connection.dispatchEvent(new Event('close'));
          }
        },
      });
      IDBFactory.prototype.open = function (this: IDBFactory, ...given: [string, number?]) {
        if (isOver) throw new DOMException('No access', 'UnknownError');
        const request = open.apply(this, given);
        request.addEventListener('success', () => held.push(request.result));
        return request;
      };
    }),
  );
  await sayOffline(failed, 'works');
  await onAll(failed, () => (globalThis as unknown as { endStorage(): void }).endStorage());
  await server.send('PUT', '/settings', { 'retention.days': 400 });
  await sayOffline(failed, 'failed');

  session.expectProblems();
});

test('how AIME is installed is said where it can be, in both languages', async () => {
  const server = await both.readyServer();
  const { url } = server;
  const pages = await both.inBoth(url, '/settings');
  await sayOffline(pages, 'works');

  // Installing: nothing stands where the browser does not offer it.
  expect(await Promise.all(pages.map((page) => installLine(page).count()))).toEqual([0, 0]);
  await onAll(pages, () =>
    dispatchEvent(
      Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
        prompt: () => Promise.resolve({ outcome: 'accepted' }),
      }),
    ),
  );
  await sayInstall(pages, 'prompt');
  await Promise.all(pages.map((page) => installLine(page).getByRole('button').click()));
  // What was offered can be taken once.
  for (const page of pages) await installLine(page).waitFor({ state: 'detached' });
  await onAll(pages, () => dispatchEvent(new Event('appinstalled')));
  await sayInstall(pages, 'installed');
  await Promise.all(pages.map((page) => page.reload()));
  await sayOffline(pages, 'works');
  expect(await Promise.all(pages.map((page) => installLine(page).count()))).toEqual([0, 0]);
  // The window of an installed app: in the browser's place, which opens one for an app alone that it has installed.
  await Promise.all(
    pages.map(async (page) => {
      await page.addInitScript(() => {
        const ask = matchMedia.bind(globalThis);
        globalThis.matchMedia = (query) =>
          query.includes('display-mode: standalone')
            ? Object.defineProperty(ask(query), 'matches', { value: true })
            : ask(query);
      });
      await page.reload();
    }),
  );
  await sayInstall(pages, 'installed');

  const iPhone = {
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    hasTouch: true,
  };
  const phones = await both.inBoth(url, '/settings', undefined, iPhone);
  await sayInstall(phones, 'share');
  for (const page of phones) {
    await page.addInitScript(() => Object.assign(navigator, { standalone: true }));
    await page.reload();
  }
  await sayInstall(phones, 'installed');
});
