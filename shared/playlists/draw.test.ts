import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHistory, historyOf, type SomeHistory } from '#tests/arbitraries/analysis.ts';
import { albumDocument, artistDocument, copy } from '#tests/arbitraries/library.ts';
import { Analysis } from '../analytics/analysis.ts';
import { LibraryIndex } from '../analytics/libraryIndex.ts';
import type { Listen } from '../journal/listen.ts';
import type { AlbumDocument } from '../library/album.ts';
import type { Track } from '../library/track.ts';
import { algorithms, type LocalAlgorithm } from './algorithms.ts';
import { drawPlaylist } from './draw.ts';
import type { PlaylistOptionsInput } from './options.ts';

const names = Object.keys(algorithms) as LocalAlgorithm[];
const NOW = 1_795_000_000;

const draw = (history: SomeHistory, algorithm: LocalAlgorithm, options: PlaylistOptionsInput = {}) =>
  drawPlaylist({ algorithm, analysis: history.analysis, options: { seed: 'one', decade: 1970, ...options }, now: NOW });
const idsOf = (drawn: ReturnType<typeof drawPlaylist>): number[] => drawn.entries.map(({ trackId }) => trackId);

const credit = (id: string) => ({ id, name: `Artist ${id}` });
/** So many artists with one album of ten tracks each: artist 1 has tracks 10–19, artist 2 has 20–29 … */
function shelf(artists: number, more: (artist: number) => Partial<AlbumDocument> = () => ({})): AlbumDocument[] {
  return Array.from({ length: artists }, (_, index) => {
    const artist = index + 1;
    const tracks: Track[] = Array.from({ length: 10 }, (_each, track) => ({
      id: artist * 10 + track,
      title: `T${track}`,
    }));
    return albumDocument(String(artist), {
      artists: [credit(String(artist))],
      copies: [copy],
      tracks,
      ...more(artist),
    });
  });
}
/** Listens an hour apart, oldest first. */
const listensOf = (trackIds: number[]): Listen[] =>
  trackIds.map((trackId, index) => ({
    id: index + 1,
    playedAt: 1_700_000_000 + index * 3600,
    trackId,
    ownerId: Math.floor(trackId / 10),
    source: 'lastfm',
    witnesses: 1,
  }));
const history = (albums: AlbumDocument[], heard: number[] = []): SomeHistory =>
  historyOf({ albums, artists: [], tracks: [] }, listensOf(heard), 'UTC');

