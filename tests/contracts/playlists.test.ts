import { beforeEach, describe, expect, test } from 'vitest';
import { PlaylistAlgorithms } from '#shared/library/playlist.ts';
import { drawPlaylist } from '#shared/playlists/draw.ts';
import { furnish, hear, openTestApp, own, type TestApp, SHELF } from './testApp.ts';

interface Playlist {
  id: string;
  name: string;
  algorithm: string | null;
  aiPrompt: string | null;
  trackCount: number;
  createdAt: number;
  state: string;
  options: Record<string, unknown> | null;
  tracks: {
    id: number | null;
    entry: string;
    position: number;
    title: string;
    durationSeconds: number | null;
    album: { id: number; title: string } | null;
    artists: { name: string }[];
  }[];
  explanation?: { short: string | null };
}
interface List {
  items: Playlist[];
  total: number;
}

const UNTIL = Date.parse('2026-02-20T19:00:00Z') / 1000;
const LOCAL = PlaylistAlgorithms.filter((algorithm) => algorithm !== 'ai');
let app: TestApp;

beforeEach(async () => {
  app = await openTestApp();
});

const made = async (body: object, status = 201): Promise<Playlist> => {
  const answer = await app.ask('POST', '/playlists/generate', body);
  expect(answer.status, answer.text).toBe(status);
  return answer.json;
};
const titles = ({ tracks }: Playlist) => tracks.map(({ title }) => title);

