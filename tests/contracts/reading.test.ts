import { beforeEach, describe, expect, test } from 'vitest';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { furnish, hear, openTestApp, type TestApp, ZONE } from './testApp.ts';

interface List {
  items: {
    id: number;
    title: string;
    year: number;
    support: string;
    owned: boolean;
    artists: { id: number; name: string }[];
  }[];
  total: number;
  page: number;
  pageSize: number;
  pages: number;
}
interface History {
  items: {
    id: number;
    playedAt: number;
    loved: boolean;
    source: string;
    track: { id: number; title: string };
    album: { id: number; title: string } | null;
    artists: { id: number; name: string }[];
  }[];
  total: number;
  pageSize: number;
}
interface Timeline {
  date: string;
  timezone: string;
  hours: { hour: number; start: number; listens: { playedAt: number; track: { title: string } }[] }[];
}

const at = (iso: string) => Date.parse(iso) / 1000;
const UNTIL = at('2026-02-20T19:00:00Z');
let app: TestApp;

beforeEach(async () => {
  app = await openTestApp();
});

const refused = async (path: string, field: string) => {
  expect(await app.ask('GET', path), path).toMatchObject({
    status: 400,
    json: { error: { kind: 'bad-request', field } },
  });
};

describe('the timeline', () => {
  const day = (date: string) => app.get<Timeline>(`/history/timeline?date=${date}`);

  test('has the 24 hours of a day, each with its listens in order, and those of no other day', async () => {
    hear(app.library, [
      { at: at('2026-02-19T22:59:59Z'), artist: 'A', title: 'The day before' },
      { at: at('2026-02-19T23:00:00Z'), artist: 'A', title: 'Midnight' },
      { at: at('2026-02-20T19:40:00Z'), artist: 'A', title: 'Second' },
      { at: at('2026-02-20T19:10:00Z'), artist: 'A', title: 'First' },
      { at: at('2026-02-20T22:59:59Z'), artist: 'A', title: 'Last' },
      { at: at('2026-02-20T23:00:00Z'), artist: 'A', title: 'The day after' },
    ]);
    const { date, timezone, hours } = await day('2026-02-20');
    expect({ date, timezone }).toEqual({ date: '2026-02-20', timezone: ZONE });
    expect(hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
    expect(hours.flatMap(({ hour, listens }) => listens.map(({ track }) => [hour, track.title]))).toEqual([
      [0, 'Midnight'],
      [20, 'First'],
      [20, 'Second'],
      [23, 'Last'],
    ]);
  });

  test('has 23 hours in spring and 25 in autumn, the repeated one twice', async () => {
    hear(app.library, [
      { at: at('2026-03-29T01:30:00Z'), artist: 'A', title: 'After the gap' },
      { at: at('2026-10-25T00:30:00Z'), artist: 'A', title: 'Two, the first time' },
      { at: at('2026-10-25T01:30:00Z'), artist: 'A', title: 'Two, again' },
    ]);
    const spring = await day('2026-03-29');
    expect(spring.hours.map(({ hour }) => hour)).toEqual([
      0,
      1,
      3,
      ...Array.from({ length: 20 }, (_, hour) => hour + 4),
    ]);
    expect(spring.hours[2]!.listens.map(({ track }) => track.title)).toEqual(['After the gap']);
    const autumn = await day('2026-10-25');
    expect(autumn.hours).toHaveLength(25);
    expect(
      autumn.hours.slice(1, 5).map(({ hour, listens }) => [hour, listens.map(({ track }) => track.title)]),
    ).toEqual([
      [1, []],
      [2, ['Two, the first time']],
      [2, ['Two, again']],
      [3, []],
    ]);
  });

  test('follows the household to another zone, is of today without a date, and leaves plays of no date out', async () => {
    const now = Math.floor(Date.now() / 1000);
    hear(app.library, [
      { at: now - 1, artist: 'A', title: 'Just now' },
      { at: DATE_UNKNOWN, artist: 'A', title: 'Some day' },
      { at: at('2026-02-20T19:00:00Z'), artist: 'A', title: 'Evening' },
    ]);
    const today = await app.get<Timeline>('/history/timeline');
    expect(today.date).toBe(new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE }).format(now * 1000));
    expect((await day('2005-02-13')).hours.flatMap(({ listens }) => listens)).toEqual([]);
    app.library.household.update({ timeZone: 'Pacific/Chatham' });
    const far = await day('2026-02-21');
    expect(far.timezone).toBe('Pacific/Chatham');
    expect(far.hours.flatMap(({ hour, listens }) => listens.map(({ track }) => [hour, track.title]))).toEqual([
      [8, 'Evening'],
    ]);
  });

  test('refuses what is no date, naming it', async () => {
    for (const date of [
      '',
      'today',
      '2026-2-20',
      '2026-02-30',
      '20260220',
      '2026-02-20T00:00',
      '0026-02-20',
      '1771545600',
    ])
      await refused(`/history/timeline?date=${date}`, 'date');
  });
});

