import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlank } from '#shared/text/blank.ts';
import { isUpstreamError } from '../../../kit/http/upstreamError.ts';
import { readRecentTracks } from './recentTracks.ts';

const asked = { user: 'ligeia', page: 1, limit: 200 };
const STAR = 'https://lastfm.freetls.fastly.net/i/u/300x300/2a96cbd8b46e442fc41c2b86b821562f.png';

const plain = {
  artist: { mbid: '6a7b8c9d-0000-4000-8000-000000000001', '#text': 'Ondine Falkner' },
  streamable: '0',
  image: [
    { size: 'small', '#text': 'https://lastfm.freetls.fastly.net/i/u/34s/ab12.jpg' },
    { size: 'extralarge', '#text': 'https://lastfm.freetls.fastly.net/i/u/300x300/ab12.jpg' },
    { size: 'medium', '#text': 'https://lastfm.freetls.fastly.net/i/u/64s/ab12.jpg' },
  ],
  mbid: '',
  album: { mbid: '', '#text': 'Undertow' },
  name: 'Glass Tide',
  url: 'https://www.last.fm/music/Ondine+Falkner/_/Glass+Tide',
  date: { uts: '1763800000', '#text': '22 Nov 2025, 08:26' },
};
const extended = {
  ...plain,
  artist: {
    url: 'https://www.last.fm/music/Ondine+Falkner',
    name: 'Ondine Falkner',
    image: [{ size: 'small', '#text': STAR }],
    mbid: '',
  },
  image: [{ size: 'extralarge', '#text': STAR }],
  album: { mbid: '', '#text': '' },
  loved: '1',
};
const page = (track: unknown, attributes: object = {}) => ({
  recenttracks: {
    track,
    '@attr': { user: 'ligeia', totalPages: '1', page: '1', perPage: '200', total: '1', ...attributes },
  },
});

describe('the shapes that Last.fm sends', () => {
  test('a plain entry', () => {
    const [play] = readRecentTracks(page([plain]), asked).plays;
    expect(play).toEqual({
      playedAt: 1_763_800_000,
      artist: 'Ondine Falkner',
      title: 'Glass Tide',
      album: 'Undertow',
      artistMbid: '6a7b8c9d-0000-4000-8000-000000000001',
      artistUrl: 'https://www.last.fm/music/Ondine+Falkner',
      trackUrl: 'https://www.last.fm/music/Ondine+Falkner/_/Glass+Tide',
      imageUrl: 'https://lastfm.freetls.fastly.net/i/u/300x300/ab12.jpg',
      raw: { artist: plain.artist, mbid: '', album: plain.album, name: plain.name, url: plain.url, date: plain.date },
    });
  });

  test('an extended entry, the star for a picture and no album', () => {
    const [play] = readRecentTracks(page(extended), asked).plays;
    expect(play).toMatchObject({
      artist: 'Ondine Falkner',
      artistUrl: 'https://www.last.fm/music/Ondine+Falkner',
      loved: true,
    });
    expect([play?.album, play?.imageUrl, play?.artistMbid]).toEqual([undefined, undefined, undefined]);
  });

  test('counts as numbers', () => {
    expect(readRecentTracks(page([], { page: 1, perPage: 1, totalPages: 0, total: 0 }), asked)).toMatchObject({
      total: 0,
      totalPages: 0,
    });
  });

  test('no total, as a compatible server leaves it out', () => {
    const without = page([plain, { ...plain, date: { uts: '1763799000' } }], {
      total: undefined,
      perPage: '2',
      totalPages: '7',
    });
    expect(readRecentTracks(without, asked)).toMatchObject({ page: 1, totalPages: 7, total: 14 });
    const bare = { recenttracks: { track: [plain], '@attr': { user: 'ligeia' } } };
    expect(readRecentTracks(bare, asked)).toMatchObject({ page: 1, totalPages: 1, total: 1 });
  });

  test('a page that holds less than it counts, or is another one', () => {
    const two = [plain, { ...plain, date: { uts: '1763799000' } }];
    const read = (track: unknown, attributes: object, number = 1) =>
      readRecentTracks(page(track, { page: String(number), perPage: '2', ...attributes }), { ...asked, page: number });
    expect(read(two, { total: '5', totalPages: '3' }, 2)).toMatchObject({
      page: 2,
      totalPages: 3,
      total: 5,
      leftOut: 0,
    });
    expect(read([plain], { total: '5', totalPages: '3' }, 2)).toMatchObject({ leftOut: 1 });
    expect(read([plain], { total: '5', totalPages: '1' }, 3)).toMatchObject({ totalPages: 3, leftOut: 0 });
    expect(read(two, { total: '1', totalPages: '1' })).toMatchObject({ total: 1, leftOut: 0 });
    expect(read([], { total: '5', totalPages: '3' }, 4)).toMatchObject({ plays: [], leftOut: 0 });
    for (const attributes of [
      { total: '5', totalPages: '3' },
      { total: '5', totalPages: '1' },
      { total: '0', totalPages: '3' },
      { total: undefined, totalPages: '3' },
    ]) {
      expect(() => read([], attributes, 2)).toThrow('none of them');
    }
    expect(() => read(two, { page: '7', total: '50', totalPages: '25' }, 2)).toThrow('page 7');
  });

  test('stamps as they are, possible or not', () => {
    const at = (uts: unknown) => readRecentTracks(page([{ ...plain, date: { uts } }]), asked).plays[0]?.playedAt;
    expect([at('0'), at('-5'), at(1_108_290_000), at('99999999999')]).toEqual([0, -5, 1_108_290_000, 99_999_999_999]);
  });

  test('what is sounding is no play even with a date, and nothing without its names', () => {
    const sounding = { ...plain, '@attr': { nowplaying: 'true' } };
    expect(readRecentTracks(page([sounding]), asked)).toMatchObject({
      plays: [],
      nowPlaying: { artist: 'Ondine Falkner', title: 'Glass Tide' },
    });
    expect(readRecentTracks(page([{ ...sounding, name: '' }, plain]), asked)).toMatchObject({
      plays: [{}],
      setAside: [],
      nowPlaying: null,
    });
    expect(readRecentTracks(page([{ ...plain, '@attr': { nowplaying: 'false' } }]), asked).plays).toHaveLength(1);
  });
});

