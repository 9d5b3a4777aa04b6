import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDiscogsSimulator, type DiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { startSpotifySimulator, type SpotifySimulator } from '#tests/simulators/spotify/index.ts';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { asksEuria, asksSpotify, followsLastfm } from '#tests/kit/serviceSettings.ts';

interface Album {
  id: number;
  title: string;
  year: number | null;
  support: string | null;
  artists: { id: number; name: string }[];
  copies: { instanceId: string; folder: string | null }[];
  tracks: { id: number; title: string; position: string | null; durationSeconds: number | null }[];
  images: { id: number; source: string; type: string }[];
  haiku: string | null;
  summary: string | null;
  discogsId: string | null;
  spotifyUrl: string | null;
  plays: number;
  merged?: { id: string; title: string; reason: string }[];
}
interface Import {
  state: string;
  seen: number;
  added: number;
  changed: number;
  removed: number;
  lastError: string | null;
}
interface Enrichment {
  upstreams: { upstream: string; waiting: number; done: number }[];
}

let discogs: DiscogsSimulator;
let spotify: SpotifySimulator;
let euria: Awaited<ReturnType<typeof startEuriaSimulator>>;
let server: RunningServer;

beforeEach(async () => {
  discogs = await startDiscogsSimulator({ releases: 130, wants: 3, requestsPerMinute: 60_000 });
  spotify = await startSpotifySimulator({ requestsPerHalfMinute: 60_000 });
  euria = await startEuriaSimulator({ requestsPerMinute: 60_000 });
});
afterEach(async () => {
  await server.dispose();
  await Promise.all([discogs.close(), spotify.close(), euria.close()]);
});

