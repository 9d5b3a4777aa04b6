import { afterAll, afterEach, test } from 'vitest';
import { BothLanguages, offlineRow, sayOffline } from './setup/bothLanguages.ts';
import { listen, seen } from './setup/places.ts';
import { TestSession } from './setup/testSession.ts';

/** What Settings says of working offline, as far as it hangs on the library on this device. */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());
const both = new BothLanguages(session);

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

test('what of the library cannot be read, or is held for another one, is said on both pages', async () => {
  const { server, between, play } = await both.followedServer();
  const pages = await both.inBoth(between.url, '/settings');
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
  const { between, play } = await both.followedServer();
  const [english, french] = await both.inBoth(between.url, '/settings', (page) =>
    page.context().addInitScript(withRoom),
  );
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
