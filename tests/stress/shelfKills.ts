import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { displayName } from '#shared/matching/identity.ts';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { asksEuria, asksSpotify } from '#tests/kit/serviceSettings.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type DiscogsSimulator, startDiscogsSimulator } from '#tests/simulators/discogs/index.ts';
import { startEuriaSimulator } from '#tests/simulators/euria/index.ts';
import type { SimulatedRequest } from '#tests/simulators/kit/exchange.ts';
import { startSpotifySimulator } from '#tests/simulators/spotify/index.ts';
import { stopsSound } from './journalOf.ts';
import { killAgainAndAgain } from './killing.ts';
import type { StressOptions } from './stressTest.ts';
import { peakMemoryMb } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

/** What was asked for beyond the first time, each as often as it was. */
function askedAgain(
  requests: readonly SimulatedRequest[],
  what: (request: SimulatedRequest) => string | null,
): string[] {
  const asked = new Set<string>();
  return requests.flatMap((request) => {
    const key = what(request);
    if (key === null || !asked.has(key)) {
      if (key !== null) asked.add(key);
      return [];
    }
    return [key];
  });
}

/** @throws when more was asked for twice than the one request that was under way at each kill. */
function onlyWhatWasUnderWay(service: string, again: readonly string[], allowed: number): void {
  const repeated = again.map((key) => key.slice(0, 120)).join('\n');
  assert.ok(
    again.length <= allowed,
    `${service}: ${again.length} things were asked for again where at most ${allowed} requests may have been under way:\n${repeated}`,
  );
}

const pageKey = ({ path, query }: SimulatedRequest): string | null =>
  /\/(collection|wants)/.test(path) && query.has('page') ? `${path} ${query.get('page')}` : null;

function instances(server: RunningServer): string[] {
  const db = new Libsql(join(server.dataDir, 'musique.db'));
  const rows = db.prepare('SELECT instance_id FROM copies ORDER BY instance_id').all() as { instance_id: string }[];
  db.close();
  return rows.map((row) => row.instance_id);
}

const copiesThere = (discogs: DiscogsSimulator): string[] =>
  discogs.copies.map(({ instanceId }) => String(instanceId)).sort();

