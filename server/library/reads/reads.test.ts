import { describe, expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { applied, libraryForTest, listenTo, newUuid, START, playlistDocument } from '../testing/library.ts';
import { copyOf, releaseOf } from '../testing/shelf.ts';

const page = { page: 1, pageSize: 10 };
const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title);

/** Three artists, five albums (two owned), plays at known times. */
function filled(): Library {
  const { library } = libraryForTest();
  const add = (title: string, artists: string[], year: number | null, support: string | null) =>
    applied(library, {
      kind: 'add-record',
      alias: newUuid(),
      title,
      artists,
      year,
      support,
      tracks: ['Opening', 'Café', 'Closing'],
    });
  add('Lysøen', ['Nils Økland'], 1994, 'Vinyl');
  add('Kvelden', ['Ingrid Vik', 'Per Dal'], 2003, 'CD');
  listenTo(library, { artist: 'Nils Økland', album: 'Lysøen', title: 'Café', playedAt: START });
  listenTo(library, { artist: 'Nils Økland', album: 'Lysøen', title: 'Café', playedAt: START + 1_000 });
  listenTo(library, {
    artist: 'Ingrid Vik',
    album: 'Kvelden',
    title: 'Opening',
    playedAt: START + 2_000,
    source: 'roon',
    zone: 'Kitchen',
  });
  listenTo(library, { artist: 'The Okras', album: 'Cellar', title: 'Stew', playedAt: START + 3_000, loved: true });
  listenTo(library, { artist: 'The Okras feat. Ingrid Vik', album: 'Cellar', title: 'Soup', playedAt: START + 4_000 });
  listenTo(library, { artist: 'The Okras', album: undefined, title: 'Broth', playedAt: START + 5_000 });
  return library;
}

const artistId = (library: Library, name: string) => library.reads.artists({ ...page, q: name }).items[0]!.id;
const albumId = (library: Library, q: string) => library.reads.albums({ ...page, q }).items[0]!.id;

describe('listens', () => {
  it('come newest first, page by page, with the total', () => {
    const library = filled();
    const first = library.reads.listens({ page: 1, pageSize: 4 });
    const second = library.reads.listens({ page: 2, pageSize: 4 });
    expect(first.total).toBe(6);
    expect([...first.items, ...second.items].map(({ playedAt }) => playedAt - START)).toEqual([
      5_000, 4_000, 3_000, 2_000, 1_000, 0,
    ]);
    expect(library.reads.listens({ page: 9, pageSize: 4 })).toEqual({ items: [], total: 6 });
    expect(first.items[0]).toMatchObject({ album: null, artists: [{ name: 'The Okras' }] });
    expect(first.items[1]?.artists.map(({ name }) => name)).toEqual(['The Okras', 'Ingrid Vik']);
  });

  it('are filtered by time, source, artist, album, love and words, and by several at once', () => {
    const library = filled();
    const total = (
      filter: Parameters<Library['reads']['listens']>[0] extends infer R ? Omit<R, 'page' | 'pageSize'> : never,
    ) => {
      const found = library.reads.listens({ ...page, ...filter });
      expect(found.items).toHaveLength(found.total);
      return found.items.map(({ playedAt }) => (playedAt - START) / 1_000);
    };
    expect(total({ from: START + 1_000, to: START + 3_000 })).toEqual([2, 1]);
    expect(total({ source: 'roon' })).toEqual([2]);
    expect(total({ loved: true })).toEqual([3]);
    expect(total({ artist: artistId(library, 'Ingrid') })).toEqual([4, 2]);
    expect(total({ artist: artistId(library, 'okras') })).toEqual([5, 4, 3]);
    expect(total({ album: albumId(library, 'cellar') })).toEqual([4, 3]);
    expect(total({ q: 'cafe' })).toEqual([1, 0]);
    expect(total({ q: 'lysoen' })).toEqual([1, 0]);
    expect(total({ q: 'okras', loved: true, source: 'lastfm' })).toEqual([3]);
    expect(total({ q: 'nothing like it' })).toEqual([]);
    expect(library.reads.listensBetween(START, START + 2_000).map(({ playedAt }) => playedAt - START)).toEqual([
      0, 1_000,
    ]);
    expect(library.reads.listen(0)).toBeNull();
  });

  it('keep the totals right while the library changes', () => {
    const library = filled();
    const filter = { ...page, artist: artistId(library, 'okras') };
    expect(library.reads.listens(filter).total).toBe(3);
    listenTo(library, { artist: 'The Okras', album: 'Cellar', title: 'Stew', playedAt: START + 9_000 });
    expect(library.reads.listens(filter).total).toBe(4);
  });
});