const onlyDiscogs = () => ({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
const importStatus = () => server.get<Import>('/services/discogs/status');
const sync = async () => {
  expect(await server.send('POST', '/services/discogs/sync')).toMatchObject({
    status: 202,
    json: { state: 'running', seen: 0 },
  });
  return until('the import', importStatus, ({ state }) => state !== 'running');
};
const albums = async (query = 'owned=true&pageSize=200') =>
  (await server.get<{ items: Album[]; total: number }>(`/collection/albums?${query}`)).items;
const detail = (id: number) => server.get<Album>(`/collection/albums/${id}`);

describe('a Discogs collection', () => {
  test('is on the shelf, every copy once, and a second pass changes nothing', async () => {
    server = await startServer(onlyDiscogs());
    const first = await sync();
    expect(first).toMatchObject({
      state: 'done',
      seen: discogs.copies.length,
      added: discogs.copies.length,
      removed: 0,
    });
    const shelf = await albums();
    expect(shelf.flatMap(({ copies }) => copies)).toHaveLength(discogs.copies.length);
    expect(new Set(shelf.map(({ discogsId }) => discogsId)).size).toBe(
      new Set(discogs.copies.map(({ releaseId }) => releaseId)).size,
    );
    expect(
      shelf.flatMap(({ artists }) => artists.map(({ name }) => name)).filter((name) => / \(\d+\)$/.test(name)),
    ).toEqual([]);
    expect(shelf.every(({ year }) => year !== 0)).toBe(true);
    expect(await albums('wanted=true&pageSize=200')).toHaveLength(3);
    expect(await sync()).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await albums()).toEqual(shelf);
  });

  test('a sold record is removed, a new one added, and what a crowd of requests starts is one run', async () => {
    server = await startServer(onlyDiscogs());
    await sync();
    const [sold] = discogs.copies;
    discogs.sell(sold!.instanceId);
    const bought = discogs.add({ artist: 'Marée Lente', title: 'Low Spring' });
    await Promise.all([server.send('POST', '/services/discogs/sync'), server.send('POST', '/services/discogs/sync')]);
    expect(await until('the import', importStatus, ({ state }) => state !== 'running')).toMatchObject({
      state: 'done',
      added: 1,
      removed: 1,
    });
    const instances = (await albums()).flatMap(({ copies }) => copies.map(({ instanceId }) => instanceId));
    expect(instances).toContain(String(bought.instanceId));
    expect(instances).not.toContain(String(sold!.instanceId));
  });

  test('refused credentials are explained; nothing changes', async () => {
    server = await startServer({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: 'wrong-token' });
    const ended = await sync();
    expect(ended.state).toBe('failed');
    expect(ended.lastError).toMatch(/\w+ \w+/);
    expect(`${ended.lastError}${server.output()}`).not.toContain('wrong-token');
    expect(await albums()).toEqual([]);
  });

  test('without credentials a start says what to do', async () => {
    server = await startServer({ DISCOGS_URL: discogs.url });
    expect(await server.send('POST', '/services/discogs/sync')).toMatchObject({
      status: 409,
      json: { error: { message: /token/ } },
    });
  });

  test('goes on after a crash and loses nothing', async () => {
    server = await startServer(onlyDiscogs());
    discogs.fault({
      kind: 'hang',
      when: ({ path }) => path.includes('/releases') && !path.startsWith('/releases'),
      times: 1,
    });
    await server.send('POST', '/services/discogs/sync');
    await until(
      'the question',
      () => discogs.requests.some(({ path }) => path.includes('collection/folders/0')),
      Boolean,
    );
    await server.kill();
    discogs.clearFaults();
    server = await server.restart();
    expect(await until('the import', importStatus, ({ state }) => state !== 'running')).toMatchObject({
      state: 'done',
      seen: discogs.copies.length,
    });
    expect((await albums()).flatMap(({ copies }) => copies)).toHaveLength(discogs.copies.length);
  });
});

describe('a release', () => {
  test('is read by its number: its artists, its tracks; and what cannot be read says why', async () => {
    server = await startServer(onlyDiscogs());
    const { releaseId } = discogs.copies[0]!;
    const release = await server.get<{ id: number; title: string; artists: string[]; tracks: string[] }>(
      `/services/discogs/releases/${releaseId}`,
    );
    expect(release).toMatchObject({ id: releaseId, title: expect.any(String) as unknown });
    expect(release.artists.length).toBeGreaterThan(0);
    expect(release.tracks.length).toBeGreaterThan(0);
    expect([...release.artists, ...release.tracks].filter((name) => name === '' || / \(\d+\)$/.test(name))).toEqual([]);
    expect(await server.send('GET', '/services/discogs/releases/0')).toMatchObject({
      status: 400,
      json: { error: { field: 'id' } },
    });
    expect(await server.send('GET', '/services/discogs/releases/99999999')).toMatchObject({
      status: 404,
      json: { error: { kind: 'not-found' } },
    });
    discogs.fault({ kind: 'status', status: 401, body: '{"message":"Invalid consumer token."}', times: Infinity });
    const refused = await server.send('GET', `/services/discogs/releases/${releaseId}`);
    expect(refused).toMatchObject({ status: 502, json: { error: { kind: 'upstream' } } });
    expect(JSON.stringify(refused.json)).toContain('Invalid consumer token');
    expect(JSON.stringify(refused.json)).not.toContain(discogs.token);
  });
});

describe('what is missing', () => {
  test('is found: tracks, covers, years, descriptions; nothing is asked twice', async () => {
    server = await startServer({
      ...onlyDiscogs(),
      ...asksSpotify(spotify),
      ...asksEuria(euria),
    });
    await server.send('PUT', '/settings', { 'euria.background': true, 'euria.dailyCap': 100_000 });
    await sync();
    await until(
      'the queue',
      () => server.get<Enrichment>('/services/enrichment/status'),
      ({ upstreams }) =>
        upstreams.filter(({ upstream }) => upstream !== 'musicbrainz').every(({ waiting }) => waiting === 0),
    );
    const one = await detail((await albums())[0]!.id);
    expect(one.tracks.length).toBeGreaterThan(0);
    expect(one.haiku?.split('\n')).toHaveLength(3);
    expect(one.summary).toBeTruthy();
    const releases = discogs.requests.map(({ path }) => path).filter((path) => path.startsWith('/releases/'));
    expect(new Set(releases).size).toBe(releases.length);
    const withCover = (await albums()).find(({ images }) => images.length > 0)!;
    const picture = await fetch(`${server.url}/api/v1/images/${withCover.images[0]!.id}?size=96`);
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toBe('image/webp');
    expect((await fetch(`${server.url}/api/v1/images/${withCover.images[0]!.id}?size=97`)).status).toBe(400);
    const { upstreams } = await server.get<Enrichment>('/services/enrichment/status');
    expect(spotify.searches).toHaveLength(upstreams.find(({ upstream }) => upstream === 'spotify')!.done);

    const askedFor = () => discogs.requests.filter(({ path }) => path === `/releases/${one.discogsId}`).length;
    const questions = euria.questions.length;
    expect(await server.send('POST', '/services/enrichment/again', { albumIds: [one.id, one.id, 987_654] })).toEqual({
      status: 202,
      json: { albums: 1 },
    });
    await until('the release, once more', askedFor, (times) => times === 2);
    expect(euria.questions).toHaveLength(questions);
    for (const albumIds of [[], ['one'], [0], undefined]) {
      expect(await server.send('POST', '/services/enrichment/again', { albumIds })).toMatchObject({
        status: 400,
        json: { error: { field: expect.stringContaining('albumIds') as unknown } },
      });
    }
  });
});

describe('a heard album that is owned', () => {
  test('is merged with it, says why, and can be unmerged for good', async () => {
    const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: [] });
    try {
      discogs.add({ artist: 'Marée Lente', title: 'Tidewater Sessions' });
      server = await startServer({
        ...onlyDiscogs(),
        ...followsLastfm(lastfm),
      });
      lastfm.scrobble({
        playedAt: Math.floor(Date.now() / 1000) - 300,
        artist: 'Marée Lente',
        title: 'Slack Water',
        album: 'Tidewater Sessions (Deluxe Edition)',
      });
      await until(
        'the play',
        () => server.get<{ total: number }>('/history/tracks'),
        ({ total }) => total === 1,
      );
      await sync();
      const owned = await until(
        'one album',
        () => albums('q=tidewater&pageSize=200'),
        (found) => found.length === 1 && found[0]!.plays === 1,
      );
      const album = await detail(owned[0]!.id);
      expect(album.copies).toHaveLength(1);
      expect(album.merged?.[0]).toMatchObject({
        title: 'Tidewater Sessions (Deluxe Edition)',
        reason: expect.stringMatching(/^same-record .*title/) as unknown,
      });
      const mutation = {
        id: '1b4e28ba-2fa1-4d25-883f-0016d3cca499',
        deviceId: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
        number: 1,
        madeAt: Date.now(),
        intent: { kind: 'split-album', from: album.merged![0]!.id, into: String(album.id) },
      };
      expect((await server.send('POST', '/sync/intents/push', [{ newDocumentState: mutation }])).status).toBe(200);
      await until(
        'two albums',
        () => albums('q=tidewater&pageSize=200'),
        (found) => found.length === 2,
      );
      await sync();
      expect(await albums('q=tidewater&pageSize=200')).toHaveLength(2);
    } finally {
      await lastfm.close();
    }
  });
});
