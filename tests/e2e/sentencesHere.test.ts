import { afterAll, afterEach, expect, test } from 'vitest';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { INSTALL, OFFLINE, patternOf } from './sentences.ts';
import { Between } from './setup/between.ts';
import { TestSession, following, now, untilHeard } from './setup/testSession.ts';
import { listen, seen } from './setup/places.ts';

/** The same of this device: whether AIME works offline here, and how it is installed. */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());

const LANGUAGES = ['en', 'fr'] as const;

/** An English and a French page of their own, opened as `prepare` left them. */
async function inBoth(
  url: string,
  path: string,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
  options: BrowserContextOptions = {},
): Promise<Page[]> {
  return Promise.all(
    LANGUAGES.map(async (locale) => {
      const page = await session.device({ url }, 'about:blank', { locale, ...options });
      await prepare(page);
      await page.goto(url + path);
      return page;
    }),
  );
}

/** A server whose first run is over. */
async function movedIn() {
  const server = await session.server();
  await server.send('PUT', '/household', { firstRunDone: true });
  return server;
}

/** A server that follows a listener and has heard him, behind what the test can hold back and take away. */
async function followed() {
  const lastfm = await session.listener();
  const server = await session.server(following(lastfm));
  await server.send('PUT', '/household', { firstRunDone: true });
  await untilHeard(server);
  const between = session.keep(await Between.start(server), (proxy) => proxy.close());
  const play = (title: string) =>
    lastfm.scrobble({ playedAt: now() - 60, artist: 'Marée Lente', title, album: 'Tidewater Sessions' });
  return { server, between, play };
}

