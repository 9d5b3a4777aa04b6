import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { OwnFiles, pictureOnly } from './ownFiles.ts';

const PORTAL = '<html><body>Please log in to the Wi-Fi</body></html>';
const page = (body: string, type = 'text/html') => new Response(body, { headers: { 'content-type': type } });
const hash = (text: string) => createHash('sha256').update(text).digest('base64');
const FILES: Record<string, string> = {
  '/index.html': '<!doctype html><title>AIME</title>',
  '/_app/immutable/entry/start.abc.js': 'export const started = true;',
  '/_app/immutable/assets/app.css': 'body { color: black }',
  '/manifest.webmanifest': '{"name":"AIME"}',
  '/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};
const list = (version: string) =>
  JSON.stringify({
    version,
    files: Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, hash(text)])),
  });

/** What a worker of build 1 keeps of an answer, while the list of files is answered so. */
async function cached(path: string, answer: Response, answeredList = list('1')): Promise<Response | null> {
  const own = new OwnFiles('1', () => Promise.resolve(page(answeredList, 'application/json')));
  return own.cacheWillUpdate({ request: new Request(`http://aime.test${path}?__WB_REVISION__=1`), response: answer });
}

it.each(Object.entries(FILES))(
  'keeps %s as the build made it, and nothing else that answers there',
  async (path, text) => {
    expect(await (await cached(path, page(text)))?.text()).toBe(text);
    expect(await cached(path, page(PORTAL))).toBeNull();
    expect(await cached(path, page(PORTAL, 'text/javascript'))).toBeNull();
    expect(await cached(path, page(`${text} `))).toBeNull();
    expect(await cached(path, new Response(text, { status: 404 }))).toBeNull();
  },
);

it('keeps nothing while the list of files is no list, or another build’s', async () => {
  for (const answered of [PORTAL, 'null', '{}', '{"version":"1"}', list('2')]) {
    expect(await cached('/index.html', page(FILES['/index.html']!), answered)).toBeNull();
  }
});

it('keeps what the build does not know of nowhere', async () => {
  expect(await cached('/elsewhere.html', page(FILES['/index.html']!))).toBeNull();
});

it('takes only pictures for covers, also of what was cached before', async () => {
  const [portal, cover] = [page(PORTAL), page('…', 'image/webp')];
  expect(await pictureOnly.cacheWillUpdate({ response: portal })).toBeNull();
  expect(await pictureOnly.cacheWillUpdate({ response: cover })).toBe(cover);
  expect(await pictureOnly.cachedResponseWillBeUsed({ cachedResponse: portal })).toBeNull();
  expect(await pictureOnly.cachedResponseWillBeUsed({ cachedResponse: cover })).toBe(cover);
});
