import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { residentBytes } from '../bench/processTimes.ts';
import { recentListener } from './following.ts';
import { journalOf, sameListens, stopsSound, totalOf } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

const AT_ONCE = 100;
const STREAMS = 150;
/** Connections that never come to a request's end. */
const LOITERERS = 300;
const MOST_MEMORY = 600e6;

/** What may be asked, sense and nonsense; none of it may be answered by a failure of the server's own. */
const ASKED: ((chance: SeededChance) => { method: string; path: string; body?: string })[] = [
  (chance) => get(`/history/tracks?page=${chance.whole(1, 60)}&pageSize=${chance.whole(1, 200)}`),
  (chance) =>
    get(
      `/collection/albums?page=${chance.whole(1, 20)}&sort=${chance.one(['artist', 'plays', 'lastPlayed', 'upwards'])}`,
    ),
  (chance) => get(`/collection/albums/${chance.one(['1', '7', '999999', '-1', 'x', '1e9', '%00', '../..'])}`),
  (chance) =>
    get(
      `/sync/${chance.one(['albums', 'artists', 'journal', 'household', 'nothing'])}/pull?limit=${chance.one([1, 100, 1_000, 100_000])}&seq=${chance.one(['0', '5', '-3', 'NaN'])}`,
    ),
  (chance) => get(`/images/${chance.whole(1, 50)}?size=${chance.one(['300', '9999'])}`),
  () => get('/services/tracker/status'),
  () => get('/metrics'),
  (chance) => get(`/${'a/'.repeat(chance.whole(1, 200))}?${'q='.repeat(chance.whole(1, 50))}`),
  (chance) => ({
    method: 'POST',
    path: '/sync/intents/push',
    body: chance.one(['[]', '{', '[{"newDocumentState":{"id":"x"}}]', '[['.repeat(5_000), `"${'x'.repeat(100_000)}"`]),
  }),
  () => ({
    method: 'POST',
    path: '/sync/playlists/push',
    body: '[{"newDocumentState":{"id":"1b4e28ba-2fa1-4d25-883f-0016d3cca427","name":""}}]',
  }),
  () => ({ method: 'PUT', path: '/settings', body: '{"lastfm.pollSeconds":"soon"}' }),
  () => ({ method: 'POST', path: '/services/tracker/start' }),
];

const get = (path: string) => ({ method: 'GET', path });

/** Thousands of requests at once, broken and abandoned ones among them, and streams that nobody reads: the server answers on and goes on following. */
export async function stressFlood({
  seed,
  requests,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { requests: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 4);
  const now = Math.floor(Date.now() / 1000);
  const lastfm = await recentListener({ years: 0.03, seed });
  const server = await startServer({
    ...followsLastfm(lastfm),
  });
  try {
    await waitFor(
      'the first poll',
      () => totalOf(server),
      (total) => total === lastfm.plays.length,
    );
    const streams = [
      ...Array.from({ length: STREAMS }, () => idleStream(server)),
      ...Array.from({ length: LOITERERS }, (_, index) => loiterer(server, index)),
      ...Array.from({ length: 3 }, () => endlessBody(server)),
    ];
    const statuses = new Map<number | 'abandoned', number>();
    let asked = 0;
    const askOn = async () => {
      while (asked < requests && Date.now() < until) {
        asked += 1;
        if (asked % 100 === 0)
          lastfm.scrobble({ playedAt: now - requests + asked, artist: 'Kombinat 7', title: `Meanwhile ${asked}` });
        const status = await ask(server, chance.one(ASKED)(chance), chance.happens(0.1));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOn));
    for (const stream of streams) stream.destroy();
    // 502: a picture whose service cannot be reached.
    const failures = [...statuses].filter(([status]) => typeof status === 'number' && status >= 500 && status !== 502);
    assert.deepEqual(failures, [], server.output().slice(-2_000));
    await waitFor(
      'the streams to be released',
      () => metric(server, 'aime_stream_readers'),
      (readers) => readers === 0,
    );
    await waitFor(
      'the plays that came meanwhile',
      () => totalOf(server),
      (total) => total === lastfm.plays.length,
    );
    sameListens(await journalOf(server), lastfm.plays);
    await sleep(1_000);
    const memory = residentBytes(server.pid);
    assert.ok(memory < MOST_MEMORY, `the server holds ${(memory / 1e6).toFixed(0)} MB`);
    const figures = await serverFigures(server);
    await stopsSound(server);
    say(
      `${asked} requests, ${AT_ONCE} at once, beside ${STREAMS} streams: ${JSON.stringify(Object.fromEntries(statuses))}; ${(memory / 1e6).toFixed(0)} MB after`,
    );
    return { ...HELD, tried: asked, serverErrors: failures.length, ...figures };
  } finally {
    await server.dispose();
    await lastfm.close();
  }
}

/** @returns the answer's status; `abandoned` for a request that goes away before its answer, or whose connection broke. */
function ask(
  server: RunningServer,
  { method, path, body }: { method: string; path: string; body?: string },
  goesAway: boolean,
): Promise<number | 'abandoned'> {
  return new Promise((resolve) => {
    const asking = request(
      { host: '127.0.0.1', port: server.port, method, path: `/api/v1${path}`, headers: { connection: 'close' } },
      (answer) => {
        answer.on('error', () => resolve('abandoned'));
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.resume();
      },
    );
    asking.on('error', () => resolve('abandoned'));
    asking.end(body);
    if (goesAway) setTimeout(() => asking.destroy(), 2);
  });
}

/** An event stream that is opened and never read. */
function idleStream(server: RunningServer) {
  const stream = request({ host: '127.0.0.1', port: server.port, path: '/api/v1/sync/stream' });
  stream.on('error', () => undefined);
  stream.on('response', (answer) => answer.on('error', () => undefined).pause());
  stream.end();
  return stream;
}

/** A connection that says nothing, or one letter of a header every second and never the last. */
function loiterer(server: RunningServer, index: number) {
  const socket = connect(server.port, '127.0.0.1');
  const timer = setInterval(() => index % 2 === 0 && socket.writable && socket.write('x'), 1_000);
  socket.on('connect', () => index % 2 === 0 && socket.write('GET / HTTP/1.1\r\nX-Slow: '));
  socket.on('error', () => undefined).on('close', () => clearInterval(timer));
  return socket;
}

/** Two hundred megabytes in chunks, without a word of how many they will be. */
function endlessBody(server: RunningServer) {
  const sending = request({
    host: '127.0.0.1',
    port: server.port,
    method: 'POST',
    path: '/api/v1/session',
    headers: { 'transfer-encoding': 'chunked' },
  });
  let sent = 0;
  const more = () => {
    while (sent < 200 && !sending.destroyed) {
      sent += 1;
      if (!sending.write(Buffer.alloc(1_000_000, 'x'))) return void sending.once('drain', more);
    }
  };
  sending.on('error', () => undefined).on('response', (answer) => answer.on('error', () => undefined).resume());
  more();
  return sending;
}

async function metric(server: RunningServer, name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/api/v1/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
}
