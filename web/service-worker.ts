/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';
import { ExpirationPlugin } from 'workbox-expiration';
import {
  addPlugins,
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  getCacheKeyForURL,
  PrecacheController,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { addressOf } from '#shared/api/address.ts';
import { getImage } from '#shared/api/images.ts';
import { coverAnswer } from './lib/pwa/coverAnswer.ts';
import { KEEPING_HEADER, SEEN_COVERS } from './lib/pwa/coverKeep.ts';
import { OwnFiles, pictureOnly } from './lib/pwa/ownFiles.ts';
import { COUNT_SHELL, countShell } from './lib/pwa/shellFiles.ts';

declare const self: ServiceWorkerGlobalScope;

/** The one page; every address of the app is it. */
const SHELL = '/index.html';

/** Covers cached on the device: a shelf of a few thousand at the sizes that lists show. */
const MOST_COVERS = 4_000;
const COVER_DAYS = 90;
/** How their addresses begin. */
const COVER_ADDRESSES = addressOf(getImage, { params: { id: '' } });

/** Kit puts what carries a hash of its content in its name there. */
const hashed = '/immutable/';
/** Separate from what earlier versions cached unchecked, whatever it was. */
const CHECKED = 'checked';

const askServer = (path: string): Promise<Response> => fetch(path, { cache: 'no-store' });
// While developing there is no build whose files could be listed.
if (!import.meta.env.DEV) addPlugins([new OwnFiles(version, askServer)]);
// Everything else is separated by the app's version.
const shell = [
  ...build.map((url) => ({ url, revision: url.includes(hashed) ? CHECKED : version })),
  ...files.filter((url) => !url.endsWith('/robots.txt')).map((url) => ({ url, revision: version })),
  { url: SHELL, revision: version },
];
precacheAndRoute(shell);
cleanupOutdatedCaches();

registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { denylist: [/^\/api\//, /^\/metrics/] }));

// A cover's address names one picture for good. Nothing else under /api is ever cached.
const seenCovers = new CacheFirst({
  cacheName: SEEN_COVERS,
  plugins: [
    pictureOnly,
    new ExpirationPlugin({ maxEntries: MOST_COVERS, maxAgeSeconds: COVER_DAYS * 86_400, purgeOnQuotaError: true }),
  ],
});
registerRoute(
  ({ url, request }) =>
    request.method === 'GET' &&
    url.origin === self.location.origin &&
    url.pathname.startsWith(COVER_ADDRESSES) &&
    !request.headers.has(KEEPING_HEADER),
  (options) => coverAnswer(options.request, caches, () => seenCovers.handle(options)),
);

// The first worker answers for the pages that were there before it: what they show next opens offline too, without a reload.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Where workbox keeps the app's files. */
const { cacheName } = new PrecacheController().strategy;

async function count(mend: boolean) {
  const addresses = shell.map(({ url }) => getCacheKeyForURL(url) ?? url);
  return countShell(addresses, await caches.open(cacheName), new OwnFiles(version, askServer), askServer, mend);
}

// A new version waits until the page asks for it, so that nothing that is being typed is lost.
self.addEventListener('message', (event) => {
  const { type, mend = false } = (event.data ?? {}) as { type?: string; mend?: boolean };
  if (type === 'SKIP_WAITING') void self.skipWaiting();
  if (type === COUNT_SHELL) event.waitUntil(count(mend).then((counted) => event.ports[0]?.postMessage(counted)));
});
