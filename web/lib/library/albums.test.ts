import { beforeEach, describe, expect, it } from 'vitest';
import { encodePage } from '#shared/journal/codec.ts';
import { AlbumStore } from './albums.ts';
import { ArtistStore } from './artists.ts';
import { Catalogue } from './catalogue.ts';
import { JournalStore } from './journal.ts';
import { optimisticStateOf } from './optimisticState.ts';
import { PlayCounts } from './plays.ts';
import { album, artist, copy, mutation, silent, track } from './testing/documents.ts';
import { TrackStore } from './tracks.ts';
import type { AlbumFilter } from './types.ts';
import type { ReplicaCollection } from '../replica/types.ts';

const stored = [
  album('1', 'The Long Road', {
    artists: [
      { id: '1', name: 'The Alders', join: 'feat.' },
      { id: '2', name: 'Zoë Ask', creditedAs: 'Zoë' },
    ],
    tracks: [track(11, 'Gate'), track(12, 'Hill', { artists: [{ id: '2', name: 'Zoë Ask' }] })],
    year: 1971,
    support: 'Vinyl',
    genres: ['Folk'],
    labels: [
      { name: 'Oak', catalogueNumber: '1' },
      { name: 'Oak', catalogueNumber: '2' },
    ],
    copies: [copy('c1')],
    masterId: 'm',
    rating: 4,
    addedAt: 30,
  }),
  album('2', 'The Long Road', {
    tracks: [track(21, 'Gate')],
    year: 1999,
    support: 'CD',
    genres: ['Folk', 'Rock'],
    copies: [copy('c2')],
    masterId: 'm',
    addedAt: 10,
  }),
  album('3', 'Été', {
    artists: [{ id: '2', name: 'Zoë Ask' }],
    year: null,
    support: 'CD',
    genres: ['Rock'],
    copies: [copy('c3')],
    addedAt: 20,
  }),
  album('4', 'Only Heard', { artists: [{ id: '3', name: 'Bo' }], tracks: [track(41, 'There')], year: 1975 }),
  album('5', 'Wished For', { artists: [{ id: '3', name: 'Bo' }], wanted: true }),
];

let catalogue: Catalogue;
let albums: AlbumStore;
let artists: ArtistStore;
let tracks: TrackStore;
let plays: PlayCounts;

const collectionOf = <T extends { id: string }>(documents: readonly T[]) =>
  Promise.resolve({
    get: (ids: string[]) => Promise.resolve(documents.filter(({ id }) => ids.includes(id))),
  } as unknown as ReplicaCollection<T>);

beforeEach(() => {
  catalogue = new Catalogue(silent());
  const journal = new JournalStore(catalogue, silent());
  plays = new PlayCounts(journal, catalogue, silent());
  albums = new AlbumStore(catalogue, plays, () => collectionOf(stored));
  artists = new ArtistStore(catalogue, plays, () => collectionOf([artist('7', 'Nobody Yet')]));
  tracks = new TrackStore(catalogue, albums, artists, plays);
  const listens = [11, 11, 21, 41].map((trackId, index) => ({
    id: index + 1,
    playedAt: 1_700_000_000 + index,
    trackId,
    ownerId: Math.floor(trackId / 10),
    source: 'lastfm' as const,
    witnesses: 1,
  }));
  journal.setPages({ documents: [encodePage('2023-11', listens)], removed: [] });
});

const fill = (): void => {
  albums.setDocuments({ documents: stored, removed: [] });
  albums.setComplete();
  artists.setComplete();
};
const ids = (filter?: AlbumFilter): string =>
  albums
    .list(filter)
    .map(({ id }) => id)
    .join();

describe('the shelf', () => {
  beforeEach(fill);

  it('shows what is owned, in the order of a shelf, articles and accents aside', () => {
    // "The Alders" stands under A, "Mara Lindqvist" under M, "Zoë Ask" under Z.
    expect(ids()).toBe('1,2,3');
    expect(ids({ shelf: 'heard' })).toBe('4');
    expect(ids({ shelf: 'wanted' })).toBe('5');
    expect(ids({ shelf: 'all' }).split(',')).toHaveLength(5);
  });

  it('shows everything while nothing is owned', () => {
    albums.setDocuments({ documents: [], removed: ['1', '2', '3'] });
    expect(ids({ sort: 'title' })).toBe('4,5');
  });

  it.each<[string, AlbumFilter, string]>([
    ['support', { supports: ['CD'], sort: 'year' }, '2,3'],
    ['decade', { decades: [1970] }, '1'],
    ['genre and label', { genres: ['Folk'], labels: ['Oak'] }, '1'],
    ['artist', { artistIds: ['2'], sort: 'title' }, '3,1'],
    ['rating', { rating: 3 }, '1'],
    ['never played', { neverPlayed: true }, '3'],
    ['words of title and artist, accents aside', { text: 'ete zoe' }, '3'],
  ])('filters by %s', (_name, filter, expected) => {
    expect(ids(filter)).toBe(expected);
  });

  it.each<[AlbumFilter, string]>([
    [{ sort: 'added' }, '2,3,1'],
    [{ sort: 'added', descending: true }, '1,3,2'],
    // What has no year comes last, whichever the direction.
    [{ sort: 'year', descending: true }, '2,1,3'],
    [{ sort: 'rating', descending: true }, '1,2,3'],
    [{ sort: 'plays', shelf: 'all', text: 'heard' }, '4'],
  ])('sorts %j', (filter, expected) => {
    expect(ids(filter)).toBe(expected);
  });

  it('counts each facet under the others', () => {
    const facets = albums.facets({ supports: ['Vinyl'] });
    expect(facets.supports).toEqual([
      { value: 'CD', count: 2 },
      { value: 'Vinyl', count: 1 },
    ]);
    expect(facets.genres).toEqual([{ value: 'Folk', count: 1 }]);
    expect(facets.labels).toEqual([{ value: 'Oak', count: 1 }]);
    expect(facets.artists).toContainEqual({ value: '2', count: 1, name: 'Zoë Ask' });
    expect(albums.facets()).toMatchObject({ owned: 3, heard: 1, wanted: 1, total: 5, neverPlayed: 1 });
  });

  it('says nothing new while nothing changed', () => {
    expect(albums.list({ sort: 'year' })).toBe(albums.list({ sort: 'year' }));
  });
});