describe('drawing', () => {
  test.each(LOCAL)('"%s" with a seed gives the list that a device draws from its replica', async (algorithm) => {
    furnish(app.library, UNTIL);
    const options = { length: 9, seed: 'evening', ...(algorithm === 'decade' && { decade: 1970 }) };
    const playlist = await made({ algorithm, ...options });
    const device = drawPlaylist({ algorithm, analysis: app.replica(), options, now: UNTIL });
    expect(playlist.tracks.map(({ id }) => id)).toEqual(device.entries.map(({ trackId }) => trackId));
    expect(playlist).toMatchObject({
      algorithm,
      aiPrompt: null,
      trackCount: device.entries.length,
      state: 'ready',
      options: device.options,
    });
    expect(playlist.trackCount).toBeGreaterThan(0);
    expect(playlist.tracks.map(({ position }) => position)).toEqual(playlist.tracks.map((_, index) => index + 1));
    expect(playlist.name).not.toBe('');
    expect(await made({ algorithm, ...options, keep: false }, 200)).toMatchObject({
      id: null,
      tracks: playlist.tracks.map(({ id, title }) => ({ id, title })),
    });
  });

  test('follows what was heard, loved and bought since the last draw', async () => {
    furnish(app.library, UNTIL);
    expect((await made({ algorithm: 'recent', length: 1 })).tracks[0]!.title).not.toBe('Quite New');
    hear(app.library, [{ at: UNTIL + 3_000, artist: 'Ulla Brandt', title: 'Quite New', loved: true }]);
    expect(titles(await made({ algorithm: 'recent', length: 1 }))).toEqual(['Quite New']);
    expect(titles(await made({ algorithm: 'loved' }))).toContain('Quite New');
    expect(titles(await made({ algorithm: 'random', ownedOnly: true, length: 500 }))).not.toContain('Quite New');
    app.library.shelf.removeUnseen('another pass');
    expect((await made({ algorithm: 'random', ownedOnly: true })).explanation?.short).toBe('nothing-else');
  });

  test('is thirty tracks long where not said, obeys its options, takes decades as people write them', async () => {
    own(
      app.library,
      Array.from({ length: 12 }, (_, index) => ({
        title: `Volume ${index}`,
        artist: `Artist ${index % 3}`,
        year: 1970 + index,
        tracks: Array.from({ length: 6 }, (_each, at) => `Piece ${index}.${at}`),
      })),
    );
    expect((await made({ algorithm: 'random' })).trackCount).toBe(30);
    expect((await made({ algorithm: 'random', maxPerArtist: 2 })).trackCount).toBe(6);
    const seventies = await made({ algorithm: 'decade', decade: '1970s', length: 500 });
    expect(seventies).toMatchObject({ trackCount: 60, name: '1970s', options: { decade: 1970 } });
    expect(await made({ algorithm: 'decade', decade: 1980, length: 500, name: 'After' })).toMatchObject({
      trackCount: 12,
      name: 'After',
    });
    app.library.household.update({ language: 'fr' });
    expect((await made({ algorithm: 'decade', decade: '1970' })).name).toBe('Années 1970');
  });

  test.each(LOCAL)('"%s" holds up on no library, one track, and one artist of whom all is loved', async (algorithm) => {
    const options = algorithm === 'decade' ? { algorithm, decade: 1970 } : { algorithm };
    expect(await made(options)).toMatchObject({ trackCount: 0, tracks: [], explanation: { short: 'library-empty' } });
    own(app.library, [{ title: 'Only', artist: 'Alone', year: 1971, tracks: ['One'] }]);
    hear(app.library, [{ at: UNTIL, artist: 'Alone', title: 'One', album: 'Only', loved: true }]);
    expect(titles(await made(options))).toEqual(['One']);
    app = await openTestApp();
    own(app.library, [SHELF[0]!]);
    hear(
      app.library,
      SHELF[0]!.tracks.map((title, index) => ({
        at: UNTIL + index,
        artist: 'Ada Nordlund',
        title,
        album: 'Harbour Lights',
        loved: true,
      })),
    );
    expect((await made({ ...options, length: 4 })).trackCount).toBe(4);
  });

  test.each([
    [{}, 'algorithm'],
    [{ algorithm: 'mood' }, 'algorithm'],
    [{ algorithm: 'ai' }, 'prompt'],
    [{ algorithm: 'ai', prompt: '   ' }, 'prompt'],
    [{ algorithm: 'ai', prompt: 42 }, 'prompt'],
    [{ algorithm: 'ai', prompt: 'quiet', keep: false }, 'keep'],
    [{ algorithm: 'ai', prompt: 'quiet', length: 101 }, 'length'],
    [{ algorithm: 'decade' }, 'decade'],
    [{ algorithm: 'decade', decade: 1974 }, 'decade'],
    [{ algorithm: 'decade', decade: 'seventies' }, 'decade'],
    [{ algorithm: 'random', length: 0 }, 'length'],
    [{ algorithm: 'random', length: 501 }, 'length'],
    [{ algorithm: 'random', length: '30' }, 'length'],
    [{ algorithm: 'random', maxPerArtist: 0 }, 'maxPerArtist'],
    [{ algorithm: 'random', ownedOnly: 'yes' }, 'ownedOnly'],
    [{ algorithm: 'random', notHeardSince: 'May' }, 'notHeardSince'],
    [{ algorithm: 'random', period: { from: 5, to: 5 } }, 'period'],
    [{ algorithm: 'random', name: '  ' }, 'name'],
    [{ algorithm: 'random', keep: 1 }, 'keep'],
    [{ algorithm: 'random', seed: {} }, 'seed'],
    [{ algorithm: 'random', decade: 1970 }, 'decade'],
    [{ algorithm: 'random', prompt: 'quiet' }, 'prompt'],
    [{ algorithm: 'ai', prompt: 'quiet', period: { from: 1_200_000_000, to: 1_300_000_000 } }, 'period'],
    [{ algorithm: 'random', lenght: 5 }, 'lenght'],
  ])('refuses %j, naming %s, and keeps nothing', async (body, field) => {
    const answer = await app.ask('POST', '/playlists/generate', body);
    expect(answer).toMatchObject({ status: 400, json: { error: { kind: 'bad-request', field } } });
    expect(await app.get<List>('/playlists')).toMatchObject({ total: 0 });
  });
});

