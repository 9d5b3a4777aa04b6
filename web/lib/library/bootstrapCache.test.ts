import { expect, test } from 'vitest';
import type { JournalPage } from '#shared/journal/page.ts';
import { BootstrapCache } from './bootstrapCache.ts';
import { album, artist } from './testing/documents.ts';

const page = (id: string, ownerIds: number[]): JournalPage => ({
  id,
  n: ownerIds.length,
  t: ownerIds.map(() => 1),
  i: ownerIds.map(() => 1),
  k: ownerIds.map(() => 1),
  h: ownerIds,
  s: [0, ownerIds.length],
});

/** A browser's store, with room for so many characters. */
function store(room = Infinity) {
  const stored = new Map<string, string>();
  return {
    stored,
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
    },
    removeItem: (key: string) => void stored.delete(key),
  };
}

const library = {
  household: () => Promise.resolve([]),
  albums: (ids: string[]) => Promise.resolve(ids.map((id) => album(id))),
  artists: (ids: string[]) => Promise.resolve(ids.map((id) => artist(id, `Artist ${id}`))),
};

test('caches the newest pages with the records of their latest listens, for the next opening', async () => {
  const device = store();
  const bootstrapCache = new BootstrapCache(device);
  bootstrapCache.pagesChanged({
    documents: [page('2026-09', [3]), page('2026-11', [7, -12]), page('2026-11.10', [8]), page('2026-11.2', [9])],
    removed: [],
  });
  await bootstrapCache.write(library);
  const snapshot = new BootstrapCache(device).read();
  expect(snapshot?.pages.map(({ id }) => id)).toEqual(['2026-11.10', '2026-11.2']);
  expect(snapshot?.albums.map(({ id }) => id)).toEqual(['8', '9']);
  bootstrapCache.pagesChanged({ documents: [], removed: ['2026-11.10'] });
  bootstrapCache.pagesChanged({ documents: [page('2026-12', [7, -12])], removed: [] });
  await bootstrapCache.write(library);
  expect(new BootstrapCache(device).read()?.pages.map(({ id }) => id)).toEqual(['2026-12', '2026-11.2']);
  expect(new BootstrapCache(device).read()?.artists.map(({ id }) => id)).toContain('12');
});

test('there is none while a mutation waits, after a reset, without room, of another shape or cut short', async () => {
  const device = store();
  const bootstrapCache = new BootstrapCache(device);
  bootstrapCache.pagesChanged({ documents: [page('2026-11', [7])], removed: [] });
  await bootstrapCache.write(library);
  bootstrapCache.holdBack(true);
  expect(bootstrapCache.read()).toBeUndefined();
  await bootstrapCache.write(library);
  expect(bootstrapCache.read()).toBeUndefined();
  bootstrapCache.holdBack(false);
  await bootstrapCache.write(library);
  expect(bootstrapCache.read()).toBeDefined();

  const [[key, text] = ['', '']] = [...device.stored];
  device.stored.set(key, text.slice(0, -10));
  expect(bootstrapCache.read()).toBeUndefined();
  device.stored.set(key, text.replace(/"pages":\[.*?\]\}\]/, '"pages":[7]'));
  expect(bootstrapCache.read()).toBeUndefined();
  device.stored.set(key, text.replace('albums', 'records'));
  expect(bootstrapCache.read()).toBeUndefined();

  const small = new BootstrapCache(store(100));
  small.pagesChanged({ documents: [page('2026-11', [7])], removed: [] });
  await small.write(library);
  expect(small.read()).toBeUndefined();
  expect(new BootstrapCache(undefined).read()).toBeUndefined();
});