/** The server is killed at random moments while it imports a collection: every copy arrives once, no page is read twice but the one under way. */
export async function stressImportKills({
  seed,
  releases,
  kills,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { releases: number; kills: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 2);
  const discogs = await startDiscogsSimulator({ releases, requestsPerMinute: 1_200 });
  let server = await startServer({ DISCOGS_URL: discogs.url, DISCOGS_TOKEN: discogs.token });
  try {
    await server.send('POST', '/services/discogs/sync');
    const state = () =>
      server.get<{ state: string; seen: number; lastError: string | null }>('/services/discogs/status');
    const outcome = await killAgainAndAgain(server, {
      chance,
      kills,
      latest: 900,
      until,
      whileTrue: async () => (await state()).state === 'running',
    });
    server = outcome.server;
    const ended = await waitFor('the end of the import', state, ({ state: now }) => now !== 'running', 180_000);
    assert.equal(ended.state, 'done', ended.lastError ?? '');
    const again = askedAgain(discogs.requests, pageKey);
    onlyWhatWasUnderWay('Discogs', again, outcome.killed);
    const memory = peakMemoryMb(server.pid);
    await stopsSound(server);
    assert.deepEqual(instances(server), copiesThere(discogs));
    say(
      `${outcome.killed} kills during an import of ${discogs.copies.length} copies: each is there once; ${again.length} pages were asked for again`,
    );
    return { ...HELD, tried: outcome.killed, peakMemoryMb: memory };
  } finally {
    await server.dispose();
    await discogs.close();
  }
}

interface EnrichmentStatus {
  waiting: number;
  running: number;
  upstreams: { upstream: string; state: string; waiting: number; done: number }[];
}

/** … and while it fills the gaps of what was imported: nothing stays empty, nothing is asked for twice but what was under way. */
export async function stressEnrichmentKills({
  seed,
  albums,
  kills,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { albums: number; kills: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 3);
  const [discogs, spotify, euria] = await Promise.all([
    startDiscogsSimulator({ releases: albums, requestsPerMinute: 1_200 }),
    startSpotifySimulator({ requestsPerHalfMinute: 10_000 }),
    startEuriaSimulator({ requestsPerMinute: 100_000 }),
  ]);
  const configDir = mkdtempSync(join(tmpdir(), 'aime-prove-config-'));
  mkdirSync(configDir, { recursive: true });
  writeFileSync(join(configDir, 'app.json'), JSON.stringify({ euria: { background: true, dailyCap: 100_000 } }));
  let server = await startServer({
    AIME_CONFIG_DIR: configDir,
    DISCOGS_URL: discogs.url,
    DISCOGS_TOKEN: discogs.token,
    ...asksSpotify(spotify),
    ...asksEuria(euria),
  });
  try {
    await server.send('POST', '/services/discogs/sync');
    const left = async () => {
      const { upstreams } = await server.get<EnrichmentStatus>('/services/enrichment/status');
      return upstreams.filter(({ upstream }) => upstream !== 'musicbrainz');
    };
    await waitFor(
      'the import',
      () => server.get<{ state: string }>('/services/discogs/status'),
      ({ state }) => state === 'done',
      120_000,
    );
    const outcome = await killAgainAndAgain(server, {
      chance,
      kills,
      latest: Math.max(1_500, albums * 8),
      until,
      whileTrue: () => true,
    });
    server = outcome.server;
    const limit = 120_000 + albums * 1_000;
    await waitFor(
      'the end of the enrichment',
      left,
      (upstreams) => upstreams.every(({ waiting, done }) => waiting === 0 && done > 0),
      limit,
    );
    const again = {
      Discogs: askedAgain(discogs.requests, ({ path }) => (/^\/(releases|masters)\//.test(path) ? path : null)),
      Spotify: askedAgain(spotify.requests, ({ path, query }) =>
        path === '/v1/search' ? `${query.get('type')} ${query.get('q')}` : null,
      ),
      EurIA: askedAgain(euria.requests, ({ path, body }) => (path.endsWith('/chat/completions') ? body : null)),
    };
    const memory = peakMemoryMb(server.pid);
    await stopsSound(server);
    // Two artists of one name ("X" and Discogs' "X (2)") are two questions, and the same one.
    const namesakes = { Discogs: 0, Spotify: countNamesakes(server), EurIA: 0 };
    for (const [service, keys] of Object.entries(again))
      onlyWhatWasUnderWay(service, keys, outcome.killed + namesakes[service as keyof typeof again]);
    const empty = gaps(server);
    assert.deepEqual(empty, { withoutTracks: 0, withoutWords: 0, doubledTracks: 0, tasksLeft: 0 });
    say(
      `${outcome.killed} kills during the enrichment of ${discogs.copies.length} copies: no gap, nothing doubled; asked for again: ${Object.entries(
        again,
      )
        .map(([service, keys]) => `${service} ${keys.length}`)
        .join(', ')}, of Spotify up to ${namesakes.Spotify} for artists who share a name`,
    );
    return { ...HELD, tried: outcome.killed, peakMemoryMb: memory };
  } finally {
    await server.dispose();
    rmSync(configDir, { recursive: true, force: true });
    await Promise.all([discogs, spotify, euria].map((service) => service.close()));
  }
}

function countNamesakes(server: RunningServer): number {
  const db = new Libsql(join(server.dataDir, 'musique.db'));
  const names = (db.prepare('SELECT name FROM artists').all() as { name: string }[]).map(({ name }) =>
    displayName(name),
  );
  db.close();
  return names.length - new Set(names).size;
}

function gaps(server: RunningServer) {
  const db = new Libsql(join(server.dataDir, 'musique.db'));
  const count = (sql: string) => (db.prepare(`SELECT count(*) AS n FROM (${sql})`).get() as { n: number }).n;
  const found = {
    withoutTracks: count('SELECT 1 FROM albums WHERE NOT EXISTS (SELECT 1 FROM tracks WHERE album_id = albums.id)'),
    withoutWords: count(
      `SELECT 1 FROM albums WHERE NOT EXISTS (SELECT 1 FROM metadata WHERE album_id = albums.id AND ai_info IS NOT NULL)`,
    ),
    doubledTracks: count(
      'SELECT 1 FROM tracks WHERE track_number IS NOT NULL GROUP BY album_id, track_number HAVING count(*) > 1',
    ),
    tasksLeft: count(
      `SELECT 1 FROM enrichment_queue WHERE state IN ('waiting', 'running') AND upstream <> 'musicbrainz'`,
    ),
  };
  db.close();
  return found;
}
