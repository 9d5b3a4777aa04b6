import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { parseResponse } from '#server/kit/http/responseSchema.ts';
import { mutated } from '#tests/arbitraries/mutated.ts';
import { searchText } from './query.ts';
import { AlbumsAnswer, ArtistsAnswer, releaseYear, TokenAnswer } from './schema.ts';

const ALBUM = {
  id: '5harbourlights0000000A',
  name: 'Harbour Lights',
  album_type: 'album',
  artists: [{ id: '1', name: 'Ada Nord', external_urls: {} }, null],
  images: [
    { url: 'https://i.scdn.example/64', width: 64, height: 64 },
    { url: 'https://i.scdn.example/640', width: 640, height: 640 },
    { url: 'https://i.scdn.example/any', width: null, height: null },
    { url: 'javascript:alert(1)' },
  ],
  release_date: '1981-12',
  release_date_precision: 'year',
  external_urls: { spotify: 'https://open.spotify.example/album/5harbour' },
};
const ANSWER = {
  albums: { href: '', limit: 5, offset: 0, total: 2, next: null, items: [null, ALBUM, { id: 'x', name: '' }] },
};

describe('albums', () => {
  it('are read without null items and nameless ones, images widest first', () => {
    expect(parseResponse('Spotify', AlbumsAnswer, ANSWER).albums.items).toEqual([
      {
        id: '5harbourlights0000000A',
        name: 'Harbour Lights',
        artists: ['Ada Nord'],
        albumType: 'album',
        images: [
          { url: 'https://i.scdn.example/640', width: 640, height: 640 },
          { url: 'https://i.scdn.example/64', width: 64, height: 64 },
          { url: 'https://i.scdn.example/any', width: null, height: null },
        ],
        year: 1981,
        url: 'https://open.spotify.example/album/5harbour',
      },
    ]);
  });

  it('need neither images, artists, date nor links', () => {
    const bare = { albums: { items: [{ id: 'x', name: 'Bare', images: null, external_urls: null }] } };
    expect(parseResponse('Spotify', AlbumsAnswer, bare).albums.items).toMatchObject([
      { images: [], artists: [], year: null, url: null },
    ]);
  });

  it('are refused when the answer holds no list', () => {
    expect(() => parseResponse('Spotify', AlbumsAnswer, { artists: { items: [] } })).toThrow(UpstreamError);
  });
});

describe('artists', () => {
  it('are read without the one that stands for everybody', () => {
    const items = [
      { id: '0LyfQWJT6nXafLPZqxe9Of', name: 'Various Artists' },
      { id: '7', name: 'Ada Nord', images: [] },
    ];
    expect(parseResponse('Spotify', ArtistsAnswer, { artists: { items } }).artists.items).toEqual([
      { id: '7', name: 'Ada Nord', images: [], url: null },
    ]);
  });
});

describe('releaseYear', () => {
  it.each([
    ['1961', 1961],
    ['1981-12', 1981],
    ['2001-03-02', 2001],
    ['0000', null],
    ['0000-01-01', null],
    ['', null],
    ['soon', null],
  ])('of %s is %s', (date, year) => expect(releaseYear(date)).toBe(year));
});

describe('searchText', () => {
  it('strips quotes and drops empty filters', () => {
    expect(searchText({ artist: 'The "Lanterns"', album: '“Harbour  Lights”' })).toBe(
      'artist:"The Lanterns" album:"Harbour Lights"',
    );
    expect(searchText({ artist: ' " ', album: 'Lamp' })).toBe('album:"Lamp"');
    expect(searchText({ artist: '', album: '""' })).toBe('');
  });

  it('never lets a name end its filter or grow beyond what Spotify takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string(), (artist, album) => {
        const text = searchText({ artist, album });
        expect(
          text
            .replace(/artist:"[^"]+"/u, '')
            .replace(/album:"[^"]+"/u, '')
            .trim(),
        ).toBe('');
      }),
    );
  });
});

describe('whatever comes', () => {
  it.each(Object.entries({ AlbumsAnswer, ArtistsAnswer, TokenAnswer }))(
    '%s reads it or refuses it with an UpstreamError',
    (_name, parser) => {
      const samples = fc.oneof(
        mutated(ANSWER),
        mutated({ artists: { items: [ALBUM] } }),
        mutated({ access_token: 'x', expires_in: 3600 }),
      );
      fc.assert(
        fc.property(samples, (value) => {
          try {
            parseResponse('Spotify', parser, value);
          } catch (error) {
            expect(error).toBeInstanceOf(UpstreamError);
          }
        }),
      );
    },
  );
});
