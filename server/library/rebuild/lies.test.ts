import { describe, expect, it } from 'vitest';
import { decodePage, encodePage } from '#shared/journal/codec.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { libraryForTest, listenTo, replicaOf, START } from '../testing/library.ts';

/** A library, and what a device of it holds. */
async function replicatedLibrary() {
  const { library } = libraryForTest();
  listenTo(library, { playedAt: START });
  listenTo(library, { playedAt: START + 900, title: 'Brann' });
  const held = [...replicaOf(library)];
  const of = (name: CollectionName) =>
    held.filter(([key]) => key.startsWith(`${name}:`)).map(([, document]) => document);
  const give = (name: CollectionName, documents: unknown[], life = library.feed.epoch) =>
    library.rebuild.take(name, documents, { life });
  for (const name of ['artists', 'albums'] as const) await give(name, of(name));
  return { library, give, documents: of, page: of('journal')[0] as JournalPage };
}

describe('a page of the journal that lies about how much it holds', () => {
  it.each([2_000_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER, 10_000_000, 1, 0])(
    'n: %d is refused with a message, and nothing else stops',
    async (n) => {
      const { give, page } = await replicatedLibrary();
      expect(await give('journal', [{ ...page, id: '2023-11.1', n }, page])).toMatchObject({
        known: 1,
        refused: [
          {
            id: '2023-11.1',
            reason: expect.stringMatching(/^(n|document): /) as string,
            problem: { code: 'document-unreadable' },
          },
        ],
      });
    },
  );
});

const FAR = [2 ** 50, Number.MAX_SAFE_INTEGER, 2 ** 31 - 1, 2 ** 31, -7, 0];

describe('a document with an id that no library gives', () => {
  it.each(FAR)('%d: is taken under an id of this library’s own, in all that names it, and only once', async (far) => {
    const { library, give, documents } = await replicatedLibrary();
    const isHeard = far > 0 && far < 2 ** 31;
    const given = withFarIds(documents, far, isHeard);
    for (const [name, held] of given)
      expect(await give(name, held, 'far')).toMatchObject({ refused: far > 0 ? [] : (expect.anything() as unknown) });
    if (far <= 0) return;
    const after = replicaOf(library);
    const album = [...after.values()].find((document) => (document as AlbumDocument).title === 'Far') as AlbumDocument;
    expect(album.merged?.map(({ title }) => title)).toEqual(['Once']);
    const listens = [...after].flatMap(([key, document]) =>
      key.startsWith('journal:') ? decodePage(document as JournalPage) : [],
    );
    const [heard] = listens.filter(({ trackId }) => trackId === album.tracks[0]!.id);
    expect(heard === undefined).toBe(!isHeard);
    const ids = [album, ...album.merged!, ...album.artists, ...album.tracks, ...album.images].map(({ id }) =>
      Number(id),
    );
    expect(Math.max(...ids, ...listens.map(({ id }) => id))).toBeLessThan(1_000);
    for (const [name, held] of given) expect(await give(name, held, 'far')).toMatchObject({ taken: 0 });
    expect(
      listenTo(library, { title: 'Newcomer', artist: 'Somebody', album: 'New', playedAt: START + 9_000 }),
    ).toBeLessThan(1_000);
    expect([...replicaOf(library).keys()].filter((key) => /^(albums|artists):\d{4,}/.test(key))).toEqual([]);
  });
});

type Given = [CollectionName, { id: string }[]][];

/** What a device holds, as if all of it had got far ids. */
function withFarIds(documents: (name: CollectionName) => unknown[], far: number, isHeard: boolean): Given {
  const [artist, album, page] = [
    documents('artists')[0] as ArtistDocument,
    documents('albums')[0] as AlbumDocument,
    documents('journal')[0] as JournalPage,
  ];
  const id = String(far);
  const artists = [{ ...artist, id, name: 'Far artist', aliases: [{ id: String(far - 1), name: 'Farther' }] }];
  const tracks = [{ id: far, title: 'Bris' }];
  const images = [{ id: far, source: 'discogs' as const, type: 'album' as const }];
  const albums = [
    {
      ...album,
      id,
      title: 'Far',
      artists: [{ id, name: 'Far artist' }],
      tracks,
      images,
      merged: [{ id: String(far - 1), title: 'Once', reason: 'by-hand' }],
    },
  ];
  const listen = {
    id: far,
    playedAt: START + 5_000,
    trackId: isHeard ? far : 1,
    ownerId: isHeard ? far : 1,
    source: 'lastfm' as const,
    witnesses: 1,
  };
  const deleted = {
    id: far - 2,
    playedAt: START + 7_000,
    trackId: far,
    source: 'lastfm' as const,
    deletedAt: START + 8_000,
    reports: [],
  };
  return [
    ['artists', artists],
    ['albums', albums],
    ['journal', isHeard ? [encodePage(page.id, [listen])] : []],
    ['deletions', [{ id: page.id, listens: [deleted], restored: [] } as unknown as { id: string }]],
  ];
}

it('figures of a month that nobody can have heard in are refused with a message', async () => {
  const { give } = await replicatedLibrary();
  const rollup = {
    listens: 1,
    seconds: 1,
    tracks: [],
    albums: [],
    artists: [],
    weekHours: [],
    days: [1],
    sources: {},
    zones: {},
  };
  const answer = await give(
    'rollups',
    ['999999-12', '1999-01', '2100-01'].map((id) => ({ ...rollup, id })),
  );
  expect(answer.refused.map(({ id, reason }) => reason.includes(id))).toEqual([true, true, true]);
  expect(answer.refused.map(({ problem }) => problem)).toEqual(
    ['999999-12', '1999-01', '2100-01'].map((month) => ({ code: 'month-impossible', params: { month } })),
  );
});

it('why something is not taken is given as an error code too, with the parameters of its message', async () => {
  const { give, page, documents } = await replicatedLibrary();
  const [listen] = decodePage(page);
  const changed = (change: Partial<typeof listen>, id = page.id) => encodePage(id, [{ ...listen!, ...change }]);
  const problems = async (name: CollectionName, ...given: unknown[]) =>
    (await give(name, given, 'far')).refused.map(({ problem }) => problem);
  expect(await problems('journal', changed({ playedAt: START + 400 * 86_400 }, '2024-12.1'))).toEqual([
    { code: 'listen-time', params: { listen: String(listen!.id) } },
  ]);
  expect(await problems('journal', changed({ playedAt: START - 90 * 86_400 }))).toEqual([
    { code: 'listen-month', params: { listen: String(listen!.id), page: page.id } },
  ]);
  expect(await problems('journal', changed({ witnesses: 60_000 }))).toEqual([
    { code: 'listen-sources', params: { listen: String(listen!.id) } },
  ]);
  expect(await problems('albums', { ...(documents('albums')[0] as AlbumDocument), title: 7 })).toEqual([
    { code: 'document-unreadable', params: { field: 'title' } },
  ]);
});