describe('a drawn playlist', () => {
  it('obeys its options, whatever the library', () => {
    const anyOptions = fc.record(
      {
        length: fc.integer({ min: 1, max: 12 }),
        maxPerArtist: fc.integer({ min: 1, max: 3 }),
        notHeardSince: fc.constantFrom(1_712_000_000, 1_738_100_000),
        ownedOnly: fc.boolean(),
        seed: fc.oneof(fc.string(), fc.integer()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(...names), anyOptions, (some, algorithm, options) => {
        const drawn = draw(some, algorithm, options);
        const ids = idsOf(drawn);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(options.length ?? 30);
        expect(drawn.explanation).toMatchObject({ asked: options.length ?? 30, drawn: ids.length });
        expect(drawn.explanation.short === null).toBe(ids.length === (options.length ?? 30));
        const perArtist = new Map<string, number>();
        const { library } = some.analysis;
        for (const id of ids) {
          const { artistIds, albumId, loved } = library.track(id)!;
          for (const artist of artistIds) perArtist.set(artist, (perArtist.get(artist) ?? 0) + 1);
          const album = some.albums.find((each) => each.id === albumId);
          if (options.ownedOnly) {
            const pressings = some.albums.filter(
              (each) => each === album || (each.masterId && each.masterId === album?.masterId),
            );
            expect(pressings.some(({ copies }) => copies.length > 0)).toBe(true);
          }
          const since = options.notHeardSince ?? Infinity;
          expect(some.listens.some(({ trackId, playedAt }) => trackId === id && playedAt >= since)).toBe(false);
          if (algorithm === 'loved') expect(loved).toBe(true);
        }
        expect(Math.max(0, ...perArtist.values())).toBeLessThanOrEqual(options.maxPerArtist ?? Infinity);
      }),
    );
  });

  it('is the same for the same seed, whatever the order in which the library came', () => {
    fc.assert(
      fc.property(anyHistory(), fc.constantFrom(...names), fc.string(), (some, algorithm, seed) => {
        const { journal, calendar } = some.analysis;
        const library = LibraryIndex.from(some.albums.toReversed(), some.artists.toReversed());
        const elsewhere = { ...some, analysis: new Analysis({ journal, library, calendar }) };
        expect(draw(elsewhere, algorithm, { seed })).toEqual(draw(some, algorithm, { seed }));
      }),
    );
  });

  it('returns the options it was drawn with, and draws the same again from them', () => {
    const some = history(shelf(5));
    const first = drawPlaylist({ algorithm: 'random', analysis: some.analysis, options: { length: 5 }, now: NOW });
    expect(first.options).toEqual({ length: 5, seed: String(NOW) });
    const again = drawPlaylist({ algorithm: 'random', analysis: some.analysis, options: first.options, now: NOW + 99 });
    expect(again.entries).toEqual(first.entries);
  });

  it('of chance is another one for another seed, and gives every track its turn', () => {
    const some = history(shelf(3));
    const lists = Array.from({ length: 60 }, (_, seed) => idsOf(draw(some, 'random', { seed, length: 5 })));
    expect(new Set(lists.map(String)).size).toBeGreaterThan(55);
    expect(new Set(lists.flat()).size).toBe(30);
  });

  it('"recent" is the last distinct tracks, newest first, thirty where no length is given', () => {
    const some = history(shelf(4), [11, 12, 13, 12, 11, 25, 25]);
    expect(idsOf(draw(some, 'recent'))).toEqual([25, 11, 12, 13]);
    expect(idsOf(draw(some, 'recent', { length: 2 }))).toEqual([25, 11]);
    const all = shelf(4).flatMap(({ tracks }) => tracks.map(({ id }) => id));
    expect(idsOf(draw(history(shelf(4), all), 'recent'))).toEqual(all.slice(-30).reverse());
    const period = { from: 1_700_000_000, to: 1_700_000_000 + 3 * 3600 };
    expect(idsOf(draw(some, 'recent', { period }))).toEqual([13, 12, 11]);
  });

  it('"loved" is every loved track and no other', () => {
    const albums = shelf(3, () => ({}));
    for (const { tracks } of albums) for (const track of tracks) if (track.id % 10 < 3) track.loved = true;
    expect(idsOf(draw(history(albums), 'loved')).sort()).toEqual([10, 11, 12, 20, 21, 22, 30, 31, 32]);
  });

  it('"top_artists" is tracks of the ten artists most listened to, in turn', () => {
    // Artist n is heard n times.
    const heard = Array.from({ length: 12 }, (_, index) => Array<number>(index + 1).fill((index + 1) * 10)).flat();
    const ids = idsOf(draw(history(shelf(12), heard), 'top_artists'));
    expect(ids).toHaveLength(30);
    const artists = ids.map((id) => Math.floor(id / 10));
    expect(artists.slice(0, 10)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
    expect(new Set(artists).size).toBe(10);
  });

  it('"discover" is artists little listened to', () => {
    const heard = Array.from({ length: 60 }, (_, index) => 10 + index);
    const ids = idsOf(draw(history(shelf(40), heard), 'discover', { length: 10 }));
    expect(ids).toHaveLength(10);
    for (const id of ids) expect(Math.floor(id / 10)).toBeGreaterThan(6);
    expect(new Set(ids.map((id) => Math.floor(id / 10))).size).toBe(10);
    const two = idsOf(draw(history(shelf(2), [20, 20, 20, 10]), 'discover'));
    expect(two.map((id) => Math.floor(id / 10))).toEqual(Array(10).fill(1));
  });

  it('"decade" is tracks whose album first came out then, whatever the pressing', () => {
    const albums = [
      ...shelf(3, (artist) => ({ year: [1969, 1970, 1979][artist - 1]! })),
      albumDocument('4', { year: 2011, masterId: '7', tracks: [{ id: 40, title: 'Remastered' }] }),
      albumDocument('5', { year: 1975, masterId: '7' }),
      albumDocument('6', { year: 1980, tracks: [{ id: 60, title: 'Later' }] }),
      albumDocument('7', { tracks: [{ id: 70, title: 'Nobody knows' }] }),
    ];
    const ids = idsOf(draw(history(albums), 'decade', { decade: 1970 }));
    expect(ids.sort((a, b) => a - b)).toEqual([...Array.from({ length: 20 }, (_, index) => 20 + index), 40]);
  });

  it('takes a title from one pressing only, and nothing that is only wished for', () => {
    const pressing = (id: string, track: number): AlbumDocument =>
      albumDocument(id, {
        masterId: '7',
        copies: [copy],
        tracks: [
          { id: track, title: 'Persiennes' },
          { id: track + 1, title: 'Untitled' },
          { id: track + 2, title: 'Untitled' },
        ],
      });
    const wanted = albumDocument('3', { wanted: true, tracks: [{ id: 31, title: 'Wished' }] });
    const drawn = draw(history([pressing('1', 10), pressing('2', 20), wanted]), 'random');
    expect(drawn.entries.length).toBeLessThanOrEqual(4);
    expect(idsOf(drawn).filter((id) => id === 10 || id === 20)).toHaveLength(1);
    expect(idsOf(drawn)).not.toContain(31);
    expect(drawn.explanation.leftOut.otherPressing).toBeGreaterThan(0);
  });

  it.each([
    ['recent', 'nothing-heard'],
    ['loved', 'nothing-loved'],
    ['top_artists', 'nothing-heard'],
    ['random', 'nothing-else'],
    ['discover', 'nothing-else'],
    ['decade', 'nothing-of-decade'],
  ] as const)('"%s" says why it is short on a shelf nobody has played from', (algorithm, short) => {
    expect(draw(history(shelf(1)), algorithm).explanation.short).toBe(short);
    expect(draw(history([]), algorithm)).toMatchObject({ entries: [], explanation: { short: 'library-empty' } });
  });

  it('holds up in libraries of one track, one artist, or nothing but loved tracks', () => {
    const track = { id: 10, title: 'Only', loved: true };
    const one = history(
      [albumDocument('1', { year: 1971, artists: [credit('1')], copies: [copy], tracks: [track] })],
      [10],
    );
    for (const algorithm of names) expect(idsOf(draw(one, algorithm))).toEqual([10]);
    const oneArtist = history(
      shelf(1, () => ({ year: 1971 })),
      [10, 11],
    );
    expect(idsOf(draw(oneArtist, 'discover', { length: 5 }))).toHaveLength(5);
    const loose = historyOf(
      { albums: [], artists: [artistDocument('1', 'Ilsa', [track])], tracks: [] },
      listensOf([10]),
      'UTC',
    );
    expect(idsOf(draw(loose, 'random'))).toEqual([10]);
  });

  it('counts what each option left out', () => {
    const some = history(
      shelf(2, (artist) => (artist === 1 ? { copies: [] } : {})),
      [20, 20],
    );
    expect(draw(some, 'random', { ownedOnly: true, notHeardSince: 1, maxPerArtist: 4 }).explanation).toEqual({
      asked: 30,
      drawn: 4,
      offered: 20,
      leftOut: { notOwned: 10, heardSince: 1, artistFull: 5, otherPressing: 0 },
      short: 'nothing-else',
    });
  });

  it.each([
    { length: 0 },
    { length: 501 },
    { decade: 1975 },
    { maxPerArtist: 0 },
    { period: { from: 5, to: 5 } },
    { length: NaN },
  ])('refuses %j', (options) => {
    expect(() => draw(history([]), 'random', options)).toThrow();
  });
});