describe('a saved playlist', () => {
  let playlist: Playlist;
  const at = (path = '') => `/playlists/${playlist.id}${path}`;
  const changed = async (method: string, path: string, body?: unknown, status = 200): Promise<Playlist> => {
    const answer = await app.ask(method, at(path), body);
    expect(answer.status, answer.text).toBe(status);
    return answer.json;
  };
  const replicated = () => app.library.feed.pull('playlists', 0, 100).documents.find(({ id }) => id === playlist.id);

  beforeEach(async () => {
    furnish(app.library, UNTIL);
    playlist = await made({ algorithm: 'random', length: 5, seed: 7, name: 'Evening' });
  });

  test('is listed, read and replicated', async () => {
    await app.ask('POST', '/playlists', { name: 'By hand' });
    const { items, total } = await app.get<List>('/playlists');
    expect(total).toBe(2);
    expect(items.map(({ name, trackCount, algorithm }) => [name, trackCount, algorithm])).toContainEqual([
      'Evening',
      5,
      'random',
    ]);
    const { explanation: _, ...saved } = playlist;
    expect(await app.get(at())).toEqual(saved);
    expect(replicated()).toMatchObject({
      name: 'Evening',
      _deleted: false,
      entries: playlist.tracks.map(({ id, entry }) => ({ trackId: id, entry })),
    });
    expect(await app.get<{ playlists: unknown[] }>('/search?q=evening')).toMatchObject({
      playlists: [{ id: playlist.id, name: 'Evening' }],
    });
  });

  test('is renamed, sorted, lengthened and shortened', async () => {
    expect((await changed('PUT', '', { name: ' Later ' })).name).toBe('Later');
    expect((await changed('PATCH', '', { name: 'Last' })).name).toBe('Last');
    const order = playlist.tracks.map(({ entry }) => entry).reverse();
    expect((await changed('PUT', '/tracks', { entries: order })).tracks.map(({ entry }) => entry)).toEqual(order);
    const [track] = playlist.tracks;
    const longer = await changed('POST', '/tracks', { trackIds: [track!.id, track!.id], position: 1 }, 201);
    expect(longer.tracks.slice(0, 2).map(({ id, position }) => [id, position])).toEqual([
      [track!.id, 1],
      [track!.id, 2],
    ]);
    expect(longer.trackCount).toBe(7);
    expect((await changed('DELETE', `/tracks/${longer.tracks[0]!.entry}`)).trackCount).toBe(6);
    expect(replicated()).toMatchObject({ name: 'Last', _deleted: false });
    expect((replicated()!['entries'] as unknown[]).length).toBe(6);
  });

  test.each([
    ['PUT', '', { name: '' }, 'name'],
    ['PUT', '', { nmae: 'x' }, 'nmae'],
    ['PUT', '/tracks', {}, 'entries'],
    ['PUT', '/tracks', { entries: [] }, 'entries'],
    ['PUT', '/tracks', { entries: ['nowhere'] }, 'entries.0'],
    ['POST', '/tracks', { trackIds: [] }, 'trackIds'],
    ['POST', '/tracks', { trackIds: [1, 987_654] }, 'trackIds.1'],
    ['POST', '/tracks', { trackIds: [1], position: 99 }, 'position'],
    ['POST', '/regenerate', { seed: [] }, 'seed'],
    ['GET', '/export', undefined, 'format'],
    ['GET', '/export?format=pls', undefined, 'format'],
  ])('%s %s refuses %j, naming %s, and stays as it was', async (method, path, body, field) => {
    expect(await app.ask(method, at(path), body)).toMatchObject({ status: 400, json: { error: { field } } });
    expect(await app.get<Playlist>(at())).toMatchObject({ name: 'Evening', trackCount: 5 });
  });

  test('is drawn anew as it was drawn: other tracks, or those of a seed', async () => {
    const anew = await changed('POST', '/regenerate');
    expect(anew).toMatchObject({ id: playlist.id, name: 'Evening', trackCount: 5, createdAt: playlist.createdAt });
    expect(titles(await changed('POST', '/regenerate', { seed: 7 }))).toEqual(titles(playlist));
    const manualPlaylist = (await app.ask('POST', '/playlists', { name: 'By hand' })).json as Playlist;
    expect(await app.ask('POST', `/playlists/${manualPlaylist.id}/regenerate`)).toMatchObject({
      status: 409,
      json: { error: { kind: 'conflict' } },
    });
  });

  test('is deleted and restored whole', async () => {
    expect(await app.ask('DELETE', at())).toMatchObject({ status: 204, text: '' });
    expect(replicated()).toMatchObject({ _deleted: true });
    expect((await app.ask('GET', at())).status).toBe(404);
    expect((await app.ask('DELETE', at())).status).toBe(404);
    expect(await app.get<List>('/playlists')).toMatchObject({ total: 0 });
    expect(await changed('POST', '/restore')).toMatchObject({ name: 'Evening', trackCount: 5 });
    expect(replicated()).toMatchObject({ _deleted: false });
    expect(await app.get<{ playlists: unknown[] }>('/search?q=evening')).toMatchObject({
      playlists: [{ id: playlist.id }],
    });
  });

  test.each([
    'GET ',
    'PUT ',
    'DELETE ',
    'POST /restore',
    'POST /regenerate',
    'GET /export?format=csv',
    'DELETE /tracks/x',
    'POST /tracks',
  ])('%s of an unknown one is a 404', async (call) => {
    const [method, path] = call.split(' ') as [string, string];
    const body = path === '/tracks' ? { trackIds: [1] } : undefined;
    expect(await app.ask(method, `/playlists/11111111-2222-4333-8444-555555555555${path}`, body)).toMatchObject({
      status: 404,
      json: { error: { kind: 'not-found' } },
    });
  });

  test('that a device changed is taken; tracks that the library has lost meanwhile stay as words, joined when they come back', async () => {
    const { _deleted, ...document } = replicated()!;
    const entries = [
      ...(document['entries'] as object[]),
      { entry: 'lost', trackId: 987_654, artist: 'Ulla Brandt', title: 'Lost Song', album: 'Away' },
    ];
    const changed = { ...document, name: 'From the phone', entries };
    const pushed = await app.ask('POST', '/sync/playlists/push', [
      { newDocumentState: { ...changed, _deleted }, assumedMasterState: { ...document, _deleted } },
    ]);
    expect(pushed).toMatchObject({ status: 200, json: [] });
    expect(await app.get<Playlist>(at())).toMatchObject({
      name: 'From the phone',
      trackCount: 6,
      tracks: [...playlist.tracks.map(({ entry }) => ({ entry })), { entry: 'lost' }],
    });
    const lost = async () => (await app.get<Playlist>(at())).tracks.at(-1);
    expect(await lost()).toEqual({
      id: null,
      entry: 'lost',
      position: 6,
      title: 'Lost Song',
      durationSeconds: null,
      album: { id: null, title: 'Away', year: null },
      artists: [{ id: null, name: 'Ulla Brandt' }],
    });
    expect(replicated()).toMatchObject({
      name: 'From the phone',
      entries: [...(document['entries'] as object[]), { ...entries.at(-1), trackId: null }],
    });
    for (const format of ['m3u8', 'xspf', 'jspf', 'csv', 'json']) {
      expect((await app.ask('GET', at(`/export?format=${format}`))).text).toMatch(
        /Ulla Brandt[^]*Lost Song|Lost Song[^]*Ulla Brandt/,
      );
    }
    hear(app.library, [{ at: UNTIL + 3_000, artist: 'Ulla Brandt', title: 'Lost Song', album: 'Away' }]);
    expect(await lost()).toMatchObject({
      id: expect.any(Number) as unknown,
      title: 'Lost Song',
      album: { id: expect.any(Number) as unknown, title: 'Away' },
    });
    expect(replicated()).toMatchObject({
      entries: expect.arrayContaining([{ ...entries.at(-1), trackId: (await lost())!.id }]) as unknown,
    });
  });
});
