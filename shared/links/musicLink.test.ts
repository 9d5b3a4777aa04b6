import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMusicLink, readShared } from './musicLink.ts';

describe('an address', () => {
  it.each([
    [
      'https://www.discogs.com/release/249504-Ada-Nordlund-Harbour-Lights',
      { service: 'discogs', kind: 'release', id: '249504', text: 'Ada Nordlund Harbour Lights' },
    ],
    [
      'https://www.discogs.com/fr/master/77-H%C3%A9lio-Braquet-Ondes-courtes?utm=x#y',
      { service: 'discogs', kind: 'master', id: '77', text: 'Hélio Braquet Ondes courtes' },
    ],
    [
      'https://www.discogs.com/Ada-Nordlund-Harbour-Lights/release/249504',
      { service: 'discogs', kind: 'release', id: '249504', text: 'Ada Nordlund Harbour Lights' },
    ],
    ['https://m.discogs.com/sell/release/12', { service: 'discogs', kind: 'release', id: '12', text: '' }],
    ['https://www.discogs.com/master/view/12', { service: 'discogs', kind: 'master', id: '12', text: '' }],
    [
      'https://www.discogs.com/artist/5-Ada-Nordlund',
      { service: 'discogs', kind: 'artist', id: '5', text: 'Ada Nordlund' },
    ],
    ['https://www.last.fm/music/Ada+Nordlund', { service: 'lastfm', kind: 'artist', artist: 'Ada Nordlund' }],
    [
      'https://www.last.fm/fr/music/Ada+Nordlund/Harbour+Lights',
      { service: 'lastfm', kind: 'album', artist: 'Ada Nordlund', album: 'Harbour Lights' },
    ],
    [
      'https://www.last.fm/user/ada/library/music/Ada+Nordlund/_/Low%20Fog',
      { service: 'lastfm', kind: 'track', artist: 'Ada Nordlund', album: null, track: 'Low Fog' },
    ],
    [
      'https://www.last.fm/music/Ada+Nordlund/Harbour+Lights/Low+Fog',
      { service: 'lastfm', kind: 'track', artist: 'Ada Nordlund', album: 'Harbour Lights', track: 'Low Fog' },
    ],
    ['https://www.last.fm/music/Kombinat+7/+albums', { service: 'lastfm', kind: 'artist', artist: 'Kombinat 7' }],
    ['https://www.last.fm/music/A%252BB/C%252FD', { service: 'lastfm', kind: 'album', artist: 'A+B', album: 'C/D' }],
    [
      'https://open.spotify.com/album/4aawyAB9vmqN3uQ7FjRGTy?si=abc',
      { service: 'spotify', kind: 'album', id: '4aawyAB9vmqN3uQ7FjRGTy' },
    ],
    [
      'https://open.spotify.com/intl-fr/artist/4aawyAB9vmqN3uQ7FjRGTy',
      { service: 'spotify', kind: 'artist', id: '4aawyAB9vmqN3uQ7FjRGTy' },
    ],
    ['spotify:album:4aawyAB9vmqN3uQ7FjRGTy', { service: 'spotify', kind: 'album', id: '4aawyAB9vmqN3uQ7FjRGTy' }],
  ])('%s is known', (address, link) => {
    expect(readMusicLink(address)).toEqual(link);
  });

  it.each([
    'https://discogs.com.example/release/1',
    'https://example.com/release/1',
    'https://www.discogs.com/user/ada',
    'https://www.discogs.com/release/view',
    'https://www.last.fm/user/ada',
    'https://www.last.fm/music',
    'https://open.spotify.com/playlist/1',
    'https://open.spotify.com/album/',
    'ftp://www.discogs.com/release/1',
    'javascript:alert(1)',
    '',
    'release/1',
  ])('%s leads to no music', (address) => {
    expect(readMusicLink(address)).toBeNull();
  });

  it('comes back as the names that were put into it', () => {
    const name = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .map((text) => text.trim())
      .filter((text) => text !== '' && text !== '_' && !/^[.+]|%/.test(text) && !/\p{Cs}/u.test(text));
    const written = (text: string) => encodeURIComponent(encodeURIComponent(text)).replaceAll('%2520', '+');
    fc.assert(
      fc.property(name, name, (artist, album) => {
        expect(readMusicLink(`https://www.last.fm/music/${written(artist)}/${written(album)}`)).toEqual({
          service: 'lastfm',
          kind: 'album',
          artist,
          album,
        });
      }),
    );
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.webPath().map((path) => `https://www.discogs.com${path}`),
          fc.string().map((text) => `https://www.last.fm/music/${text}`),
        ),
        (text) => {
          expect(() => readShared([text, undefined, text])).not.toThrow();
        },
      ),
    );
  });
});

describe('what is shared', () => {
  it('has its address in its own field or amid words', () => {
    expect(readShared(['https://www.discogs.com/release/7', 'Look at this', null]).link).toMatchObject({ id: '7' });
    expect(
      readShared([null, 'Harbour Lights by Ada Nordlund https://open.spotify.com/album/abc1 via Spotify']),
    ).toEqual({
      link: { service: 'spotify', kind: 'album', id: 'abc1' },
      address: 'https://open.spotify.com/album/abc1',
      text: 'Harbour Lights by Ada Nordlund via Spotify',
    });
  });

  it('may be another address, or mere words', () => {
    expect(readShared(['https://example.com/x'])).toEqual({ link: null, address: 'https://example.com/x', text: '' });
    expect(readShared(['Harbour  Lights', 'Harbour Lights'])).toEqual({
      link: null,
      address: null,
      text: 'Harbour Lights',
    });
  });
});
