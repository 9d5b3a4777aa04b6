import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, listenTo, newUuid, START, playlistDocument } from '../testing/library.ts';

type Row = Record<string, unknown>;

const sql = (library: Library, query: string, ...values: (string | number | null)[]): Row[] => {
  const db = new Libsql(library.file);
  try {
    const statement = db.prepare(query);
    return statement.reader ? (statement.all(values) as Row[]) : (statement.run(values), []);
  } finally {
    db.close();
  }
};

/** What is whose: every row that merges move, as it is. Places in playlists by their names, since a list is written anew. */
function whose(library: Library): Record<string, Row[]> {
  const tables = [
    'artists',
    'albums',
    'album_artist',
    'tracks',
    'track_artist',
    'images',
    'metadata',
    'copies',
    'listening_history',
    'former_ids',
  ];
  const rows = tables.map((table): [string, Row[]] => [table, sql(library, `SELECT * FROM ${table} ORDER BY 1, 2`)]);
  return Object.fromEntries([
    ...rows,
    ['places', sql(library, 'SELECT entry, track_id FROM playlist_tracks ORDER BY entry')],
  ]);
}

const albumOf = (library: Library, title: string): string =>
  String(sql(library, 'SELECT id FROM albums WHERE title = ?', title)[0]!.id);
const artistOf = (library: Library, name: string): string =>
  String(sql(library, 'SELECT id FROM artists WHERE name = ?', name)[0]!.id);
const rowOf = (library: Library, id: string): Row => sql(library, 'SELECT * FROM albums WHERE id = ?', Number(id))[0]!;

/** What an album has of its own whatever it is merged into; all else that it has must be the survivor's where that has none. */
const OWN = ['id', 'title', 'title_key', 'created_at', 'updated_at'];

/** Gives an album something in every column that may be empty. */
function filled(library: Library, id: string): void {
  const columns = sql(library, 'PRAGMA table_info(albums)').filter(
    ({ name }) => !OWN.includes(String(name)) && name !== 'cover_image_id',
  );
  for (const { name, type } of columns) {
    const value = name === 'rating' ? 4 : name === 'uid' ? newUuid() : type === 'TEXT' ? `["${String(name)}"]` : 1;
    sql(library, `UPDATE albums SET ${String(name)} = ? WHERE id = ?`, value, Number(id));
  }
}

function pictured(library: Library, id: string, ...urls: string[]): void {
  for (const url of urls)
    sql(
      library,
      `INSERT INTO images (url, image_type, source, album_id, state, created_at) VALUES (?, 'album', 'discogs', ?, 'good', '')`,
      url,
      Number(id),
    );
}

const pictureOf = (library: Library, id: string, url: string): number =>
  Number(sql(library, 'SELECT id FROM images WHERE album_id = ? AND url = ?', Number(id), url)[0]!.id);
const coverOf = (library: Library, id: string): unknown =>
  sql(library, 'SELECT url FROM images WHERE id = (SELECT cover_image_id FROM albums WHERE id = ?)', Number(id))[0]
    ?.url;

type Joining = 'merge-albums' | 'split-album' | 'merge-artists' | 'split-artist';

function inTurn(
  library: Library,
  kind: Joining,
  ids: Record<string, string>,
  pairs: readonly [string, string][],
): void {
  for (const [from, into] of pairs) {
    expect(applied(library, { kind, from: ids[from]!, into: ids[into]! })).toMatchObject({ state: 'applied' });
    expectSound(library.file);
  }
}

type Pairs = [string, string][];

const ORDERS: [merges: Pairs, splits: Pairs][] = [
  [
    ['One', 'Two'],
    ['Two', 'Three'],
  ],
  [
    ['Two', 'Three'],
    ['One', 'Three'],
  ],
  [
    ['One', 'Three'],
    ['Two', 'Three'],
  ],
].flatMap((merges) =>
  [
    ['One', 'Two'],
    ['Two', 'One'],
  ].map((splits): [Pairs, Pairs] => [merges as Pairs, splits.map((former) => [former, 'Three'])]),
);

/** A playlist of every track. */
function listAll(library: Library): void {
  const entries = sql(library, 'SELECT id FROM tracks ORDER BY id').map(({ id }) => ({
    entry: newUuid(),
    trackId: Number(id),
  }));
  library.playlists.put(playlistDocument({ name: 'All', entries }));
}

