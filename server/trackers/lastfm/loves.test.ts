import { describe, expect, test } from 'vitest';
import { applied, libraryForTest, listenTo, START } from '#server/library/testing/library.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import { agreed } from '../../kit/absence.ts';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import { followLoves, type LovesRead } from './loves.ts';

const DAY = 86_400;

/** What a page of the list holds, and how many loves it counts. */
interface ListedPage {
  loved: readonly (readonly [artist: string, title: string])[];
  total: number;
}

/** A library that heard some tracks, and a Last.fm that lists loves; each reading is a day after the one before. */
function libraryWithListens(...heard: [artist: string, title: string][]) {
  const { library } = libraryForTest();
  heard.forEach(([artist, title], index) =>
    listenTo(library, { artist, title, album: title, playedAt: START - 600 * index }),
  );
  let now = START;
  const reading = (loved: readonly [artist: string, title: string][], otherOwner?: string) =>
    readingPages([{ loved, total: loved.length }], otherOwner);
  /** @param pages null for one that cannot be read. */
  const following = (pages: readonly (ListedPage | null)[], last: LovesRead, later = 2 * DAY, otherOwner?: string) => {
    now += later;
    const source = {
      lovedTracks: (number: number) => {
        const page = pages[number - 1];
        if (!page)
          return Promise.reject(new UpstreamError({ upstream: 'Last.fm', kind: 'malformed', message: 'No page' }));
        const tracks = page.loved.map(([artist, title]) => ({ artist, title, lovedAt: START }));
        return Promise.resolve({
          tracks,
          setAside: [],
          page: number,
          totalPages: pages.length,
          total: page.total,
          leftOut: 0,
        });
      },
    };
    return followLoves(source as never, library.loves, {
      now,
      ...(otherOwner !== undefined && { otherOwner }),
      last,
      reports: new LoveReports(library.loves, systemClock),
      setAside: () => undefined,
      log: silentLog,
      signal: new AbortController().signal,
    });
  };
  const readingPages = async (pages: readonly (ListedPage | null)[], otherOwner?: string) => {
    await following(pages, { at: 0, withheld: null }, 2 * DAY, otherOwner);
    return library.reads
      .listens({ page: 1, pageSize: 50 })
      .items.filter((listen) => listen.loved)
      .map(({ track }) => track.title)
      .sort();
  };
  return {
    library,
    following,
    reading,
    readingPages,
    read: (...loved: [artist: string, title: string][]) => reading(loved),
  };
}

test('a love stays however Last.fm writes its name, and ends when it is listed no more', async () => {
  const { read } = libraryWithListens(
    ['Vega', 'Don\u2019t Stop'],
    ['Vega', 'Night Bus'],
    ['Sigur R\u00f3s', 'Hoppipolla'],
  );
  const listed: [string, string][] = [
    ['VEGA', "Don't Stop"],
    ['Vega feat. Zed', 'night bus'],
    ['Sigur Ro\u0301s', 'Hoppipolla'],
  ];
  expect(await read(...listed)).toEqual(['Don\u2019t Stop', 'Hoppipolla', 'Night Bus']);
  expect(await read(...listed)).toHaveLength(3);
  expect(await read(...listed.slice(1))).toEqual(['Hoppipolla', 'Night Bus']);
});

test('a love stays when its artist became another one here, or is written as another one there', async () => {
  const { library, read } = libraryWithListens(['Okra', 'Stew'], ['Leek', 'Soup'], ['Bee', 'Honey']);
  expect(await read(['Okra', 'Stew'], ['Bee', 'Honey'])).toEqual(['Honey', 'Stew']);
  const [okra, leek] = ['Okra', 'Leek'].map((name) =>
    String(library.reads.artists({ page: 1, pageSize: 50 }).items.find((one) => one.name === name)!.id),
  );
  applied(library, { kind: 'merge-artists', from: okra!, into: leek! });
  expect(await read(['Okra', 'Stew'], ['The Bee Band', 'Honey'])).toEqual(['Honey', 'Stew']);
  expect(await read(['Okra', 'Stew'])).toEqual(['Stew']);
});

test('loves of another user, whose plays a person took in too, are on no list of this one and stay', async () => {
  const { reading } = libraryWithListens(['Okra', 'Stew'], ['Leek', 'Soup']);
  expect(await reading([['Okra', 'Stew']])).toEqual(['Stew']);
  expect(await reading([['Leek', 'Soup']], 'ada')).toEqual(['Soup', 'Stew']);
  expect(await reading([['Leek', 'Soup']], 'ada')).toEqual(['Soup', 'Stew']);
});

test('a list ends a love only where all its pages came and agree on how much there is', async () => {
  const { readingPages } = libraryWithListens(['Okra', 'Stew'], ['Leek', 'Soup'], ['Bee', 'Honey']);
  const [stew, soup, honey] = [
    ['Okra', 'Stew'],
    ['Leek', 'Soup'],
    ['Bee', 'Honey'],
  ] as const;
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

describe('loves that are withheld because the list lacks many of them', () => {
  const heard = Array.from({ length: 14 }, (_, number): [string, string] => ['Okra', `Soup ${number}`]);
  /** A record of its own becomes the one that holds the same recordings too. */
  const merge = (library: Library) => {
    const [from, into] = ['Soup 3', 'Best of'].map((title) =>
      String(
        library.reads.listens({ page: 1, pageSize: 50 }).items.find(({ album }) => album?.title === title)!.album!.id,
      ),
    );
    expect(applied(library, { kind: 'merge-albums', from: from!, into: into! })).toMatchObject({ state: 'applied' });
  };
  const withheldOnce = async () => {
    const { library, following } = libraryWithListens(...heard);
    for (const [artist, title] of heard)
      listenTo(library, { artist, title, album: 'Best of', playedAt: START - 90_000 });
    await following([{ loved: heard, total: heard.length }], { at: 0, withheld: null });
    const first = await following([{ loved: [], total: 0 }], { at: 0, withheld: null });
    expect(first).toMatchObject({ withheld: { missing: heard.length } });
    return { library, following, first: first! };
  };

  test('go a reading later, also where tracks became one with others in between', async () => {
    const { library, following, first } = await withheldOnce();
    merge(library);
    expect(await following([{ loved: [], total: 0 }], first)).toMatchObject({ withheld: null });
    expect(library.loves.lovedUpstream()).toEqual([]);
  });

  test('go by a person’s word that was given before', async () => {
    const { library, following, first } = await withheldOnce();
    merge(library);
    expect(
      await following([{ loved: [], total: 0 }], { at: first.at, withheld: agreed(first.withheld) }, 60),
    ).toMatchObject({ withheld: null });
    expect(library.loves.lovedUpstream()).toEqual([]);
  });
});
