import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumDocument, anyLibrary, artistDocument, copy } from '#tests/arbitraries/library.ts';
import { LibraryIndex } from './libraryIndex.ts';

const credit = (id: string) => ({ id, name: `Artist ${id}` });

describe('the library in dense columns', () => {
  it('knows every track with its album, artists, duration and love', () => {
    fc.assert(
      fc.property(anyLibrary(), ({ albums, artists }) => {
        const index = LibraryIndex.from(albums, artists);
        for (const album of albums) {
          for (const track of album.tracks) {
            expect(index.track(track.id)).toEqual({
              trackId: track.id,
              title: track.title,
              albumId: album.id,
              artistIds: (track.artists ?? album.artists).map(({ id }) => id),
              durationSeconds: track.durationSeconds ?? null,
              loved: track.loved ?? false,
            });
          }
        }
        for (const artist of artists) {
          for (const track of artist.tracks) {
            expect(index.track(track.id)).toMatchObject({ albumId: null, artistIds: [artist.id] });
          }
        }
      }),
    );
  });

  it('is the same whatever the order in which documents come', () => {
    const album = albumDocument('1', { artists: [credit('9')], tracks: [{ id: 5, title: 'Slow Alloy' }] });
    const artist = artistDocument('9', 'Cinder Pallas');
    for (const index of [LibraryIndex.from([album], [artist]), LibraryIndex.from([], [])]) {
      index.setAlbum(album);
      index.setArtist(artist);
      expect(index.track(5)).toMatchObject({ title: 'Slow Alloy', albumId: '1', artistIds: ['9'] });
      expect(index.artistNames[index.artistIndex('9')]).toBe('Cinder Pallas');
    }
  });

  it('lets a track move to another album whichever document comes first', () => {
    const [first, second] = [
      albumDocument('1', { tracks: [{ id: 5, title: 'x' }] }),
      albumDocument('2', { tracks: [{ id: 5, title: 'x' }] }),
    ];
    const giverFirst = LibraryIndex.from([first], []);
    giverFirst.setAlbum(albumDocument('1'));
    expect(giverFirst.track(5)).toBeUndefined();
    giverFirst.setAlbum(second);
    expect(giverFirst.track(5)?.albumId).toBe('2');

    const takerFirst = LibraryIndex.from([first], []);
    takerFirst.setAlbum(second);
    takerFirst.setAlbum(albumDocument('1'));
    expect(takerFirst.track(5)?.albumId).toBe('2');
  });

  it('forgets what a removed document carried, and moves its version with every change', () => {
    const index = LibraryIndex.from(
      [albumDocument('1', { masterId: '7', copies: [copy], tracks: [{ id: 5, title: 'x' }] })],
      [],
    );
    index.setArtist(artistDocument('3', 'Ilsa', [{ id: 6, title: 'y' }]));
    const before = index.version;
    index.removeAlbum('1');
    index.removeArtist('3');
    expect([index.track(5), index.track(6), index.track(99)]).toEqual([undefined, undefined, undefined]);
    expect(index.groupAlbums[index.albumGroup[index.albumIndex('1')]!]).toEqual([]);
    expect(index.version).toBeGreaterThan(before);
    const after = index.version;
    index.removeAlbum('none');
    expect(index.version).toBe(after);
    index.setAlbum(albumDocument('1', { masterId: '7', tracks: [{ id: 5, title: 'x' }] }));
    expect(index.track(5)?.albumId).toBe('1');
    expect(index.groupAlbums[index.albumGroup[index.albumIndex('1')]!]).toEqual([index.albumIndex('1')]);
  });

  it('groups pressings by their master and gives the earliest of their years', () => {
    const index = LibraryIndex.from(
      [
        albumDocument('1', { masterId: '7', year: 2011 }),
        albumDocument('2', { masterId: '7', year: 1972 }),
        albumDocument('3', { masterId: '7' }),
        albumDocument('4', { year: 1980 }),
      ],
      [],
    );
    const groupOf = (id: string) => index.albumGroup[index.albumIndex(id)]!;
    expect(groupOf('1')).toBe(groupOf('2'));
    expect(groupOf('3')).toBe(groupOf('2'));
    expect(groupOf('4')).not.toBe(groupOf('1'));
    expect([index.originalYear(groupOf('1')), index.originalYear(groupOf('4'))]).toEqual([1972, 1980]);
    index.setAlbum(albumDocument('2', { masterId: '8', year: 1972 }));
    expect(index.originalYear(groupOf('1'))).toBe(2011);
  });

  it('keeps headings out of the album list but knows their listens, marks parts, and takes ids of any size', () => {
    const index = LibraryIndex.from(
      [
        albumDocument('1', {
          artists: [credit('1'), credit('1'), credit('2')],
          tracks: [
            { id: 1, title: 'Side one', kind: 'heading' },
            { id: 2_000_000_000, title: 'Suite', kind: 'index' },
            { id: 3, title: 'Prelude', kind: 'sub-track' },
          ],
        }),
      ],
      [],
    );
    expect(index.track(1)).toMatchObject({ title: 'Side one', albumId: '1' });
    expect(index.albumTracks[0]!.map((track) => index.trackTitles[track])).toEqual(['Suite', 'Prelude']);
    expect(index.track(2_000_000_000)).toMatchObject({ title: 'Suite', artistIds: ['1', '2'] });
    expect(index.trackIsPart[index.trackIndex(3)]).toBe(1);
    expect([...index.trackIndexes(Int32Array.of(3, 2_000_000_000, -4, 77_777))]).toEqual([1, 0, -1, -1]);
  });
});