describe('albums', () => {
  it('show owned ones first where no order is asked for', () => {
    const library = filled();
    expect(titles(library.reads.albums(page).items)).toEqual(['Kvelden', 'Lysøen', 'Cellar']);
  });

  it('come in each order', () => {
    const library = filled();
    applied(library, { kind: 'rate-album', albumId: String(albumId(library, 'cellar')), rating: 5 });
    const order = (sort: 'artist' | 'title' | 'year' | 'plays' | 'lastPlayed' | 'rating' | 'added') =>
      titles(library.reads.albums({ ...page, sort }).items);
    expect(order('artist')).toEqual(['Kvelden', 'Lysøen', 'Cellar']);
    expect(order('title')).toEqual(['Cellar', 'Kvelden', 'Lysøen']);
    expect(order('year')).toEqual(['Kvelden', 'Lysøen', 'Cellar']);
    expect(order('plays')).toEqual(['Lysøen', 'Cellar', 'Kvelden']);
    expect(order('lastPlayed')).toEqual(['Cellar', 'Kvelden', 'Lysøen']);
    expect(order('rating')[0]).toBe('Cellar');
    expect(order('added')[0]).toBe('Cellar');
  });

  it('are filtered by each facet', () => {
    const library = filled();
    const found = (filter: object) => titles(library.reads.albums({ ...page, sort: 'title', ...filter }).items);
    expect(found({ owned: true })).toEqual(['Kvelden', 'Lysøen']);
    expect(found({ owned: false })).toEqual(['Cellar']);
    expect(found({ support: 'vinyl' })).toEqual(['Lysøen']);
    expect(found({ year: 2003 })).toEqual(['Kvelden']);
    expect(found({ decade: 1990 })).toEqual(['Lysøen']);
    expect(found({ artist: artistId(library, 'Per') })).toEqual(['Kvelden']);
    expect(found({ q: 'ingrid kvel' })).toEqual(['Kvelden']);
    expect(found({ wanted: true })).toEqual([]);
    expect(found({ genre: 'Folk' })).toEqual([]);
    expect(found({ label: 'ECM' })).toEqual([]);
    expect(found({ q: '' })).toHaveLength(3);
  });

  it('give their tracks with plays', () => {
    const library = filled();
    const album = library.reads.album(albumId(library, 'lysoen'))!;
    expect(album).toMatchObject({
      plays: 2,
      lastPlayedAt: START + 1_000,
      owned: true,
      artists: [{ name: 'Nils Økland' }],
    });
    expect(album.tracks.map(({ title, plays, position }) => [title, plays, position])).toEqual([
      ['Opening', 0, '1'],
      ['Café', 2, '2'],
      ['Closing', 0, '3'],
    ]);
    expect(library.reads.album(999)).toBeNull();
  });

  it('give the part of the record that each track stands on, by all its positions and its copy', () => {
    const { library } = libraryForTest();
    const release = { ...releaseOf('11', 'Nils Økland', 'Lysøen'), support: 'Vinyl' };
    library.shelf.takeCopies([{ ...copyOf('i-1', release), format: 'Vinyl, LP, Album + CD' }], 'first');
    const line = (position: string | null, title: string, kind: 'heading' | null = null) => ({
      kind,
      position,
      title,
      durationSeconds: null,
      artists: [],
    });
    library.shelf.writeDetails(albumId(library, 'lysoen'), {
      tracks: [line(null, 'Bris', 'heading'), line('A1', 'Bris'), line('B1', 'Straum'), line('1', 'Skum')],
      imageUrls: [],
      year: null,
    });
    expect(library.reads.album(albumId(library, 'lysoen'))!.tracks.map(({ part }) => part)).toEqual([
      undefined,
      { side: 'A' },
      { side: 'B' },
      { medium: 'CD' },
    ]);
  });

  it('come on no day where their copies have none, whenever they were heard', () => {
    const { library } = libraryForTest();
    library.shelf.takeCopies(
      [
        { ...copyOf('1', releaseOf('1', 'Ada Nordlund', 'Undated')), dateAdded: null },
        copyOf('2', releaseOf('2', 'Ada Nordlund', 'Dated')),
      ],
      'pass',
    );
    listenTo(library, { artist: 'Ada Nordlund', album: 'Undated', title: 'A', playedAt: START });
    listenTo(library, { artist: 'Ada Nordlund', album: 'Heard', title: 'B', playedAt: START + 900 });
    const { items } = library.reads.albums({ ...page, sort: 'added' });
    expect(items.map(({ title, addedAt }) => [title, addedAt])).toEqual([
      ['Heard', START + 900],
      ['Dated', START],
      ['Undated', null],
    ]);
  });
});

