import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Libsql from 'libsql';
import { startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { readCsv } from './csv.ts';
import { stopsSound, totalOf } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';

interface Backfill {
  state: string;
  seen: number;
  new: number;
  known: number;
  repeated: number;
  refused: { reason: string; count: number }[];
  lastError: string | null;
  comparison: { lastfm: number; here: number; because: { reason: string; count: number }[] } | null;
}

const keyOf = ({ playedAt, artist, title }: Pick<SimulatedPlay, 'playedAt' | 'artist' | 'title'>): string =>
  `${playedAt}|${artist}|${title}`;

/** A history as exporters write it: `uts,artist,album,track` with a first line of names, gzipped or not. */
export function readHistory(file: string): SimulatedPlay[] {
  const bytes = readFileSync(file);
  const [names = [], ...rows] = readCsv((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const column = (name: string) => {
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`${file} has no column ${name}; its first line is ${names.join()}`);
    return index;
  };
  const [uts, artist, album, track] = ['uts', 'artist', 'album', 'track'].map(column) as [
    number,
    number,
    number,
    number,
  ];
  return rows.map((row) => ({
    playedAt: Number(row[uts]),
    artist: row[artist] ?? '',
    title: row[track] ?? '',
    ...(row[album] ? { album: row[album] } : {}),
  }));
}

/** A person's whole history, served by the simulated Last.fm and brought in by a backfill: every distinct play arrives. */
export async function stressHistory({
  file,
  say = () => undefined,
}: Partial<StressOptions> & { file: string }): Promise<void> {
  const plays = readHistory(file);
  const distinct = new Map(plays.map((play) => [keyOf(play), play]));
  say(
    `${plays.length} plays in the file, ${distinct.size} distinct, ${new Set(plays.map(({ artist }) => artist)).size} artists`,
  );
  const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: plays });
  // As fast as it goes: at Last.fm's own pace of a request a second the same takes a second for each 200 plays.
  const server = await startServer({
    LASTFM_URL: lastfm.url,
    LASTFM_API_KEY: 'key',
    LASTFM_USERNAME: 'ada',
    LASTFM_POLL_SECONDS: '3600',
    LASTFM_REQUESTS_PER_MINUTE: '60000',
  });
  try {
    const started = Date.now();
    await server.send('POST', '/services/lastfm/backfill');
    const ended = await waitFor(
      'the end of the backfill',
      () => server.get<Backfill>('/services/lastfm/backfill'),
      ({ state }) => state !== 'running',
      3_600_000,
    );
    const seconds = (Date.now() - started) / 1000;
    assert.equal(ended.state, 'done', ended.lastError ?? '');
    say(
      `${seconds.toFixed(0)} s; read ${ended.seen}, new ${ended.new}, known ${ended.known}, listed more than once ${ended.repeated}, refused ${JSON.stringify(ended.refused)}`,
    );
    say(`comparison: ${JSON.stringify(ended.comparison)}; listens here: ${await totalOf(server)}`);
    await stopsSound(server);
    const { stored, lost, without } = accounted(join(server.dataDir, 'musique.db'), distinct);
    say(`of ${distinct.size} distinct plays ${stored} are stored as they were reported, each with its listen`);
    assert.deepEqual({ lost: lost.slice(0, 5), without: without.slice(0, 5) }, { lost: [], without: [] });
  } finally {
    await server.dispose();
    await lastfm.close();
  }
}

/** Which plays are stored as reported with a listen of their own, which are lost, and which have none. */
function accounted(
  file: string,
  distinct: ReadonlyMap<string, SimulatedPlay>,
): { stored: number; lost: string[]; without: string[] } {
  const db = new Libsql(file);
  const rows = db
    .prepare(
      `SELECT played_at AS playedAt, scrobbles.artist, scrobbles.title, listening_history.id AS listen FROM scrobbles
     LEFT JOIN listening_history ON listening_history.id = listen_id AND timestamp = played_at WHERE scrobbles.source = 'lastfm'`,
    )
    .all() as { playedAt: number; artist: string; title: string; listen: number | null }[];
  db.close();
  const listens = new Map(rows.map((row) => [keyOf(row), row.listen]));
  assert.equal(new Set(rows.map(({ listen }) => listen)).size, rows.length, 'two plays share a listen');
  return {
    stored: [...distinct.keys()].filter((key) => typeof listens.get(key) === 'number').length,
    lost: [...distinct.keys()].filter((key) => !listens.has(key)),
    without: [...distinct.keys()].filter((key) => listens.get(key) === null),
  };
}
