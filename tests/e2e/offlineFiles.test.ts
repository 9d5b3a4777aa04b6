import { afterAll, afterEach, test } from 'vitest';
import { Between } from './setup/between.ts';
import { BothLanguages, offlineRow, onAll, sayOffline } from './setup/bothLanguages.ts';
import { TestSession } from './setup/testSession.ts';

/** What Settings says of working offline, as far as it hangs on the files of the app. */
const session = new TestSession();
afterEach(() => session.close());
afterAll(() => session.closeBrowser());
const both = new BothLanguages(session);

/** What the browser has of the app lacks one file; a page looks again when the network is said to be there. */
const loseFile = async () => {
  const app = await caches.open((await caches.keys()).find((name) => name.includes('precache'))!);
  await app.delete((await app.keys()).find(({ url }) => url.includes('icon-512'))!);
};

const lookAgain = () => dispatchEvent(new Event('online'));

test('working offline is said to be as it is, from the first visit on, in both languages', async () => {
  const { between } = await both.followedServer();
  // One list is enough: a browser has few connections to an address, and all of them waiting would hold back the files too.
  const [worker, file, pulls] = [/^\/service-worker\.js/, /icon-512/, /\/sync\/albums\/pull/].map((address) =>
    between.hold(address),
  );
  const pages = await both.inBoth(between.url, '/settings');
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
  const { between } = await both.followedServer();
  const pages = await both.inBoth(between.url, '/settings');
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
  const { between } = await both.followedServer();
  const pages = await both.inBoth(between.url, '/settings');
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

test('that the worker cannot be fetched is said until it can', async () => {
  const between = session.keep(await Between.start(await both.readyServer()), (proxy) => proxy.close());
  const missing = between.rule(({ url: address }) =>
    address!.startsWith('/service-worker.js') ? { status: 404 } : undefined,
  );
  const pages = await both.inBoth(between.url, '/settings');
  await sayOffline(pages, 'unreachable');
  missing();
  // A page that has come to show the line only now tries by itself besides: then there is nothing to press any more.
  await Promise.all(pages.map((page) => offlineRow(page).evaluate((line) => line.querySelector('button')?.click())));
  await sayOffline(pages, 'works');
  // A worker that is not there makes the page say so on its console.
  session.expectProblems();
});
