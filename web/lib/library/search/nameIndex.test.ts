import { describe, expect, it } from 'vitest';
import { answerOf } from './answer.ts';
import { NameIndex, type Named } from './nameIndex.ts';

const album = (id: string, name: string, detail: string): Named => ({ kind: 'album', id, name, detail });
const artist = (id: string, name: string): Named => ({ kind: 'artist', id, name, detail: '' });
const track = (id: string, name: string, detail: string): Named => ({ kind: 'track', id, name, detail, ownerId: 1 });

function indexOf(...items: Named[]): NameIndex {
  const index = new NameIndex();
  for (const item of items) index.set(item);
  return index;
}

const albumsFor = (index: NameIndex, query: string): string[] =>
  answerOf(index, query, 8).albums.map(({ name }) => name);

describe('the index of names', () => {
  const index = indexOf(
    album('1', 'Électrique Été', 'Les Ærøfoner'),
    album('2', 'Winter Light', 'Mara Lindqvist'),
    album('3', 'Light Years', 'Mara Lindqvist'),
    album('4', 'Lightning', 'The Quiet Ones'),
    artist('7', 'Mara Lindqvist'),
    track('70', 'Light', 'Mara Lindqvist · Light Years'),
  );

  it.each([
    ['whatever the accents', 'electrique', 'Électrique Été'],
    ['by letters that are no accents', 'aerofoner', 'Électrique Été'],
    ['by words in any order', 'light winter', 'Winter Light'],
    ['by the artist and half a word', 'lindq wint', 'Winter Light'],
    ['with a letter wrong', 'wimter', 'Winter Light'],
    ['with a letter missing', 'wnter', 'Winter Light'],
    ['with a letter too many', 'winnter', 'Winter Light'],
    ['with two letters swapped', 'wniter', 'Winter Light'],
  ])('finds %s', (_how, query, name) => {
    expect(albumsFor(index, query)[0]).toBe(name);
  });

  it.each([
    ['林檎', '椎名林檎', [[2, 2]]],
    ['林', '椎名林檎', [[2, 1]]],
    ['龍一', '坂本龍一', [[2, 2]]],
    ['事変', '東京事変', [[2, 2]]],
    ['杰倫', '周杰倫', [[1, 2]]],
    ['소년', '방탄소년단', [[2, 2]]],
    ['椎名 檎', '椎名林檎', [[0, 2]]],
    [
      'live谷',
      '渋谷 Live',
      [
        [1, 1],
        [3, 4],
      ],
    ],
  ])('finds %s in %s, and where', (query, name, matches) => {
    const eastern = indexOf(
      ...['椎名林檎', '坂本龍一', '東京事変', '渋谷 Live', '周杰倫', '방탄소년단'].map((each, at) =>
        artist(String(at), each),
      ),
    );
    expect(answerOf(eastern, query, 8).artists.map((found) => [found.name, found.matches])).toEqual([[name, matches]]);
  });

  it('does not forgive two errors, nor an error in a short word', () => {
    expect(albumsFor(index, 'wamtor')).toEqual([]);
    expect(albumsFor(index, 'eta')).toEqual([]);
  });

  it('needs every word', () => {
    expect(albumsFor(index, 'winter quiet')).toEqual([]);
  });

  it('puts the whole name before its beginning, and that before a word within', () => {
    expect(albumsFor(index, 'light')).toEqual(['Light Years', 'Lightning', 'Winter Light']);
    expect(albumsFor(indexOf(album('1', 'Light Years', ''), album('2', 'Light', '')), 'light')).toEqual([
      'Light',
      'Light Years',
    ]);
  });

  it('answers by kind, with what matched and the track’s owner', () => {
    const { artists, tracks } = answerOf(index, 'lindqvist', 8);
    expect(artists).toEqual([{ kind: 'artist', id: '7', name: 'Mara Lindqvist', detail: '', matches: [[5, 9]] }]);
    expect(tracks[0]).toMatchObject({ id: '70', ownerId: 1, matches: [] });
  });

  it('underlines where the name meets the query', () => {
    expect(answerOf(index, 'elec été', 8).albums[0]?.matches).toEqual([
      [0, 4],
      [11, 3],
    ]);
    expect(answerOf(indexOf(album('1', 'Ærø by Night', '')), 'aero', 8).albums[0]?.matches).toEqual([[0, 3]]);
  });

  it('follows changes: a new name is found, the old one and what was removed are not', () => {
    const changing = indexOf(album('1', 'First Name', ''), album('2', 'Other', ''));
    changing.set(album('1', 'Second Name', ''));
    changing.remove('album', '2');
    expect(albumsFor(changing, 'first')).toEqual([]);
    expect(albumsFor(changing, 'other')).toEqual([]);
    expect(albumsFor(changing, 'second')).toEqual(['Second Name']);
    expect(changing.size).toBe(1);
  });

  it('finds nothing for nothing', () => {
    expect(albumsFor(index, '   ')).toEqual([]);
  });
});
