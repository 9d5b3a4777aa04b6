import { expect, test } from 'vitest';
import { applied, libraryForTest, listenTo, START } from '#server/library/testing/library.ts';
import { silentLog } from '../../kit/log.ts';
import { followLoves } from './loves.ts';

const DAY = 86_400;

/** A library that heard some tracks, and a Last.fm that lists loves; each reading is a day after the one before. */
function house(...heard: [artist: string, title: string][]) {
  const { library } = libraryForTest();
  heard.forEach(([artist, title], index) => listenTo(library, { artist, title, album: title, playedAt: START - 600 * index }));
  let now = START;
  const reading = async (loved: readonly [artist: string, title: string][], otherOwner?: string) => {
    now += 2 * DAY;
    const tracks = loved.map(([artist, title]) => ({ artist, title, lovedAt: START }));
    const source = {
      lovedTracks: () => Promise.resolve({ tracks, setAside: [], page: 1, totalPages: 1, total: tracks.length }),
      love: () => Promise.resolve(),
      unlove: () => Promise.resolve(),
    };
    await followLoves(source as never, library.loves, {
      now, ...(otherOwner !== undefined && { otherOwner }), last: { at: 0, withheld: null }, tell: false, read: true, setAside: () => undefined, log: silentLog, signal: new AbortController().signal,
    });
    return library.reads.listens({ page: 1, pageSize: 50 }).items.filter((listen) => listen.loved).map(({ track }) => track.title).sort();
  };
  return { library, reading, read: (...loved: [artist: string, title: string][]) => reading(loved) };
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
