import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isUpstreamError } from '../../../kit/http/upstreamError.ts';
import { readLovedTracks, readProfile, readSession } from './account.ts';
import { readAlbumInfo, readArtistInfo } from './info.ts';
import { readScrobbles, scrobbleParameters } from './scrobbles.ts';

const asked = { user: 'ligeia', page: 1, limit: 200 };

test('loved tracks of a compatible server, one of them without a date, and the last page’s single object', () => {
  const track = {
    name: 'Relais',
    mbid: '',
    artist: { name: 'Kombinat 7', mbid: '', url: 'https://libre.example/artist/Kombinat+7' },
  };
  const dated = { ...track, date: { '#text': '17 Feb 2026 13:53 GMT', uts: '1771336383' } };
  const attributes = { user: 'Ligeia', page: '1', perPage: '3', totalPages: '2', total: '6' };
  expect(readLovedTracks({ lovedtracks: { track: [dated, track], '@attr': attributes } }, asked)).toEqual({
    user: 'Ligeia',
    page: 1,
    totalPages: 2,
    total: 6,
    isCounted: true,
    leftOut: 1,
    setAside: [],
    tracks: [
      { artist: 'Kombinat 7', title: 'Relais', lovedAt: 1_771_336_383 },
      { artist: 'Kombinat 7', title: 'Relais' },
    ],
  });
  expect(readLovedTracks({ lovedtracks: { track: dated, '@attr': attributes } }, asked).tracks).toHaveLength(1);
});

test('an album without pictures, in each of the ways to say so', () => {
  const album = {
    artist: 'Saul Merriweather',
    name: 'Dust Choir',
    tags: '',
    mbid: '',
    url: 'https://www.last.fm/music/Saul+Merriweather/Dust+Choir',
  };
  const star = 'https://lastfm.freetls.fastly.net/i/u/174s/2a96cbd8b46e442fc41c2b86b821562f.png';
  for (const image of [
    undefined,
    '',
    [],
    [{ size: 'mega', '#text': '' }],
    [{ size: 'large', '#text': star }],
    [{ size: 'small', '#text': 'data:,x' }],
    7,
  ]) {
    expect(readAlbumInfo({ album: { ...album, image } })).toMatchObject({
      name: 'Dust Choir',
      artist: 'Saul Merriweather',
      images: [],
    });
  }
});

test('an artist and pictures of several sizes, each once, the largest first', () => {
  const of = (size: string, segment: string) => ({
    size,
    '#text': `https://lastfm.freetls.fastly.net/i/u/${segment}ab12.png`,
  });
  const image = [
    of('small', '34s/'),
    of('large', '174s/'),
    of('mega', '300x300/'),
    of('', '300x300/'),
    of('extralarge', ''),
  ];
  expect(
    readArtistInfo({ artist: { name: '[unknown]', url: 'https://www.last.fm/music/%5Bunknown%5D', image } }),
  ).toMatchObject({
    name: '[unknown]',
    images: [
      { url: 'https://lastfm.freetls.fastly.net/i/u/300x300/ab12.png', width: 300, height: 300 },
      { url: 'https://lastfm.freetls.fastly.net/i/u/ab12.png' },
      { url: 'https://lastfm.freetls.fastly.net/i/u/174s/ab12.png', width: 174, height: 174 },
      { url: 'https://lastfm.freetls.fastly.net/i/u/34s/ab12.png', width: 34, height: 34 },
    ],
  });
});

test('scrobbles: one as an object, several as a list, and never fewer than were sent', () => {
  const taken = {
    artist: { corrected: '0', '#text': 'Moth' },
    album: { corrected: '0' },
    ignoredMessage: { code: '0', '#text': '' },
    timestamp: '1',
  };
  const ignored = { ...taken, ignoredMessage: { code: '9', '#text': '' } };
  expect(readScrobbles({ scrobbles: { scrobble: taken, '@attr': { ignored: 0, accepted: 1 } } }, 1)).toEqual([
    { accepted: true },
  ]);
  expect(readScrobbles({ scrobbles: { scrobble: [taken, ignored] } }, 2)).toEqual([
    { accepted: true },
    { accepted: false, code: 9, reason: 'Last.fm ignored the play (code 9)' },
  ]);
  expect(() => readScrobbles({ scrobbles: { scrobble: taken } }, 2)).toThrow('1 of 2');
});

test('a batch leaves out what is not known', () => {
  const known = { playedAt: 5, artist: 'A', title: 'B' };
  expect(
    scrobbleParameters([
      { ...known, album: 'C', durationSeconds: 61 },
      { ...known, album: '' },
    ]),
  ).toEqual({
    'artist[0]': 'A',
    'track[0]': 'B',
    'timestamp[0]': '5',
    'album[0]': 'C',
    'duration[0]': '61',
    'artist[1]': 'A',
    'track[1]': 'B',
    'timestamp[1]': '5',
  });
});

test('any JSON is read or refused as malformed', () => {
  const readers = [
    (body: unknown) => readLovedTracks(body, asked),
    (body: unknown) => readProfile(body, 'ligeia'),
    readSession,
    readAlbumInfo,
    readArtistInfo,
    (body: unknown) => readScrobbles(body, 1),
  ];
  const envelope = fc.constantFrom('lovedtracks', 'user', 'session', 'album', 'artist', 'scrobbles');
  fc.assert(
    fc.property(fc.constantFrom(...readers), envelope, fc.jsonValue(), (read, name, value) => {
      for (const body of [value, { [name]: value }]) {
        try {
          read(body);
        } catch (error) {
          expect(isUpstreamError(error), String(error)).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});
