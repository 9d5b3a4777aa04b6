import { afterAll, afterEach, expect, test } from 'vitest';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { until } from '#tests/kit/serverProcess.ts';
import { INSTALL, OFFLINE, patternOf } from './sentences.ts';
import { Between } from './setup/between.ts';
import { Evening, following, now } from './setup/house.ts';
import { seen } from './setup/places.ts';

/** The same of this device: whether AIME works offline here, and how it is installed. */
const evening = new Evening();
afterEach(() => evening.close());
afterAll(() => evening.closeBrowser());

const LANGUAGES = ['en', 'fr'] as const;

/** An English and a French page of their own, opened as `prepare` left them. */
async function inBoth(url: string, path: string, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(), options: BrowserContextOptions = {}): Promise<Page[]> {
  return Promise.all(LANGUAGES.map(async (locale) => {
    const page = await evening.device({ url }, 'about:blank', { locale, ...options });
    await prepare(page);
    await page.goto(url + path);
    return page;
  }));
}

/** A line among those of this device in Settings, by its name in each language. */
const deviceLine = (page: Page, names: readonly string[]): Locator => page.locator('section#device .st').filter({ has: page.getByRole('heading', { name: new RegExp(`^(?:${names.join('|')})$`) }) });
const offlineLine = (page: Page): Locator => deviceLine(page, ['Without a network', 'Sans réseau']).locator('.tx > p').first();
const installLine = (page: Page): Locator => deviceLine(page, ['Install AIME', 'Installer AIME']);

async function sayOffline(pages: Page[], kind: keyof typeof OFFLINE): Promise<void> {
  await Promise.all(pages.map((page, at) => expect.poll(() => offlineLine(page).textContent(), { message: `offline ${kind} ${LANGUAGES[at]}` }).toMatch(patternOf(OFFLINE[kind], LANGUAGES[at]!))));
}
const onAll = (pages: Page[], script: () => unknown): Promise<unknown> => Promise.all(pages.map((page) => page.evaluate(script)));
/** What the browser has of the app lacks one file; a page looks again when the network is said to be there. */
const loseFile = async () => {
  const app = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
  await app.delete((await app.keys()).find(({ url }) => url.includes('icon-512'))!);
};
const lookAgain = () => dispatchEvent(new Event('online'));

test('working offline is said to be as it is, from the first visit on, in both languages', async () => {
  const lastfm = await evening.listener();
  const server = await evening.server(following(lastfm));
  await server.send('PUT', '/household', { firstRunDone: true });
  await until('the library', () => server.get<{ listens: number }>('/counts'), ({ listens }) => listens > 0);
  const between = evening.keep(await Between.start(server), (proxy) => proxy.close());
  const play = (title: string) => lastfm.scrobble({ playedAt: now() - 60, artist: 'Marée Lente', title, album: 'Tidewater Sessions' });

  // One list is enough: a browser has few connections to an address, and all of them waiting would hold back the files too.
  const [worker, file, pulls] = [/^\/service-worker\.js/, /icon-512/, /\/sync\/albums\/pull/].map((address) => between.hold(address));
  const pages = await inBoth(between.url, '/settings');
  await sayOffline(pages, 'starting');
  worker!();
  await sayOffline(pages, 'files');
  file!();
  await sayOffline(pages, 'arriving');
  between.away(true);
  await sayOffline(pages, 'incomplete');
  between.away(false);
  pulls!();
  await sayOffline(pages, 'works');

  between.away(true);
  await sayOffline(pages, 'since');
  await onAll(pages, loseFile);
  await onAll(pages, lookAgain);
  await sayOffline(pages, 'torn');
  between.away(false);
  await onAll(pages, lookAgain);
  await sayOffline(pages, 'works');
  await onAll(pages, loseFile);
  const mended = between.hold(/icon-512/);
  await Promise.all(pages.map((page) => page.reload()));
  await sayOffline(pages, 'checking');
  mended();
  await sayOffline(pages, 'works');

  const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  const pastWorker = async (bypass: boolean) => {
    await Promise.all(sessions.map((session) => session.send('Network.enable').then(() => session.send('Network.setBypassServiceWorker', { bypass }))));
    await Promise.all(pages.map((page) => page.reload()));
  };
  await pastWorker(true);
  await sayOffline(pages, 'past');
  await pastWorker(false);
  await sayOffline(pages, 'works');

  let spoiled = new Set<string>();
  const readable = between.change(/\/sync\/albums\/pull/, (json) => {
    const page = json as { documents: { id: string }[] };
    const [first] = page.documents;
    if (first) spoiled.add(first.id);
    return { ...page, documents: page.documents.map((document) => (spoiled.has(document.id) ? { ...document, title: 7 } : document)) };
  });
  play('Low Water');
  await sayOffline(pages, 'unreadable');
  spoiled = new Set();
  readable();
  play('High Water');
  await sayOffline(pages, 'works');

  await server.stop();
  await evening.again(server, { AIME_DATA_DIR: `${server.dataDir}-other`, LASTFM_USERNAME: '' });
  await sayOffline(pages, 'held');
  // What the test does to the browser's storage makes the page throw.
  evening.expectProblems();
});

