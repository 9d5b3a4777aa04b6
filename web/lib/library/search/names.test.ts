import { describe, expect, it } from 'vitest';
import type { AlbumDocument } from '#shared/library/album.ts';
import { answerOf } from './answer.ts';
import { NameIndex } from './nameIndex.ts';
import { albumLines, artistLines, NameReader, playlistLines } from './names.ts';

const album = (id: string, title: string, ...tracks: [id: number, title: string][]): AlbumDocument =>
  ({
    id,
    title,
    artists: [{ id: '1', name: 'Mara\tLindqvist' }],
    tracks: tracks.map(([trackId, name]) => ({ id: trackId, title: name })),
  }) as never;

describe('names on their way to the search worker', () => {
  it('arrive whole: albums, artists, playlists and their tracks with the owner', () => {
    const index = new NameIndex();
    const reader = new NameReader(index);
    const artist = {
      id: '7',
      name: 'Ilo',
      sortName: 'Ilo',
      images: [],
      aliases: [{ name: 'Ilo Two' }],
      tracks: [{ id: 9, title: 'Alone' }],
    };
    reader.read(
      [
        ...albumLines(album('3', 'North', [5, 'Snow'])),
        ...artistLines(artist),
        ...playlistLines({ id: 'p', name: 'Cold' } as never),
      ].join('\n'),
    );
    expect(answerOf(index, 'snow lindqvist', 5).tracks[0]).toMatchObject({
      id: '5',
      ownerId: 3,
      detail: 'Mara Lindqvist · North',
    });
    expect(answerOf(index, 'alone', 5).tracks[0]).toMatchObject({ id: '9', ownerId: -7, detail: 'Ilo' });
    expect(answerOf(index, 'two', 5).artists[0]?.id).toBe('7');
    expect(answerOf(index, 'cold', 5).playlists[0]?.id).toBe('p');
  });

  it('leave with their album, but not when another album has taken them over', () => {
    const index = new NameIndex();
    const reader = new NameReader(index);
    reader.read(albumLines(album('3', 'North', [5, 'Snow'], [6, 'Ice'])).join('\n'));
    reader.read(
      [...albumLines(album('4', 'South', [5, 'Snow'])), ...albumLines(album('3', 'North', [6, 'Ice']))].join('\n'),
    );
    expect(answerOf(index, 'snow', 5).tracks).toMatchObject([{ id: '5', ownerId: 4 }]);
    reader.remove('album', ['3']);
    expect(answerOf(index, 'ice', 5).tracks).toEqual([]);
    expect(index.size).toBe(2);
  });
});