describe('whatever is sent', () => {
  const survives = (body: unknown) => {
    try {
      const { plays } = readRecentTracks(body, asked);
      for (const play of plays) {
        expect(Number.isSafeInteger(play.playedAt)).toBe(true);
        expect(play.artist.trim()).not.toBe('');
        expect(play.title.trim()).not.toBe('');
      }
    } catch (error) {
      expect(isUpstreamError(error), String(error)).toBe(true);
    }
  };

  test('any JSON is read or refused as malformed', () => {
    fc.assert(fc.property(fc.jsonValue(), survives), { numRuns: 300 });
  });

  test('any JSON in the place of any field is read or refused as malformed', () => {
    const field = fc.constantFrom(
      'artist',
      'name',
      'album',
      'date',
      'image',
      'mbid',
      'url',
      'loved',
      '@attr',
      '__proto__',
    );
    fc.assert(
      fc.property(field, fc.jsonValue(), fc.jsonValue(), (name, value, attributes) => {
        survives(page([{ ...extended, [name]: value }, plain]));
        survives({ recenttracks: { track: [extended], '@attr': { user: 'ligeia', total: value, page: attributes } } });
      }),
      { numRuns: 500 },
    );
  });

  test('any history comes out as it went in, one element or many, plain or extended', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !isBlank(text));
    const heard = fc.record({
      playedAt: fc.integer({ min: 0, max: 4_000_000_000 }),
      artist: name,
      title: name,
      album: fc.option(name, { nil: undefined }),
      loved: fc.option(fc.boolean(), { nil: undefined }),
    });
    const entry = ({
      playedAt,
      artist,
      title,
      album,
      loved,
    }: {
      playedAt: number;
      artist: string;
      title: string;
      album?: string;
      loved?: boolean;
    }) => ({
      artist: loved === undefined ? { '#text': artist, mbid: '' } : { name: artist, mbid: '', url: '' },
      name: title,
      album: { '#text': album ?? '', mbid: '' },
      date: { uts: String(playedAt), '#text': '' },
      ...(loved === undefined ? {} : { loved: loved ? '1' : '0' }),
    });
    fc.assert(
      fc.property(fc.array(heard, { maxLength: 30 }), (history) => {
        const entries = history.map(entry);
        const { plays } = readRecentTracks(
          JSON.parse(
            JSON.stringify(page(entries.length === 1 ? entries[0] : entries, { total: String(entries.length) })),
          ),
          asked,
        );
        expect(
          plays.map(({ playedAt, artist, title, album, loved }) => ({ playedAt, artist, title, album, loved })),
        ).toEqual(history);
        expect(plays.map(({ raw }) => raw)).toEqual(entries);
      }),
    );
  });
});
