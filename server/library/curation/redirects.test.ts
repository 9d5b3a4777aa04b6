import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import type { Library } from '../api/library.ts';
import { expectSound } from '../testing/invariants.ts';
import { applied, libraryForTest, listenTo, START } from '../testing/library.ts';
import { copyOf as copy, releaseOf as release } from '../testing/shelf.ts';

const albums = (library: Library) => library.reads.albums({ page: 1, pageSize: 100, sort: 'title' }).items;
const idOf = (library: Library, title: string) => albums(library).find((album) => album.title === title)!.id;
const albumText = (haiku: string) => ({
  haiku,
  summary: null,
  film: null,
  model: 'm',
  language: 'en',
  promptVersion: 1,
});

describe('what was found about an album that was merged into another meanwhile', () => {
  function merged() {
    const { library } = libraryForTest();
    listenTo(library, { album: 'Lysøen' });
    listenTo(library, { album: 'Lysoen', playedAt: START + 900 });
    const [from, into] = [idOf(library, 'Lysoen'), idOf(library, 'Lysøen')];
    applied(library, { kind: 'merge-albums', from: String(from), into: String(into) });
    return { library, from, into };
  }

  it('goes to that other', () => {
    const { library, from, into } = merged();
    library.atomically(() => {
      library.images.add({ url: 'https://i.example/1.jpg', source: 'spotify', owner: { albumId: from } });
      library.facts.fillAlbum(from, { year: 2009, spotifyUrl: 'https://open.spotify.com/album/1' });
      library.facts.saveAlbumText(from, albumText('one\ntwo\nthree'));
      library.shelf.writeDetails(from, { tracks: [], imageUrls: ['https://i.example/2.jpg'], year: null });
    });
    expect(albums(library)).toMatchObject([
      {
        id: into,
        year: 2009,
        spotifyUrl: 'https://open.spotify.com/album/1',
        haiku: 'one\ntwo\nthree',
        images: [{ source: 'spotify' }, { source: 'discogs' }],
      },
    ]);
    expectSound(library.file);
  });

  it('leaves the text it has in that language', () => {
    const { library, from, into } = merged();
    library.facts.saveAlbumText(into, albumText('kept\nkept\nkept'));
    library.facts.saveAlbumText(from, albumText('lost\nlost\nlost'));
    expect(albums(library)[0]?.haiku).toBe('kept\nkept\nkept');
  });

  it('comes to nothing where the album or the artist is gone', () => {
    const { library } = libraryForTest();
    library.atomically(() => {
      library.images.add({ url: 'https://i.example/1.jpg', source: 'spotify', owner: { albumId: 77 } });
      library.images.add({ url: 'https://i.example/1.jpg', source: 'spotify', owner: { artistId: 77 } });
      library.facts.fillAlbum(77, { year: 2009, mbid: 'x' });
      library.facts.fillArtist(77, { spotifyId: 'x' });
      library.facts.saveAlbumText(77, albumText('a\nb\nc'));
      library.shelf.writeDetails(77, { tracks: [], imageUrls: ['https://i.example/2.jpg'], year: null });
    });
    expect(library.reads.counts()).toMatchObject({ albums: 0 });
    expectSound(library.file);
  });

  it('goes to the artist that stayed of two', () => {
    const { library } = libraryForTest();
    listenTo(library, { artist: 'Nils Okland' });
    listenTo(library, { artist: 'N. Økland', album: 'Glødetråd', playedAt: START + 900 });
    const [from, into] = ['N. Økland', 'Nils Okland'].map(
      (name) => library.reads.artists({ page: 1, pageSize: 9 }).items.find((artist) => artist.name === name)!.id,
    );
    applied(library, { kind: 'merge-artists', from: String(from), into: String(into) });
    library.images.add({ url: 'https://i.example/1.jpg', source: 'spotify', owner: { artistId: from! } });
    expect(library.reads.artist(into!)?.images).toMatchObject([{ source: 'spotify', type: 'artist' }]);
  });
});

describe('a release whose album was merged into another release’s', () => {
  it('brings its copy there, is not doubled, and leaves that one’s facts alone', () => {
    const { library } = libraryForTest();
    const [lp, cd] = [
      release('11', 'Nils Okland', 'Lysøen'),
      { ...release('12', 'Nils Okland', 'Lysøen (CD)'), support: 'CD' },
    ];
    listenTo(library, { album: 'Straum' });
    library.shelf.takeWants([lp], 'first');
    const [from, into] = [idOf(library, 'Lysøen'), idOf(library, 'Straum')];
    applied(library, { kind: 'merge-albums', from: String(from), into: String(into) });
    const file = new Libsql(library.file);
    file.prepare(`UPDATE albums SET discogs_id = '12', title = 'Lysøen (CD)' WHERE id = ?`).run(into);
    file.close();

    library.shelf.takeCopies([copy('i-12', cd), copy('i-11', lp)], 'second');
    library.shelf.takeWants([lp], 'second');
    expect(albums(library)).toMatchObject([{ id: into, title: 'Lysøen (CD)', support: 'CD', discogsId: '12' }]);
    expect(
      albums(library)[0]
        ?.copies.map(({ instanceId }) => instanceId)
        .sort(),
    ).toEqual(['i-11', 'i-12']);
    expectSound(library.file);
  });

  it('stays an album of its own when two artists become one', () => {
    const { library } = libraryForTest();
    library.shelf.takeCopies([copy('i-11', release('11', 'Nils Okland', 'Lysøen'))], 'first');
    library.shelf.takeWants([release('12', 'N. Økland', 'Lysøen')], 'first');
    const [into, from] = ['Nils Okland', 'N. Økland'].map((name) =>
      String(library.reads.artists({ page: 1, pageSize: 9 }).items.find((artist) => artist.name === name)!.id),
    );
    applied(library, { kind: 'merge-artists', from: from!, into: into! });
    expect(
      albums(library)
        .map(({ discogsId }) => discogsId)
        .sort(),
    ).toEqual(['11', '12']);
  });
});