describe('three albums that became one', () => {
  const three = () => {
    const { library } = libraryForTest();
    for (const [index, [album, title]] of [
      ['One', 'a'],
      ['One', 'b'],
      ['Two', 'a'],
      ['Two', 'c'],
      ['Three', 'a'],
      ['Three', 'd'],
    ].entries()) {
      listenTo(library, { album: album!, title: title!, playedAt: START + index * 900 });
    }
    const ids = Object.fromEntries(['One', 'Two', 'Three'].map((title) => [title, albumOf(library, title)]));
    pictured(library, ids.One!, 'https://x.test/one.jpg', 'https://x.test/both.jpg');
    pictured(library, ids.Three!, 'https://x.test/both.jpg', 'https://x.test/three.jpg');
    filled(library, ids.One!);
    applied(library, {
      kind: 'choose-cover',
      albumId: ids.One!,
      imageId: pictureOf(library, ids.One!, 'https://x.test/both.jpg'),
    });
    applied(library, {
      kind: 'add-record',
      alias: newUuid(),
      albumId: ids.Two!,
      title: 'Two',
      artists: ['Nils Okland'],
      support: 'CD',
      year: null,
    });
    listAll(library);
    return { library, ids };
  };

  it.each(ORDERS)('%j are split as they were: %j', (merges, splits) => {
    const { library, ids } = three();
    const before = whose(library);
    const own = rowOf(library, ids.One!);
    inTurn(library, 'merge-albums', ids, merges);
    const { cover_image_id: cover, ...survivor } = rowOf(library, ids.Three!);
    // It has what each of them had and it had not.
    for (const column of Object.keys(survivor))
      if (!OWN.includes(column))
        expect([column, survivor[column]]).toEqual([
          column,
          column === 'support' && (merges[0]![0] === 'Two' || merges[0]![1] === 'Two') ? 'CD' : own[column],
        ]);
    expect(cover).not.toBeNull();
    expect(coverOf(library, ids.Three!)).toBe('https://x.test/both.jpg');
    inTurn(library, 'split-album', ids, splits);
    expect(whose(library)).toEqual(before);
  });
});

describe('three artists who became one', () => {
  const three = () => {
    const { library } = libraryForTest();
    const names = ['Nils Okland', 'Nils Oekland', 'N. Økland'];
    for (const [index, artist] of names.entries()) {
      const at = START + index * 9_000;
      listenTo(library, { artist, album: `Of ${artist}`, title: 'Own', playedAt: at });
      listenTo(library, { artist, album: 'Shared title', title: 'Same', playedAt: at + 900 });
      listenTo(library, { artist, album: undefined, title: 'Alone', playedAt: at + 1_800 });
      listenTo(library, {
        artist: 'Sigbjørn Apeland',
        album: 'Duos',
        title: `With ${artist} feat. ${artist}`,
        playedAt: at + 2_700,
      });
    }
    const ids = Object.fromEntries(
      names.map((name, index) => [['One', 'Two', 'Three'][index]!, artistOf(library, name)]),
    );
    sql(
      library,
      `UPDATE artists SET spotify_id = 's', lastfm_url = 'l', discogs_id = '7', mbid = 'm' WHERE id = ?`,
      Number(ids.One),
    );
    for (const [name, id] of Object.entries(ids))
      sql(
        library,
        `INSERT INTO images (url, image_type, source, artist_id, created_at) VALUES (?, 'artist', 'discogs', ?, '')`,
        `https://x.test/${name}.jpg`,
        Number(id),
      );
    const alone = sql(
      library,
      `SELECT tracks.id FROM tracks JOIN track_artist ON track_id = tracks.id WHERE title = 'Alone' AND artist_id = ?`,
      Number(ids.Two),
    )[0]!;
    applied(library, { kind: 'love-track', trackId: Number(alone.id), loved: true });
    listAll(library);
    return { library, ids };
  };

  it.each(ORDERS)('%j are split as they were: %j', (merges, splits) => {
    const { library, ids } = three();
    const before = whose(library);
    inTurn(library, 'merge-artists', ids, merges);
    expect(
      sql(library, 'SELECT spotify_id, lastfm_url, discogs_id, mbid FROM artists WHERE id = ?', Number(ids.Three))[0],
    ).toEqual({ spotify_id: 's', lastfm_url: 'l', discogs_id: '7', mbid: 'm' });
    expect(sql(library, `SELECT DISTINCT loved FROM tracks WHERE title = 'Alone'`)).toEqual([{ loved: 1 }]);
    inTurn(library, 'split-artist', ids, splits);
    expect(whose(library)).toEqual(before);
  });
});