describe('artists', () => {
  it('come as a shelf is ordered, with what is theirs', () => {
    const library = filled();
    const { items, total } = library.reads.artists(page);
    expect(total).toBe(4);
    expect(items.map(({ name, albums, plays }) => [name, albums, plays])).toEqual([
      ['Ingrid Vik', 1, 2],
      ['Nils Økland', 1, 2],
      ['The Okras', 1, 3],
      ['Per Dal', 1, 1],
    ]);
  });

  it('are given in detail', () => {
    const library = filled();
    const artist = library.reads.artist(artistId(library, 'okras'))!;
    expect(artist).toMatchObject({
      firstHeardAt: START + 3_000,
      lastPlayedAt: START + 5_000,
      albumItems: [{ title: 'Cellar', plays: 2 }],
    });
    expect(titles(artist.topTracks).sort()).toEqual(['Broth', 'Soup', 'Stew']);
    expect(library.reads.artist(999)).toBeNull();
  });
});

describe('search', () => {
  const names = (library: Library, q: string) => {
    const found = library.reads.search(q, 5);
    return {
      artists: found.artists.map(({ name }) => name),
      albums: titles(found.albums),
      tracks: titles(found.tracks),
      playlists: found.playlists.map(({ name }) => name),
    };
  };

  it('finds by beginnings, in any order, whatever the accents', () => {
    const library = filled();
    library.playlists.put(playlistDocument({ name: 'Økland at night' }));
    expect(names(library, 'okland')).toEqual({
      artists: ['Nils Økland'],
      albums: ['Lysøen'],
      tracks: expect.arrayContaining(['Café']) as unknown,
      playlists: ['Økland at night'],
    });
    expect(names(library, 'ØKLAND lys').albums).toEqual(['Lysøen']);
    expect(names(library, 'cafe nils').tracks).toEqual(['Café']);
    expect(names(library, 'café').tracks[0]).toBe('Café');
  });

  it.each(['kveldne', 'kvelen', 'kvellden', 'kvolden', 'jvelden', 'velden', 'vkelden'])(
    'forgives the typing error in %s',
    (q) => {
      expect(names(filled(), q).albums).toEqual(['Kvelden']);
    },
  );

  it('finds nothing for nothing and for what is not there, whatever is typed', () => {
    const library = filled();
    const nothing = { artists: [], albums: [], tracks: [], playlists: [] };
    for (const q of ['', '   ', 'xyzzyx', '"', `' OR 1=1 --`, 'a AND NOT (', 'NEAR(', '*'])
      expect(names(library, q)).toEqual(nothing);
  });

  it('finds names of signs alone', () => {
    const library = filled();
    listenTo(library, { artist: '!!!', title: '₊˚', playedAt: START + 9_000 });
    expect(names(library, '!!!').artists).toEqual(['!!!']);
    expect(names(library, '₊˚').tracks).toEqual(['₊˚']);
  });

  it('puts the exact name and what is heard more first', () => {
    const library = filled();
    listenTo(library, { artist: 'Okra', title: 'Peel', album: 'Peelings', playedAt: START + 9_000 });
    expect(names(library, 'okra').artists).toEqual(['Okra', 'The Okras']);
  });
});

it('counts what there is', () => {
  expect(filled().reads.counts()).toEqual({
    artists: 4,
    albums: 3,
    owned: 2,
    tracks: 9,
    listens: 6,
    scrobbles: 6,
    playlists: 0,
  });
});

it('counts the playlists that exist: one that could not be written is none, unless it has the tracks it had', () => {
  const library = filled();
  const list = { name: 'Evening', algorithm: null, aiPrompt: 'rain', createdAt: START, updatedAt: START };
  const [bare, complete] = [newUuid(), newUuid()];
  library.playlists.begin({ ...list, id: bare });
  library.playlists.put({ ...list, id: complete, entries: [{ entry: 'a', trackId: 1 }] });
  library.playlists.beginAnew(complete);
  expect(library.reads.counts().playlists).toBe(1);
  library.playlists.fail(bare, 'no answer');
  library.playlists.fail(complete, 'no answer');
  expect(library.reads.counts().playlists).toBe(1);
});