describe('search', () => {
  interface Found {
    artists: { name: string }[];
    albums: { title: string }[];
    tracks: { id: number; title: string; album: { title: string } | null; artists: { name: string }[] }[];
    playlists: { name: string }[];
  }
  const search = (q: string, more = '') => app.get<Found>(`/search?q=${encodeURIComponent(q)}${more}`);

  test('finds artists, albums, tracks and playlists, the likeliest first', async () => {
    furnish(app.library, UNTIL);
    await app.ask('POST', '/playlists', { name: 'Ondes for the night' });
    const found = await search('ondes');
    expect(found.albums.map(({ title }) => title)).toEqual(['Ondes courtes']);
    expect(found.tracks[0]).toMatchObject({
      title: 'Ondes courtes',
      album: { title: 'Ondes courtes' },
      artists: [{ name: 'Hélio Braquet' }],
    });
    expect(found.playlists).toMatchObject([{ name: 'Ondes for the night' }]);
    expect((await search('hel bra')).artists.map(({ name }) => name)).toEqual(['Hélio Braquet']);
    expect((await search('HELIO')).artists).toHaveLength(1);
    expect((await search('nordlnud')).artists.map(({ name }) => name)).toEqual(['Ada Nordlund']);
    expect((await search('p', '&limit=2')).tracks).toHaveLength(2);
    expect(await search('zzzz')).toEqual({ artists: [], albums: [], tracks: [], playlists: [] });
  });

  test('takes signs and fragments of queries for words', async () => {
    furnish(app.library, UNTIL, 3);
    for (const q of ['"', '*', 'a" OR "b', "'; DROP TABLE tracks;--", '%', 'NEAR(', '^', '👁']) {
      expect((await app.ask('GET', `/search?q=${encodeURIComponent(q)}`)).status, q).toBe(200);
    }
    expect(app.library.reads.counts().tracks).toBeGreaterThan(0);
  });

  test('refuses to search for nothing, naming what is wrong', async () => {
    for (const query of ['', '?q=', '?q=%20%20', `?q=${'x'.repeat(201)}`, '?q=a&q=b'])
      await refused(`/search${query}`, 'q');
    for (const limit of ['0', '51', 'x']) await refused(`/search?q=a&limit=${limit}`, 'limit');
    await refused('/search?q=a&kind=all', 'kind');
  });
});

