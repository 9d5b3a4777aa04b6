import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';
import { signedInToLastfm } from '#tests/kit/serviceSettings.ts';

interface Status {
  running: boolean;
  lastError: string | null;
  consecutiveFailures: number;
  nowPlaying: { title: string } | null;
  lastScrobble: { title: string } | null;
}
interface History {
  items: {
    id: number;
    playedAt: number;
    source: string;
    loved: boolean;
    goneUpstream: boolean;
    track: { id: number; title: string };
    album: { id: number; title: string } | null;
    artists: { id: number; name: string }[];
  }[];
  total: number;
}
interface Pull {
  documents: ({ id: string; _deleted: boolean } & Record<string, unknown>)[];
  checkpoint: { epoch: string; seq: number };
}

const now = () => Math.floor(Date.now() / 1000);
let lastfm: Awaited<ReturnType<typeof startLastfmSimulator>>;
let server: RunningServer;

const environment = () => signedInToLastfm(lastfm);
const status = () => server.get<Status>('/services/tracker/status');
const history = () => server.get<History>('/history/tracks');

beforeEach(async () => {
  lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    sessionKey: 'session',
    user: 'ada',
    history: [{ playedAt: now() - 7_200, artist: 'Hélio Braquet', title: 'Ondes courtes', album: 'Ondes courtes' }],
  });
  server = await startServer(environment());
});
afterEach(async () => {
  await server.dispose();
  await lastfm.close();
});

describe('a play on Last.fm', () => {
  test('is in the history once, with its album and artist, and again at the next poll only once', async () => {
    const playedAt = now() - 60;
    lastfm.scrobble({ playedAt, artist: 'Kombinat 7', title: 'Nachtschicht', album: 'Nine Small Engines' });
    const { items } = await until('the play', history, ({ total }) => total === 2);
    expect(items[0]).toMatchObject({
      playedAt,
      source: 'lastfm',
      loved: false,
      track: { title: 'Nachtschicht' },
      album: { title: 'Nine Small Engines' },
      artists: [{ name: 'Kombinat 7' }],
    });
    lastfm.scrobble({
      playedAt: playedAt + 30,
      artist: 'Kombinat 7',
      title: 'Frühschicht',
      album: 'Nine Small Engines',
    });
    await until('the next play', history, ({ total }) => total === 3);
    expect((await history()).total).toBe(3);
  });

  test('that sounds now is shown and not recorded, and goes when it ends', async () => {
    lastfm.setNowPlaying({ artist: 'Kombinat 7', title: 'Nachtschicht', album: 'Nine Small Engines' });
    await until('now playing', status, ({ nowPlaying }) => nowPlaying?.title === 'Nachtschicht');
    expect((await history()).total).toBe(1);
    lastfm.setNowPlaying(null);
    await until('silence', status, ({ nowPlaying }) => nowPlaying === null);
  });

  test('under the same stamp with another spelling is a correction', async () => {
    const playedAt = now() - 90;
    lastfm.scrobble({ playedAt, artist: 'Kombinat 7', title: 'Nachtschich', album: 'Nine Small Engines' });
    await until('the play', history, ({ total }) => total === 2);
    lastfm.correctPlay({ playedAt, artist: 'Kombinat 7', title: 'Nachtschich' }, { title: 'Nachtschicht' });
    const { items, total } = await until(
      'the correction',
      history,
      (answer) => answer.items[0]?.track.title === 'Nachtschicht',
    );
    expect(total).toBe(2);
    expect(items[0]!.playedAt).toBe(playedAt);
  });

  test('that was deleted there is shown as such, not removed', async () => {
    const play = { playedAt: now() - 90, artist: 'Kombinat 7', title: 'Nachtschicht', album: 'Nine Small Engines' };
    lastfm.scrobble(play);
    await until('the play', history, ({ total }) => total === 2);
    lastfm.deletePlay(play);
    const { total } = await until('the mark', history, ({ items }) => items[0]?.goneUpstream === true);
    expect(total).toBe(2);
  });
});

describe('a service error', () => {
  test.each([
    ['500', { kind: 'status', status: 500 }],
    ['a web page', { kind: 'html' }],
    ['a truncated body', { kind: 'truncate' }],
    ['a wrong type', { kind: 'wrong-type', path: 'recenttracks.track', value: 7 }],
  ] as const)('%s is explained, records nothing, and is recovered from', async (_name, fault) => {
    await until('the first poll', history, ({ total }) => total === 1);
    lastfm.fault({ ...fault, times: 1_000 });
    lastfm.scrobble({ playedAt: now() - 5, artist: 'Kombinat 7', title: 'Nachtschicht' });
    const failing = await until('the failure', status, ({ lastError }) => lastError !== null);
    expect(failing.consecutiveFailures).toBeGreaterThan(0);
    expect(JSON.stringify(failing)).not.toContain('api_key');
    lastfm.clearFaults();
    await until('the play', history, ({ total }) => total === 2);
    expect((await status()).lastError).toBeNull();
  });

  test('a pause that is asked for is respected', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    lastfm.fault({ kind: 'status', status: 429, headers: { 'retry-after': '3' }, times: 1 });
    await until('the pause', status, ({ lastError }) => lastError?.includes('3 s') === true);
    const before = lastfm.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(lastfm.requests.length).toBe(before);
    await until('the recovery', status, ({ lastError }) => lastError === null);
  });

  test('a private history and an unknown user are explained', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    lastfm.renameUser('grace');
    await until('the words', status, ({ lastError }) => /ada|user/i.test(lastError ?? ''));
  });

  test('another configured user is not mixed in without asking', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    await server.stop();
    lastfm.renameUser('grace');
    server = await server.restart({ LASTFM_USERNAME: 'grace' });
    await until('the question', status, ({ lastError }) => /ada.*grace/s.test(lastError ?? ''));
    await server.send('POST', '/services/tracker/accept-user');
    await until('the peace', status, ({ lastError }) => lastError === null);
  });
});

