import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { OwnFiles } from './ownFiles.ts';
import { countShell } from './shellFiles.ts';

const TEXT = 'export {};';
const hash = createHash('sha256').update(TEXT).digest('base64');
const ADDRESSES = ['a', 'b', 'c'].map((name) => `http://aime.test/${name}.js?__WB_REVISION__=1`);
const own = (version = '1') =>
  new OwnFiles('1', () =>
    Promise.resolve(new Response(JSON.stringify({ version, files: { '/a.js': hash, '/b.js': hash, '/c.js': hash } }))),
  );

/** A cache in which these are. */
function cacheOf(...addresses: string[]) {
  const here = new Set(addresses);
  return {
    here,
    keys: () => Promise.resolve([...here].map((url) => new Request(url))),
    put: (address: unknown) => Promise.resolve(void here.add(String(address))),
  };
}
const answers = () => Promise.resolve(new Response(TEXT));
const away = () => Promise.reject(new TypeError('Failed to fetch'));

it('counts what is here of the app', async () => {
  expect(await countShell(ADDRESSES, cacheOf(...ADDRESSES), own(), away, true)).toEqual({ here: 3, of: 3 });
  expect(await countShell(ADDRESSES, cacheOf(ADDRESSES[1]!), own(), answers, false)).toEqual({ here: 1, of: 3 });
});

it('fetches what is gone again, when it is what the build made', async () => {
  const cache = cacheOf(ADDRESSES[0]!);
  expect(await countShell(ADDRESSES, cache, own(), answers, true)).toEqual({ here: 3, of: 3 });
  expect([...cache.here].sort()).toEqual(ADDRESSES);
});

it.each([
  ['while the server does not answer', own(), away],
  ['of another build', own('2'), answers],
  ['from a login page', own(), () => Promise.resolve(new Response('<html>Please log in</html>'))],
])('fetches nothing %s', async (_when, files, ask) => {
  expect(await countShell(ADDRESSES, cacheOf(ADDRESSES[0]!), files, ask, true)).toEqual({ here: 1, of: 3 });
});