describe('what was heard', () => {
  beforeEach(fill);

  it('is summed over the pressings of one master', () => {
    expect(albums.plays('1')).toEqual({ count: 3, firstPlayedAt: 1_700_000_000, lastPlayedAt: 1_700_000_002 });
    expect(albums.plays('2').count).toBe(3);
    expect(
      albums
        .pressings('2')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['1', '2']);
    expect(albums.plays('3')).toEqual({ count: 0, firstPlayedAt: null, lastPlayedAt: null });
    expect(albums.plays('unknown').count).toBe(0);
  });

  it('counts by track and by each artist of a track', () => {
    expect(tracks.plays(11).count).toBe(2);
    expect(tracks.plays(999).count).toBe(0);
    expect(artists.plays('2').count).toBe(2);
    expect(artists.plays('3')).toMatchObject({ count: 1, lastPlayedAt: 1_700_000_003 });
  });
});

describe('documents and tracks', () => {
  it('are loaded when asked for, and said to be none when there are none', async () => {
    expect(albums.get('1')).toBeUndefined();
    expect(albums.get('404')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(albums.get('1')?.title).toBe('The Long Road');
    expect(albums.get('404')).toBeNull();
    expect(artists.entry('7')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(artists.entry('7')?.name).toBe('Nobody Yet');
  });

  it('resolve a listen’s track through its owner', async () => {
    expect(tracks.of({ trackId: 12, ownerId: 1 })).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(tracks.of({ trackId: 12, ownerId: 1 })).toMatchObject({
      title: 'Hill',
      artistLine: 'Zoë Ask',
      loved: false,
      album: { id: '1' },
    });
    expect(tracks.of({ trackId: 11, ownerId: 1 })).toMatchObject({ title: 'Gate', artistLine: 'The Alders feat. Zoë' });
    // A record that has not been sent yet: its track is awaited, and not said to have no name.
    expect(tracks.of({ trackId: 991, ownerId: 99 })).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(tracks.of({ trackId: 991, ownerId: 99 })).toBeUndefined();
    expect(tracks.of({ trackId: 992, ownerId: -99 })).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(tracks.of({ trackId: 992, ownerId: -99 })).toBeUndefined();
    fill();
    expect(tracks.of({ trackId: 999, ownerId: 1 })).toBeNull();
    expect(tracks.get(999)).toBeNull();
  });

  it('show mutations at once', () => {
    fill();
    const state = optimisticStateOf(
      [
        mutation({ kind: 'love-track', trackId: 41, loved: true }),
        mutation({ kind: 'merge-albums', from: '1', into: '2' }),
      ],
      {},
    );
    expect(catalogue.setOptimistic(state).albums).toEqual(['4']);
    albums.reload(stored.filter(({ id }) => id === '4'));
    expect(tracks.get(41)).toMatchObject({ loved: true, lovePending: true });
    expect(ids()).not.toContain('1');
    expect(albums.entry('1')?.title).toBe('The Long Road');
  });

  it('show a manual album, and remove it again', () => {
    fill();
    const alias = '22222222-2222-4222-8222-222222222222';
    const add = mutation({
      kind: 'add-record',
      alias,
      title: 'Flea Market',
      artists: ['Bo'],
      year: null,
      support: 'Vinyl',
    });
    catalogue.setOptimistic(optimisticStateOf([add], {}));
    expect(albums.get(alias)?.title).toBe('Flea Market');
    expect(ids({ text: 'flea' })).toBe(alias);
    catalogue.setOptimistic(optimisticStateOf([add, mutation({ kind: 'remove-record', alias })], {}));
    expect(ids({ text: 'flea', shelf: 'all' })).toBe('');
  });

  it('list an artist’s albums in the order of release', () => {
    fill();
    expect(artists.albums('2').map(({ id }) => id)).toEqual(['1', '3']);
  });
});