describe('what is left of a chain', () => {
  it('a rated album goes back to its artist, whichever of a chain of artists is taken out first', () => {
    const { library } = libraryForTest();
    const plays = [
      ['P1', 'Al0', 't1'],
      ['P2', undefined, 't1'],
      ['P3', 'Al0', 't1'],
      ['P2', undefined, 't0'],
      ['P3', undefined, 't1'],
    ] as const;
    for (const [index, [artist, album, title]] of plays.entries())
      listenTo(library, { artist, album, title, playedAt: START + index * 900 });
    const ids = Object.fromEntries(['P1', 'P2', 'P3'].map((name) => [name, artistOf(library, name)]));
    for (const [rating, { id }] of sql(library, 'SELECT id FROM albums ORDER BY id').entries())
      applied(library, { kind: 'rate-album', albumId: String(id), rating: rating + 3 });
    const before = whose(library);
    inTurn(library, 'merge-artists', ids, [
      ['P3', 'P2'],
      ['P2', 'P1'],
    ]);
    inTurn(library, 'split-artist', ids, [['P3', 'P1']]);
    // As though they had never been one: P2 is P1 alone.
    expect(
      sql(
        library,
        `SELECT name, rating FROM albums JOIN album_artist ON album_id = albums.id JOIN artists ON artists.id = artist_id ORDER BY name`,
      ),
    ).toEqual([
      { name: 'P1', rating: 3 },
      { name: 'P3', rating: 4 },
    ]);
    inTurn(library, 'split-artist', ids, [['P2', 'P1']]);
    expect(whose(library)).toEqual(before);
  });

  it('no track is made of one that another album shares, neither heard nor loved by anybody', () => {
    const { library } = libraryForTest();
    for (const [index, [artist, album]] of (
      [
        ['Okra', 'One'],
        ['Other', 'Two'],
        ['Okra', 'Three'],
      ] as const
    ).entries())
      listenTo(library, { artist, album, title: 't', playedAt: START + index * 900 });
    const ids = Object.fromEntries(['One', 'Two', 'Three'].map((title) => [title, albumOf(library, title)]));
    applied(library, {
      kind: 'love-track',
      trackId: Number(sql(library, 'SELECT id FROM tracks WHERE album_id = ?', Number(ids.Two))[0]!.id),
      loved: true,
    });
    const before = whose(library);
    inTurn(library, 'merge-albums', ids, [
      ['One', 'Two'],
      ['Three', 'Two'],
    ]);
    inTurn(library, 'split-album', ids, [['One', 'Two']]);
    expect(sql(library, 'SELECT plays FROM tracks ORDER BY plays')).toEqual([{ plays: 1 }, { plays: 2 }]);
    inTurn(library, 'split-album', ids, [['Three', 'Two']]);
    expect(whose(library)).toEqual(before);
  });

  it('what a person said while they were one stays said when another is taken out', () => {
    const { library } = libraryForTest();
    for (const [index, album] of ['One', 'Two', 'Three'].entries())
      listenTo(library, { album, title: 'a', playedAt: START + index * 900 });
    const ids = Object.fromEntries(['One', 'Two', 'Three'].map((title) => [title, albumOf(library, title)]));
    applied(library, { kind: 'rate-album', albumId: ids.Three!, rating: 4 });
    const track = () => Number(sql(library, 'SELECT id FROM tracks WHERE album_id = ?', Number(ids.Two))[0]!.id);
    applied(library, { kind: 'love-track', trackId: track(), loved: true });
    inTurn(library, 'merge-albums', ids, [
      ['One', 'Two'],
      ['Three', 'Two'],
    ]);
    applied(library, { kind: 'rate-album', albumId: ids.Two!, rating: 0 });
    applied(library, { kind: 'love-track', trackId: track(), loved: false });
    inTurn(library, 'split-album', ids, [['One', 'Two']]);
    expect(rowOf(library, ids.Two!).rating).toBe(0);
    expect(sql(library, 'SELECT loved, plays FROM tracks WHERE id = ?', track())).toEqual([{ loved: 0, plays: 2 }]);
  });
});