/** A line among those of this device in Settings, by its name in each language. */
const deviceLine = (page: Page, names: readonly string[]): Locator =>
  page
    .locator('section#device .st')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^(?:${names.join('|')})$`) }) });
const offlineRow = (page: Page): Locator => deviceLine(page, ['Offline', 'Hors ligne']);
const offlineLine = (page: Page): Locator => offlineRow(page).locator('.tx > p').first();
const installLine = (page: Page): Locator => deviceLine(page, ['Install AIME', 'Installer AIME']);

/** @param pages an English and a French one, and more in the same turn. */
async function sayOffline(pages: Page[], kind: keyof typeof OFFLINE): Promise<void> {
  await Promise.all(
    pages.map(async (page, at) => {
      const language = LANGUAGES[at % LANGUAGES.length]!;
      await expect
        .poll(() => offlineLine(page).textContent(), { message: `offline ${kind} ${language}` })
        .toMatch(patternOf(OFFLINE[kind], language));
    }),
  );
}
const onAll = (pages: Page[], script: () => unknown): Promise<unknown> =>
  Promise.all(pages.map((page) => page.evaluate(script)));
/** What the browser has of the app lacks one file; a page looks again when the network is said to be there. */
const loseFile = async () => {
  const app = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
  await app.delete((await app.keys()).find(({ url }) => url.includes('icon-512'))!);
};
/** While the page's `room` is false nothing is written: in the browser's place, which goes for half a minute by what it measured before. */
const withRoom = () => {
  Object.assign(globalThis, { room: true });
  const { put, add } = IDBObjectStore.prototype;
  const unlessFull = (write: typeof put) =>
    function (this: IDBObjectStore, ...given: [unknown, IDBValidKey?]) {
      if (!(globalThis as unknown as { room: boolean }).room)
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      return write.apply(this, given);
    };
  Object.assign(IDBObjectStore.prototype, { put: unlessFull(put), add: unlessFull(add) });
};
const lookAgain = () => dispatchEvent(new Event('online'));

test('working offline is said to be as it is, from the first visit on, in both languages', async () => {
  const { between } = await followed();
  // One list is enough: a browser has few connections to an address, and all of them waiting would hold back the files too.
  const [worker, file, pulls] = [/^\/service-worker\.js/, /icon-512/, /\/sync\/albums\/pull/].map((address) =>
    between.hold(address),
  );
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
});

test('that a file of the app is missing is said without a network, and until it was fetched again', async () => {
  const { between } = await followed();
  const pages = await inBoth(between.url, '/settings');
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
});

test('a page that was loaded past the worker says so, until it is loaded as any other', async () => {
  const { between } = await followed();
  const pages = await inBoth(between.url, '/settings');
  await sayOffline(pages, 'works');
  const sessions = await Promise.all(pages.map((page) => page.context().newCDPSession(page)));
  const pastWorker = async (bypass: boolean) => {
    await Promise.all(
      sessions.map((cdp) =>
        cdp.send('Network.enable').then(() => cdp.send('Network.setBypassServiceWorker', { bypass })),
      ),
    );
    await Promise.all(pages.map((page) => page.reload()));
  };
  await pastWorker(true);
  await sayOffline(pages, 'past');
  await pastWorker(false);
  await sayOffline(pages, 'works');
});

test('what of the library cannot be read, or is held for another one, is said on both pages', async () => {
  const { server, between, play } = await followed();
  const pages = await inBoth(between.url, '/settings');
  await sayOffline(pages, 'works');
  let spoiled = new Set<string>();
  const readable = between.change(/\/sync\/albums\/pull/, (json) => {
    const page = json as { documents: { id: string }[] };
    const [first] = page.documents;
    if (first) spoiled.add(first.id);
    return {
      ...page,
      documents: page.documents.map((document) => (spoiled.has(document.id) ? { ...document, title: 7 } : document)),
    };
  });
  play('Low Water');
  await sayOffline(pages, 'unreadable');
  spoiled = new Set();
  readable();
  play('High Water');
  await sayOffline(pages, 'works');

  await server.stop();
  await session.again(server, { AIME_DATA_DIR: `${server.dataDir}-other`, LASTFM_USERNAME: '' });
  await sayOffline(pages, 'held');
  // What the server's absence and another library make the page say on its console.
  session.expectProblems();
});

/** Two pages of a server with a library, an English and a French one, and one more of the English browser, which all say that the app works offline. */
async function wellStocked() {
  const { between, play } = await followed();
  const [english, french] = await inBoth(between.url, '/settings', (page) => page.context().addInitScript(withRoom));
  const second = await english!.context().newPage();
  await second.goto(`${between.url}/settings`);
  const pages = [english!, french!, second];
  await sayOffline(pages, 'works');
  return { between, play, pages };
}

test('that something newer is on its way is said until it is here, also by a page that was opened just now', async () => {
  const { between, play, pages } = await wellStocked();
  const arrive = between.hold(/\/sync\/[a-z]+\/pull/);
  play('Low Water');
  await sayOffline(pages, 'behind');
  arrive();
  await sayOffline(pages, 'works');

  // A new version is known once the server has announced it, and the connection once the stream has sent an event.
  const [releaseStream, releasePull] = [/\/sync\/stream/, /\/sync\/[a-z]+\/pull/].map((address) =>
    between.hold(address),
  );
  await Promise.all(pages.map((page) => page.reload()));
  await sayOffline(pages, 'since');
  releaseStream!();
  await sayOffline(pages, 'behind');
  releasePull!();
  await sayOffline(pages, 'works');
});

test('that the browser gives no more room is said until there is some, and it was tried again', async () => {
  const { play, pages } = await wellStocked();
  const room = (there: boolean) =>
    Promise.all(pages.map((page) => page.evaluate((is) => void Object.assign(globalThis, { room: is }), there)));
  await room(false);
  play('Slack Water');
  await sayOffline(pages, 'full');
  // What the test does to the browser's storage makes the page throw.
  session.expectProblems();
  await room(true);
  for (const page of pages.slice(0, 2)) await offlineRow(page).getByRole('button').click();
  await sayOffline(pages, 'works');
});

test('that the browser has deleted the library is said though nobody touches the page, until it was fetched again', async () => {
  const { between, play, pages } = await wellStocked();
  for (const page of pages.slice(0, 2)) {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Storage.clearDataForOrigin', { origin: between.url, storageTypes: 'indexeddb' });
  }
  await sayOffline(pages, 'lost');
  session.expectProblems();
  for (const page of pages) await offlineRow(page).getByRole('button').click();
  await sayOffline(pages, 'works');
  play('Slack Water');
  await Promise.all(pages.map((page) => page.goto(`${between.url}/journal`)));
  for (const page of pages) for (const title of ['Slack Water', 'Entry Two']) await seen(listen(page, title));
});

test('that the worker cannot be fetched is said until it can', async () => {
  const between = session.keep(await Between.start(await movedIn()), (proxy) => proxy.close());
  const missing = between.rule(({ url: address }) =>
    address!.startsWith('/service-worker.js') ? { status: 404 } : undefined,
  );
  const pages = await inBoth(between.url, '/settings');
  await sayOffline(pages, 'unreachable');
  missing();
  // A page that has come to show the line only now tries by itself besides: then there is nothing to press any more.
  await Promise.all(pages.map((page) => offlineRow(page).evaluate((line) => line.querySelector('button')?.click())));
  await sayOffline(pages, 'works');
  // A worker that is not there makes the page say so on its console.
  session.expectProblems();
});

test('why a browser lets nothing work offline is said where it is so, in both languages', async () => {
  const { url } = await movedIn();
  const refusedWith = (name: string, message: string) => (page: Page) =>
    page.addInitScript(
      ([kind, words]) => {
        ServiceWorkerContainer.prototype.register = () =>
          Promise.reject(new DOMException(`Failed to register a ServiceWorker: ${words}`, kind));
      },
      [name, message] as const,
    );
  const onlyThere = async (kind: keyof typeof OFFLINE, address: string, prepare?: (page: Page) => Promise<unknown>) => {
    const those = await inBoth(address, '/settings', prepare);
    await sayOffline(those, kind);
    for (const page of those) await page.context().close();
  };
  // In the browser's place, which a person would have to set so: what it says then is its own.
  await onlyThere(
    'blocked',
    url,
    refusedWith('NotSupportedError', 'The user denied permission to use Service Worker.'),
  );
  await onlyThere(
    'certificate',
    url,
    refusedWith('SecurityError', 'An SSL certificate error occurred when fetching the script.'),
  );
  await onlyThere('unsupported', url, (page) =>
    page.addInitScript(() => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')),
  );
  await onlyThere('refused', url, (page) =>
    page.addInitScript(() => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined })),
  );
  // The machine itself, by an address that browsers do not take for it.
  await onlyThere('http', `http://0.0.0.0:${new URL(url).port}`);
  // What the browser refuses is said on its console too.
  session.expectProblems();
});

test('a storage that ended under an open page is said to have failed, in both languages', async () => {
  const server = await movedIn();
  const { url } = server;
  const failed = await inBoth(url, '/settings', (page) =>
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
  const server = await movedIn();
  const { url } = server;
  const pages = await inBoth(url, '/settings');
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
  const phones = await inBoth(url, '/settings', undefined, iPhone);
  await sayInstall(phones, 'share');
  for (const page of phones) {
    await page.addInitScript(() => Object.assign(navigator, { standalone: true }));
    await page.reload();
  }
  await sayInstall(phones, 'installed');
});

/** One of the line's texts: its own sentence, or the first of the steps. */
async function sayInstall(pages: Page[], way: keyof typeof INSTALL): Promise<void> {
  await Promise.all(
    pages.map((page, at) => seen(installLine(page).getByText(patternOf(INSTALL[way], LANGUAGES[at]!)))),
  );
}