describe('lists', () => {
  beforeEach(() => furnish(app.library, UNTIL));
  const albums = (query: string) => app.get<List>(`/collection/albums?${query}`);
  const history = (query: string) => app.get<History>(`/history/tracks?${query}`);

  test('of albums are narrowed by everything that is known of an album', async () => {
    const titles = async (query: string) => (await albums(query)).items.map(({ title }) => title).sort();
    const { items } = await albums('');
    const braquet = items.find(({ title }) => title === 'Persiennes')!.artists[0]!.id;
    expect(await titles('support=cd')).toEqual(['Nine Small Engines', 'Snow Atlas']);
    expect(await titles('year=1979')).toEqual(['Second Tide']);
    expect(await titles('decade=1970')).toEqual(['Harbour Lights', 'Persiennes', 'Second Tide']);
    expect(await titles(`artist=${braquet}`)).toEqual(['Ondes courtes', 'Persiennes']);
    expect(await titles('label=phare')).toEqual(['Harbour Lights', 'Second Tide']);
    expect(await titles('genre=Jazz&decade=1970')).toEqual(['Harbour Lights', 'Second Tide']);
    expect(await titles('q=harb lig')).toEqual(['Harbour Lights']);
    expect(await titles('owned=true')).toHaveLength(6);
    expect(await titles('owned=0')).toEqual([]);
    expect(await titles('wanted=true')).toEqual([]);
    expect((await albums('sort=year')).items.map(({ year }) => year)).toEqual([2004, 1992, 1983, 1979, 1975, 1974]);
    expect(await albums('pageSize=4&page=2')).toMatchObject({
      total: 6,
      page: 2,
      pageSize: 4,
      pages: 2,
      items: [{}, {}],
    });
    expect(await albums('page=9')).toMatchObject({ total: 6, pageSize: 30, items: [] });
  });

  test('of listens are narrowed by time, source, artist, album, love and words', async () => {
    const { items: all, total, pageSize } = await history('pageSize=200');
    expect(pageSize).toBe(200);
    expect(all).toHaveLength(total);
    expect(all.map(({ playedAt }) => playedAt)).toEqual(
      all.map(({ playedAt }) => playedAt).sort((one, other) => other - one),
    );
    const same = async (query: string, holds: (item: History['items'][number]) => boolean) => {
      const expected = all.filter(holds);
      const found = await history(`pageSize=200&${query}`);
      expect(expected.length, query).toBeGreaterThan(0);
      expect(
        found.items.map(({ id }) => id),
        query,
      ).toEqual(expected.map(({ id }) => id));
      expect(found.total).toBe(expected.length);
    };
    const braquet = all.find(({ artists }) => artists[0]!.name === 'Hélio Braquet')!;
    await same(`artist=${braquet.artists[0]!.id}`, ({ artists }) => artists[0]!.name === 'Hélio Braquet');
    await same(`album=${braquet.album!.id}`, ({ album }) => album?.id === braquet.album!.id);
    await same('loved=true', ({ loved }) => loved);
    await same('source=lastfm&q=radio', ({ track }) => track.title.includes('Radio'));
    await same(
      `from=${UNTIL - 86_400}&to=${UNTIL + 1}`,
      ({ playedAt }) => playedAt >= UNTIL - 86_400 && playedAt <= UNTIL,
    );
    await same(
      'from=2026-02-10&to=2026-02-12',
      ({ playedAt }) => playedAt >= at('2026-02-09T23:00:00Z') && playedAt < at('2026-02-12T23:00:00Z'),
    );
    expect((await history('source=roon')).total).toBe(0);
    expect((await history('')).pageSize).toBe(50);
  });

  test('refuse every value that is none by the name of its field', async () => {
    for (const path of [
      '/collection/albums',
      '/collection/artists',
      '/history/tracks',
      '/playlists',
      '/analytics/sessions',
      '/analytics/never-played',
    ]) {
      for (const page of ['0', 'x', '-1', '1.5', '']) await refused(`${path}?page=${page}`, 'page');
      for (const size of ['0', '201', 'x', '']) await refused(`${path}?pageSize=${size}`, 'pageSize');
    }
    for (const query of [
      'year=x',
      'year=-1',
      'decade=1975',
      'decade=x',
      'artist=0',
      'artist=x',
      'owned=maybe',
      'wanted=',
      'sort=colour',
      'genres=Jazz',
    ]) {
      await refused(`/collection/albums?${query}`, query.split('=')[0]!);
    }
    for (const query of [
      'from=May',
      'to=2026-13-01',
      'from=-1',
      'source=spotify',
      'artist=x',
      'album=1e3',
      'loved=yes',
      'order=asc',
    ]) {
      await refused(`/history/tracks?${query}`, query.split('=')[0]!);
    }
    for (const path of ['/collection/albums/x', '/collection/artists/0', '/history/tracks/-1'])
      await refused(path, 'id');
    await refused('/history/tracks?from=2026-02-12&to=2026-02-10', 'to');
  });

  test.each([
    '/collection/albums?decade=1970',
    '/collection/artists',
    '/history/tracks',
    '/history/timeline?date=2026-02-20',
    '/search?q=ondes',
    '/playlists',
    '/analytics/tops',
    '/analytics/year/2026',
  ])('%s is not sent twice while it is the same, and sent when it is not', async (path) => {
    const first = await app.ask('GET', path);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^W\//);
    const again = await app.ask('GET', path, undefined, { 'if-none-match': etag });
    expect({ status: again.status, text: again.text, etag: again.headers.get('etag') }).toEqual({
      status: 304,
      text: '',
      etag,
    });
    await app.ask('POST', '/playlists', { name: 'Ondes' });
    hear(app.library, [{ at: UNTIL + 600, artist: 'Hélio Braquet', title: 'Persiennes', album: 'Persiennes' }]);
    const changed = await app.ask('GET', path, undefined, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
  });
});
