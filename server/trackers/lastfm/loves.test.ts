import { expect, test } from 'vitest';
import { applied, libraryForTest, listenTo, START } from '#server/library/testing/library.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import { silentLog } from '../../kit/log.ts';
import { followLoves } from './loves.ts';

const DAY = 86_400;

/** A library that heard some tracks, and a Last.fm that lists loves; each reading is a day after the one before. */
function house(...heard: [artist: string, title: string][]) {
  const { library } = libraryForTest();
  heard.forEach(([artist, title], index) => listenTo(library, { artist, title, album: title, playedAt: START - 600 * index }));
  let now = START;
  const reading = (loved: readonly [artist: string, title: string][], otherOwner?: string) => readingPages([{ loved, total: loved.length }], otherOwner);
  /** @param pages what each holds, and how many loves it counts; null for one that cannot be read. */
  const readingPages = async (pages: readonly ({ loved: readonly (readonly [artist: string, title: string])[]; total: number } | null)[], otherOwner?: string) => {
    now += 2 * DAY;
    const source = {
      lovedTracks: (number: number) => {
        const page = pages[number - 1];
        if (!page) return Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind: 'malformed', message: 'No page' }));
        const tracks = page.loved.map(([artist, title]) => ({ artist, title, lovedAt: START }));
        return Promise.resolve({ tracks, setAside: [], page: number, totalPages: pages.length, total: page.total, leftOut: 0 });
      },
      love: () => Promise.resolve(),
      unlove: () => Promise.resolve(),
    };
    await followLoves(source as never, library.loves, {
      now, ...(otherOwner !== undefined && { otherOwner }), last: { at: 0, withheld: null }, tell: false, read: true, setAside: () => undefined, log: silentLog, signal: new AbortController().signal,
    });
    return library.reads.listens({ page: 1, pageSize: 50 }).items.filter((listen) => listen.loved).map(({ track }) => track.title).sort();
  };
  return { library, reading, readingPages, read: (...loved: [artist: string, title: string][]) => reading(loved) };
}

test('a love stays however Last.fm writes its name, and ends when it is listed no more', async () => {
  const { read } = house(['Vega', 'Don\u2019t Stop'], ['Vega', 'Night Bus'], ['Sigur R\u00f3s', 'Hoppipolla']);
  const listed: [string, string][] = [['VEGA', "Don't Stop"], ['Vega feat. Zed', 'night bus'], ['Sigur Ro\u0301s', 'Hoppipolla']];
  expect(await read(...listed)).toEqual(['Don\u2019t Stop', 'Hoppipolla', 'Night Bus']);
  expect(await read(...listed)).toHaveLength(3);
  expect(await read(...listed.slice(1))).toEqual(['Hoppipolla', 'Night Bus']);
});

test('a love stays when its artist became another one here, or is written as another one there', async () => {
  const { library, read } = house(['Okra', 'Stew'], ['Leek', 'Soup'], ['Bee', 'Honey']);
  expect(await read(['Okra', 'Stew'], ['Bee', 'Honey'])).toEqual(['Honey', 'Stew']);
  const [okra, leek] = ['Okra', 'Leek'].map((name) => String(library.reads.artists({ page: 1, pageSize: 50 }).items.find((one) => one.name === name)!.id));
  applied(library, { kind: 'merge-artists', from: okra!, into: leek! });
  expect(await read(['Okra', 'Stew'], ['The Bee Band', 'Honey'])).toEqual(['Honey', 'Stew']);
  expect(await read(['Okra', 'Stew'])).toEqual(['Stew']);
});

test('loves of another user, whose plays a person took in too, are on no list of this one and stay', async () => {
  const { reading } = house(['Okra', 'Stew'], ['Leek', 'Soup']);
  expect(await reading([['Okra', 'Stew']])).toEqual(['Stew']);
  expect(await reading([['Leek', 'Soup']], 'ada')).toEqual(['Soup', 'Stew']);
  expect(await reading([['Leek', 'Soup']], 'ada')).toEqual(['Soup', 'Stew']);
});

test('a list ends a love only where all its pages came and agree on how much there is', async () => {
  const { readingPages } = house(['Okra', 'Stew'], ['Leek', 'Soup'], ['Bee', 'Honey']);
  const [stew, soup, honey] = [['Okra', 'Stew'], ['Leek', 'Soup'], ['Bee', 'Honey']] as const;
  const all = ['Honey', 'Soup', 'Stew'];
  const page = (total: number, ...loved: (readonly [string, string])[]) => ({ loved, total });
  expect(await readingPages([page(3, stew, soup), page(3, honey)])).toEqual(all);
  expect(await readingPages([page(3, stew, soup), page(2)])).toEqual(all);
  expect(await readingPages([page(3, stew, soup), page(1)])).toEqual(all);
  expect(await readingPages([page(1, stew), page(2, soup)])).toEqual(all);
  expect(await readingPages([page(3, stew, soup), page(3, soup)])).toEqual(all);
  expect(await readingPages([page(2, stew, soup), null])).toEqual(all);
  expect(await readingPages([page(2, stew), page(2, soup)])).toEqual(['Soup', 'Stew']);
  expect(await readingPages([page(3, stew), null, page(3, honey)])).toEqual(all);
});