describe('the choice to follow', () => {
  test('survives a restart', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    expect(await server.send('POST', '/services/tracker/stop')).toMatchObject({
      status: 200,
      json: { running: false },
    });
    await server.stop();
    server = await server.restart();
    expect((await status()).running).toBe(false);
    expect(await server.send('POST', '/services/tracker/start')).toMatchObject({
      status: 200,
      json: { running: true },
    });
  });
});

describe('a backfill', () => {
  test('brings the whole history, however many share one stamp, and compares', async () => {
    await server.dispose();
    await lastfm.close();
    const old = now() - 40 * 86_400;
    const plays = Array.from({ length: 700 }, (_, index) => ({
      playedAt: old + index * 200,
      artist: 'The Velvet Ledgers',
      title: `Entry ${index}`,
      album: 'Green Room',
    }));
    const unknown = Array.from({ length: 450 }, (_, index) => ({
      playedAt: 1_108_290_000,
      artist: 'Orchard Signal',
      title: `Undated ${index}`,
    }));
    lastfm = await startLastfmSimulator({
      apiKey: 'key',
      secret: 'secret',
      user: 'ada',
      history: [...unknown, ...plays],
    });
    server = await startServer(environment());
    expect((await server.send('POST', '/services/lastfm/backfill')).status).toBe(202);
    expect((await server.send('POST', '/services/lastfm/backfill')).status).toBe(202);
    const ended = await until(
      'the end',
      () =>
        server.get<{ state: string; new: number; comparison: { lastfm: number; here: number } | null }>(
          '/services/lastfm/backfill',
        ),
      ({ state }) => state !== 'running',
    );
    expect(ended).toMatchObject({ state: 'done', comparison: { lastfm: 1_150, here: 1_150, because: [] } });
    expect((await history()).total).toBe(1_150);
  });
});

describe('sync', () => {
  test('a love goes up as a mutation, once, and reaches Last.fm and the album document', async () => {
    const { items } = await until('the first poll', history, ({ total }) => total === 1);
    const [listen] = items;
    const mutation = {
      id: '1b4e28ba-2fa1-4d25-883f-0016d3cca427',
      deviceId: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
      number: 1,
      madeAt: Date.now(),
      intent: { kind: 'love-track', trackId: listen!.track.id, loved: true },
    };
    for (let time = 0; time < 2; time += 1) {
      expect((await server.send('POST', '/sync/intents/push', [{ newDocumentState: mutation }])).status).toBe(200);
    }
    expect((await history()).items[0]!.loved).toBe(true);
    const { documents } = await server.get<Pull>('/sync/intents/pull?seq=0&limit=10');
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ id: mutation.id, verdict: { state: 'applied' } });
    await until(
      'the love upstream',
      () => lastfm.loved,
      (loved) => JSON.stringify(loved).includes('Ondes courtes'),
    );
  });

  test('a journal page is pulled, moves with a new play, and a foreign epoch is refused', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    const first = await server.get<Pull>('/sync/journal/pull?limit=100');
    expect(first.documents.at(-1)).toMatchObject({ n: 1, _deleted: false });
    lastfm.scrobble({ playedAt: now() - 5, artist: 'Kombinat 7', title: 'Nachtschicht' });
    await until('the play', history, ({ total }) => total === 2);
    const next = await server.get<Pull>(
      `/sync/journal/pull?seq=${first.checkpoint.seq}&epoch=${first.checkpoint.epoch}&limit=100`,
    );
    expect(next.documents.length).toBeGreaterThan(0);
    expect(next.checkpoint.seq).toBeGreaterThan(first.checkpoint.seq);
    expect(await server.send('GET', '/sync/journal/pull?seq=1&epoch=another&limit=10')).toMatchObject({
      status: 409,
      json: { error: { kind: 'stale-epoch' } },
    });
  });

  test('bad requests name the field and change nothing', async () => {
    await until('the first poll', history, ({ total }) => total === 1);
    expect(await server.send('GET', '/sync/journal/pull?limit=5000')).toMatchObject({
      status: 400,
      json: { error: { field: 'limit' } },
    });
    expect(await server.send('GET', '/sync/journal/pull?seq=-1')).toMatchObject({
      status: 400,
      json: { error: { field: 'seq' } },
    });
    expect(await server.send('GET', '/history/tracks?pageSize=0')).toMatchObject({
      status: 400,
      json: { error: { kind: 'bad-request', field: 'pageSize' } },
    });
    expect(await server.send('GET', '/history/tracks?sort=up')).toMatchObject({
      status: 400,
      json: { error: { field: 'sort' } },
    });
    expect(await server.send('GET', '/collection/albums/999999')).toMatchObject({
      status: 404,
      json: { error: { kind: 'not-found' } },
    });
    expect(await server.send('GET', '/collection/albums/x')).toMatchObject({
      status: 400,
      json: { error: { field: 'id' } },
    });
    expect((await server.send('POST', '/sync/intents/push', [{ newDocumentState: { id: 'x' } }])).status).toBe(400);
    expect((await server.send('POST', '/sync/journal/push', [])).status).toBe(400);
    expect((await server.send('GET', '/nothing')).status).toBe(404);
    const old = await fetch(`${server.url}/api/v1/sync/journal/pull`, { headers: { 'x-aime-protocol': '0' } });
    expect(old.status).toBe(426);
  });
});