describe('where both have one', () => {
  const two = () => {
    const { library } = libraryForTest();
    listenTo(library, { album: 'One', title: 'a' });
    listenTo(library, { album: 'Two', title: 'b', playedAt: START + 900 });
    return { library, from: albumOf(library, 'One'), into: albumOf(library, 'Two') };
  };

  it('what a person wrote of the other stays to be read, and is its own again when the two are', () => {
    const { library, from, into } = two();
    for (const note of ['first of one', 'of one']) applied(library, { kind: 'note-album', albumId: from, note });
    applied(library, { kind: 'note-album', albumId: into, note: 'of two' });
    applied(library, { kind: 'rate-album', albumId: from, rating: 5 });
    applied(library, { kind: 'rate-album', albumId: into, rating: 2 });
    const history = (id: string) =>
      sql(library, 'SELECT text, rating FROM revisions WHERE subject = ? ORDER BY id', `album-note:${id}`);
    const before = [history(from), history(into)];
    applied(library, { kind: 'merge-albums', from, into });
    expect(rowOf(library, into)).toMatchObject({ note: 'of two', rating: 2 });
    expect(history(into)).toEqual([
      { text: 'first of one', rating: null },
      { text: 'of one', rating: 5 },
    ]);
    applied(library, { kind: 'split-album', from, into });
    expect([history(from), history(into)]).toEqual(before);
    expect([rowOf(library, from), rowOf(library, into)]).toMatchObject([
      { note: 'of one', rating: 5 },
      { note: 'of two', rating: 2 },
    ]);
    expectSound(library.file);
  });

  it('a year that a person wrote goes before a service’s, and each has its own again afterwards', () => {
    const { library, into } = two();
    sql(library, 'UPDATE albums SET year = 2011 WHERE id = ?', Number(into));
    applied(library, {
      kind: 'add-record',
      alias: newUuid(),
      title: 'Mine',
      artists: ['Nils Okland'],
      support: 'CD',
      year: 1999,
    });
    const mine = albumOf(library, 'Mine');
    applied(library, { kind: 'merge-albums', from: mine, into });
    expect(rowOf(library, into).year).toBe(1999);
    applied(library, { kind: 'split-album', from: mine, into });
    expect([rowOf(library, mine).year, rowOf(library, into).year]).toEqual([1999, 2011]);
  });

  it('the survivor’s cover stays; one that is chosen of the other’s pictures stays when that is taken out', () => {
    const { library, from, into } = two();
    pictured(library, from, 'https://x.test/one.jpg', 'https://x.test/more.jpg');
    pictured(library, into, 'https://x.test/two.jpg');
    applied(library, {
      kind: 'choose-cover',
      albumId: from,
      imageId: pictureOf(library, from, 'https://x.test/one.jpg'),
    });
    applied(library, {
      kind: 'choose-cover',
      albumId: into,
      imageId: pictureOf(library, into, 'https://x.test/two.jpg'),
    });
    applied(library, { kind: 'merge-albums', from, into });
    expect(coverOf(library, into)).toBe('https://x.test/two.jpg');
    applied(library, {
      kind: 'choose-cover',
      albumId: into,
      imageId: pictureOf(library, into, 'https://x.test/more.jpg'),
    });
    applied(library, { kind: 'split-album', from, into });
    expect([coverOf(library, from), coverOf(library, into)]).toEqual([
      'https://x.test/one.jpg',
      'https://x.test/more.jpg',
    ]);
    expectSound(library.file);
  });

  it('a person’s choice that a track is not loved goes before a service’s that it is', () => {
    const { library } = libraryForTest();
    for (const [index, artist] of ['Nils Okland', 'Nils Økland'].entries())
      listenTo(library, { artist, album: undefined, title: 'Alone', playedAt: START + index * 900 });
    const [from, into] = [artistOf(library, 'Nils Okland'), artistOf(library, 'Nils Økland')];
    library.loves.seenUpstream({ artist: 'Nils Okland', title: 'Alone' }, true);
    const own = sql(library, `SELECT track_id FROM track_artist WHERE artist_id = ?`, Number(into))[0]!;
    for (const loved of [true, false]) applied(library, { kind: 'love-track', trackId: Number(own.track_id), loved });
    applied(library, { kind: 'merge-artists', from, into });
    expect(sql(library, 'SELECT loved FROM tracks')).toEqual([{ loved: 0 }]);
    applied(library, { kind: 'split-artist', from, into });
    expect(
      sql(library, 'SELECT loved FROM tracks JOIN track_artist ON track_id = tracks.id ORDER BY artist_id'),
    ).toEqual([{ loved: 1 }, { loved: 0 }]);
    expectSound(library.file);
  });

  it('what a person keeps separate from an album is kept separate from what that is merged into, also by way of a third', () => {
    const { library } = libraryForTest();
    for (const [index, album] of ['Lysoen', 'Lysøen', 'Third'].entries())
      listenTo(library, { album, playedAt: START + index * 900 });
    const [one, two, three] = ['Lysoen', 'Lysøen', 'Third'].map((title) => albumOf(library, title)) as [
      string,
      string,
      string,
    ];
    applied(library, { kind: 'merge-albums', from: one, into: two });
    applied(library, { kind: 'merge-albums', from: two, into: three });
    applied(library, { kind: 'split-album', from: one, into: three });
    applied(library, { kind: 'split-album', from: two, into: three });
    const separated = () =>
      sql(library, `SELECT other FROM album_apart WHERE one LIKE '%lysoen' ORDER BY 1`).map(({ other }) =>
        String(other),
      );
    expect(separated()).toEqual([two, three]);
  });
});
