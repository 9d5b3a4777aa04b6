import Libsql from 'libsql';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldForSearch } from '#shared/matching/fold.ts';
import type { Library } from '../api/library.ts';
import { asOfSchema } from '../testing/earlierFile.ts';
import { libraryForTest, listenTo, START, playlistDocument, openIn } from '../testing/library.ts';

const HEARD: [artist: string, album: string, title: string][] = [
  ['椎名林檎', '無罪モラトリアム', '歌舞伎町の女王'],
  ['坂本 龍一', '千のナイフ', '戦場のメリークリスマス'],
  ['東京事変', '大人', '群青日和'],
  ['周杰倫', '七里香', '東風破'],
  ['방탄소년단', '화양연화', '봄날'],
  ['Ingrid Vik', 'Kvelden', 'Opening'],
];

function eastern() {
  const made = libraryForTest();
  HEARD.forEach(([artist, album, title], at) =>
    listenTo(made.library, { artist, album, title, playedAt: START + at * 900 }),
  );
  made.library.playlists.put(playlistDocument({ name: '東京の夜' }));
  return made;
}

const found = (library: Library, q: string) => {
  const { artists, albums, tracks, playlists } = library.reads.search(q, 20);
  return {
    artists: artists.map(({ name }) => name),
    albums: albums.map(({ title }) => title),
    tracks: tracks.map(({ title }) => title),
    playlists: playlists.map(({ name }) => name),
  };
};

describe('search', () => {
  it('finds Chinese, Japanese and Korean names from any character on', () => {
    const { library } = eastern();
    expect(found(library, '林檎').artists).toEqual(['椎名林檎']);
    expect(found(library, '坂本龍一').artists).toEqual(['坂本 龍一']);
    expect(found(library, '龍').artists).toEqual(['坂本 龍一']);
    expect(found(library, '事変').artists).toEqual(['東京事変']);
    expect(found(library, '杰倫').artists).toEqual(['周杰倫']);
    expect(found(library, '소년').artists).toEqual(['방탄소년단']);
    expect(found(library, 'ﾒﾘｰｸﾘｽﾏｽ').tracks).toEqual(['戦場のメリークリスマス']);
    expect(found(library, '里香 杰倫').albums).toEqual(['七里香']);
    expect(found(library, '京都')).toEqual({ artists: [], albums: [], tracks: [], playlists: [] });
  });

  it('finds a title by every part of it, in the lists too', () => {
    const { library } = eastern();
    const title = fc.constantFrom(...HEARD.slice(0, 5).map(([, , each]) => each));
    fc.assert(
      fc.property(title, fc.nat(), fc.nat(), (whole, from, length) => {
        const characters = [...foldForSearch(whole)];
        const start = from % (characters.length - 1);
        const part = characters.slice(start, start + 2 + (length % (characters.length - start - 1))).join('');
        expect(found(library, part).tracks).toContain(whole);
        expect(
          library.reads.listens({ page: 1, pageSize: 20, q: part }).items.map(({ track }) => track.title),
        ).toContain(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('forgives a typing error in every list, and only where nothing has the terms', () => {
    const { library } = eastern();
    const page = { page: 1, pageSize: 20 };
    expect(library.reads.listens({ ...page, q: 'kvedlen ingrid' }).items.map(({ track }) => track.title)).toEqual([
      'Opening',
    ]);
    expect(library.reads.albums({ ...page, q: 'ingird' }).items.map(({ title }) => title)).toEqual(['Kvelden']);
    expect(library.reads.artists({ ...page, q: 'imgrid' }).items.map(({ name }) => name)).toEqual(['Ingrid Vik']);
    expect(library.reads.listens({ ...page, q: 'nothing' }).items).toEqual([]);
    // Each word is somebody's, and one is mistyped all the same.
    listenTo(library, { artist: 'Bo Ek', album: undefined, title: 'Formal', playedAt: START + 9_900 });
    library.playlists.put(playlistDocument({ name: 'Formal evenings' }));
    listenTo(library, { artist: 'Bo Ek', album: 'Other', title: 'Postcard from Kate', playedAt: START + 9_950 });
    expect(library.reads.listens({ ...page, q: 'postcard form kate' }).items.map(({ track }) => track.title)).toEqual([
      'Postcard from Kate',
    ]);
    expect(library.reads.listens({ ...page, q: 'ohter kate from' }).items.map(({ track }) => track.title)).toEqual([
      'Postcard from Kate',
    ]);
    expect(library.reads.listens({ ...page, q: 'other kvelden' }).items).toEqual([]);
    expect(found(library, 'postcard form kate').tracks).toEqual(['Postcard from Kate']);
  });

  it('forgives a typing error in the names of playlists as in all others', () => {
    const { library } = eastern();
    const put = (name: string) => library.playlists.put(playlistDocument({ name }));
    for (const name of ['Sunday morning', 'Sunday evening', 'Été indien']) put(name);
    expect(found(library, 'sundya').playlists.sort()).toEqual(['Sunday evening', 'Sunday morning']);
    expect(found(library, 'sunday mornign').playlists).toEqual(['Sunday morning']);
    expect(found(library, 'idnien').playlists).toEqual(['Été indien']);
    expect(found(library, 'monday').playlists).toEqual([]);
  });

  it('indexes an existing library anew, a slice at a time', async () => {
    const { library, folder } = eastern();
    library.close();
    asOfSchema(library.file, 20);
    const file = new Libsql(library.file);
    const names = {
      artists: 'SELECT id, name FROM artists',
      albums: 'SELECT id, title FROM albums',
      tracks: 'SELECT id, title FROM tracks',
      playlists: 'SELECT id, name FROM playlists',
    };
    for (const [kind, sql] of Object.entries(names)) {
      const rows = file.prepare(sql).raw().all() as [number, string][];
      file.exec(`DELETE FROM search_${kind}`);
      for (const [id, name] of rows)
        file.prepare(`INSERT INTO search_${kind} (rowid, folded) VALUES (?, ?)`).run(id, foldForSearch(name));
    }
    file.close();
    const opened = openIn(folder, { backupsDir: folder, timeZone: 'Europe/Paris' });
    expect(found(opened, '林檎').artists).toEqual([]);
    let slices = 0;
    await opened.followUps.run({ breathe: async () => void (slices += 1) });
    expect(slices).toBeGreaterThan(0);
    expect([
      found(opened, '林檎').artists,
      found(opened, '里香').albums,
      found(opened, '日和').tracks,
      found(opened, '京の').playlists,
    ]).toEqual([['椎名林檎'], ['七里香'], ['群青日和'], ['東京の夜']]);
    opened.close();
  });
});
