import { setTimeout as sleep } from 'node:timers/promises';
import { startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import type { SimulatedPlay } from '#tests/simulators/lastfm/playHistory.ts';
import { startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { journalOf, sameListens, stopsSound, totalOf } from './journalOf.ts';
import { killAgainAndAgain } from './killing.ts';
import type { StressOptions } from './stressTest.ts';
import { peakMemoryMb } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

const DAY = 86_400;

/** Plays of the last days, each a track or so after the one before. */
function invented(chance: SeededChance, count: number, from: number): SimulatedPlay[] {
  const spacing = Math.floor((12 * DAY) / count);
  return Array.from({ length: count }, (_, index) => {
    const album = chance.whole(1, 60);
    return {
      playedAt: from + index * spacing + chance.whole(0, spacing - 1),
      artist: `Artist ${album % 23}`,
      title: `Title ${album}.${chance.whole(1, 11)}`,
      ...(chance.happens(0.9) && { album: `Album ${album}` }),
    };
  });
}

const withoutDoubles = (plays: readonly SimulatedPlay[]) => [
  ...new Map(plays.map((play) => [`${play.playedAt}|${play.artist}|${play.title}`, play])).values(),
];

/**
 * Plays arrive at the simulated Last.fm, some of them late, while the server that follows it is killed at random moments:
 * in the end each is one listen.
 */
export async function stressScrobbleKills({
  seed,
  plays: count,
  kills,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { plays: number; kills: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed);
  const plays = withoutDoubles(invented(chance, count, Math.floor(Date.now() / 1000) - 12 * DAY - 3_600));
  const lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: plays.slice(0, 10),
  });
  let server = await startServer({
    ...followsLastfm(lastfm),
  });
  try {
    const arriving = arrivals(chance, plays.slice(10), kills);
    const feeding = new AbortController();
    const fed = (async () => {
      for (const some of arriving) {
        for (const play of some) lastfm.scrobble(play);
        if (!feeding.signal.aborted) await sleep(60);
      }
    })();
    const outcome = await killAgainAndAgain(server, { chance, kills, latest: 1_500, until, whileTrue: () => true });
    server = outcome.server;
    feeding.abort();
    await fed;
    await waitFor(
      'the last play',
      () => totalOf(server),
      (total) => total >= plays.length,
    );
    await sleep(2_500);
    sameListens(await journalOf(server), plays);
    const memory = peakMemoryMb(server.pid);
    await stopsSound(server);
    say(`${outcome.killed} kills while ${plays.length} plays arrived: each is one listen`);
    return { ...HELD, tried: outcome.killed, peakMemoryMb: memory };
  } finally {
    await server.dispose();
    await lastfm.close();
  }
}

/** In small portions, a tenth of the plays later than those that followed them. */
function arrivals(chance: SeededChance, plays: readonly SimulatedPlay[], kills: number): SimulatedPlay[][] {
  const portions: SimulatedPlay[][] = Array.from({ length: kills * 25 }, () => []);
  plays.forEach((play, index) => {
    const due = Math.floor((index / plays.length) * portions.length);
    const late = chance.happens(0.1) ? chance.whole(1, 40) : 0;
    portions[Math.min(portions.length - 1, due + late)]!.push(play);
  });
  return portions;
}

/** The same while a backfill reads a history of years. */
export async function stressBackfillKills({
  seed,
  plays: count,
  kills,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { plays: number; kills: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 1);
  const years = invented(chance, count, 1_300_000_000).map((play, index) => ({
    ...play,
    playedAt: 1_300_000_000 + index * 7_000,
  }));
  const lastfm = await startLastfmSimulator({ apiKey: 'key', secret: 'secret', user: 'ada', history: years });
  let server = await startServer({
    LASTFM_URL: lastfm.url,
    LASTFM_API_KEY: 'key',
    LASTFM_USERNAME: 'ada',
    LASTFM_POLL_SECONDS: '60',
    LASTFM_REQUESTS_PER_MINUTE: '600',
  });
  try {
    await server.send('POST', '/services/lastfm/backfill');
    const state = () =>
      server.get<{ state: string; comparison: { lastfm: number; here: number } | null }>('/services/lastfm/backfill');
    const outcome = await killAgainAndAgain(server, { chance, kills, latest: 700, until, whileTrue: () => true });
    server = outcome.server;
    await waitFor('the end of the backfill', state, ({ state: now }) => now !== 'running', 300_000);
    sameListens(await journalOf(server), years);
    const memory = peakMemoryMb(server.pid);
    await stopsSound(server);
    say(`${outcome.killed} kills during a backfill of ${years.length} plays: each is one listen`);
    return { ...HELD, tried: outcome.killed, peakMemoryMb: memory };
  } finally {
    await server.dispose();
    await lastfm.close();
  }
}
