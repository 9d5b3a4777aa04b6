import { expect, test } from 'vitest';
import type { JournalPage } from '#shared/journal/page.ts';
import { Glimpse } from './glimpse.ts';
import { album, artist } from './testing/documents.ts';

const page = (id: string, holders: number[]): JournalPage => ({
  id,
  n: holders.length,
  t: holders.map(() => 1),
  i: holders.map(() => 1),
  k: holders.map(() => 1),
  h: holders,
  s: [0, holders.length],
});

/** A browser's store, with room for so many characters. */
function store(room = Infinity) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key: string) => void kept.delete(key),
  };
}

const library = {
  household: () => Promise.resolve([]),
  albums: (ids: string[]) => Promise.resolve(ids.map((id) => album(id))),
  artists: (ids: string[]) => Promise.resolve(ids.map((id) => artist(id, `Artist ${id}`))),
};

test('keeps the newest pages with the records of their latest listens, for the next opening', async () => {
  const device = store();
  const glimpse = new Glimpse(device);
  glimpse.pagesChanged({
    documents: [page('2026-09', [3]), page('2026-11', [7, -12]), page('2026-11.10', [8]), page('2026-11.2', [9])],
    removed: [],
  });
  await glimpse.write(library);
  const sight = new Glimpse(device).read();
  expect(sight?.pages.map(({ id }) => id)).toEqual(['2026-11.10', '2026-11.2']);
  expect(sight?.albums.map(({ id }) => id)).toEqual(['8', '9']);
  glimpse.pagesChanged({ documents: [], removed: ['2026-11.10'] });
  glimpse.pagesChanged({ documents: [page('2026-12', [7, -12])], removed: [] });
  await glimpse.write(library);
  expect(new Glimpse(device).read()?.pages.map(({ id }) => id)).toEqual(['2026-12', '2026-11.2']);
  expect(new Glimpse(device).read()?.artists.map(({ id }) => id)).toContain('12');
});

test('there is none while a mutation waits, after a reset, without room, of another shape or cut short', async () => {
  const device = store();
  const glimpse = new Glimpse(device);
  glimpse.pagesChanged({ documents: [page('2026-11', [7])], removed: [] });
  await glimpse.write(library);
  glimpse.holdBack(true);
  expect(glimpse.read()).toBeUndefined();
  await glimpse.write(library);
  expect(glimpse.read()).toBeUndefined();
  glimpse.holdBack(false);
  await glimpse.write(library);
  expect(glimpse.read()).toBeDefined();

  const [[key, text] = ['', '']] = [...device.kept];
  device.kept.set(key, text.slice(0, -10));
  expect(glimpse.read()).toBeUndefined();
  device.kept.set(key, text.replace(/"pages":\[.*?\]\}\]/, '"pages":[7]'));
  expect(glimpse.read()).toBeUndefined();
  device.kept.set(key, text.replace('albums', 'records'));
  expect(glimpse.read()).toBeUndefined();

  const small = new Glimpse(store(100));
  small.pagesChanged({ documents: [page('2026-11', [7])], removed: [] });
  await small.write(library);
  expect(small.read()).toBeUndefined();
  expect(new Glimpse(undefined).read()).toBeUndefined();
});