test('why AIME does not work offline here, and how it is installed, is said where it is so, in both languages', async () => {
  const server = await evening.server();
  await server.send('PUT', '/household', { firstRunDone: true });
  const between = evening.keep(await Between.start(server), (proxy) => proxy.close());
  const { url } = between;

  const missing = between.rule(({ url: address }) => (address!.startsWith('/service-worker.js') ? { status: 404 } : undefined));
  const pages = await inBoth(url, '/settings');
  await sayOffline(pages, 'unreachable');
  missing();
  await Promise.all(pages.map((page) => deviceLine(page, ['Without a network', 'Sans réseau']).getByRole('button').click()));
  await sayOffline(pages, 'works');

  // Installing: nothing stands where the browser does not offer it.
  expect(await Promise.all(pages.map((page) => installLine(page).count()))).toEqual([0, 0]);
  await onAll(pages, () => dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt: () => Promise.resolve({ outcome: 'accepted' }) })));
  await sayInstall(pages, 'prompt');
  await Promise.all(pages.map((page) => installLine(page).getByRole('button').click()));
  // What was offered can be taken once.
  for (const page of pages) await installLine(page).waitFor({ state: 'detached' });
  await onAll(pages, () => dispatchEvent(new Event('appinstalled')));
  await sayInstall(pages, 'installed');

  const refusedWith = (name: string, message: string) => (page: Page) =>
    page.addInitScript(([kind, words]) => {
      ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException(`Failed to register a ServiceWorker: ${words}`, kind));
    }, [name, message] as const);
  const onlyThere = async (kind: keyof typeof OFFLINE, address: string, prepare?: (page: Page) => Promise<unknown>) => {
    const those = await inBoth(address, '/settings', prepare);
    await sayOffline(those, kind);
    for (const page of those) await page.context().close();
  };
  // In the browser's place, which a person would have to set so: what it says then is its own.
  await onlyThere('blocked', url, refusedWith('NotSupportedError', 'The user denied permission to use Service Worker.'));
  await onlyThere('certificate', url, refusedWith('SecurityError', 'An SSL certificate error occurred when fetching the script.'));
  await onlyThere('unsupported', url, (page) => page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')));
  await onlyThere('refused', url, (page) => page.addInitScript(() => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined })));
  // The machine itself, by an address that browsers do not take for it.
  await onlyThere('http', `http://0.0.0.0:${between.port}`);

  const failed = await inBoth(url, '/settings', (page) => page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    const held: IDBDatabase[] = [];
    let isOver = false;
    Object.assign(globalThis, { endStorage: () => {
      isOver = true;
      for (const connection of held) {
        connection.close();
        connection.dispatchEvent(new Event('close'));
      }
    } });
    IDBFactory.prototype.open = function (this: IDBFactory, ...given: [string, number?]) {
      if (isOver) throw new DOMException('No access', 'UnknownError');
      const request = open.apply(this, given);
      request.addEventListener('success', () => held.push(request.result));
      return request;
    };
  }));
  await sayOffline(failed, 'works');
  await onAll(failed, () => (globalThis as unknown as { endStorage(): void }).endStorage());
  await server.send('PUT', '/settings', { 'retention.days': 400 });
  await sayOffline(failed, 'failed');

  const iPhone = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1', hasTouch: true };
  const phones = await inBoth(url, '/settings', undefined, iPhone);
  await sayInstall(phones, 'share');
  for (const page of phones) {
    await page.addInitScript(() => Object.assign(navigator, { standalone: true }));
    await page.reload();
  }
  await sayInstall(phones, 'installed');
  evening.expectProblems();
});

/** One of the line's texts: its own sentence, or the first of the steps. */
async function sayInstall(pages: Page[], way: keyof typeof INSTALL): Promise<void> {
  await Promise.all(pages.map((page, at) => seen(installLine(page).getByText(patternOf(INSTALL[way], LANGUAGES[at]!)))));
}
