import assert from 'node:assert/strict';
import type { SyncState } from '#shared/sync/state.ts';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { followsLastfm } from '#tests/kit/serviceSettings.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type LastfmSimulator, startLastfmSimulator } from '#tests/simulators/lastfm/simulator.ts';
import { stopsSound, totalOf } from './journalOf.ts';
import { begunWith, compared, loseFile, pullAll } from './lostLibrary.ts';
import { livedInLibrary, livesOn } from './livedIn.ts';
import { canonical, ModelDevice } from './modelDevice.ts';
import type { StressOptions } from './stressTest.ts';
import { serverFigures } from './serverFigures.ts';
import type { Tally } from './tally.ts';
import { uploadHoldings, holdingsOf, rebuildFrom } from './wipeDevice.ts';

const DAY = 86_400;

interface Wipe extends StressOptions {
  plays: number;
  /** A library to begin with, as large as wished; its file is copied. */
  library?: string;
}

/**
 * The server's library is lost. One of three devices restores it, although the server is killed in the midst; the two others add
 * what only they have: afterwards every document that a fresh device pulls is what the best of them held, and what Last.fm reports
 * again is known.
 */
export async function stressWipe({ seed, plays, library, say = () => undefined }: Wipe): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed);
  const now = Math.floor(Date.now() / 1000);
  const lastfm = await startLastfmSimulator({
    apiKey: 'key',
    secret: 'secret',
    user: 'ada',
    history: anyPlays(chance, plays, now),
  });
  let server = await startServer({
    ...followsLastfm(lastfm),
  });
  try {
    server = await begunWith(server, library ?? (await livedInLibrary(chance, now)));
    const before = await totalOf(server).then((total) =>
      waitFor(
        'the plays of Last.fm',
        () => totalOf(server),
        (heard) => heard >= Math.max(total, plays),
      ),
    );
    const url = () => server.url;
    const moment = () => Date.now();
    const [first, second, third] = [
      new ModelDevice(url, moment),
      new ModelDevice(url, moment),
      new ModelDevice(url, moment),
    ];
    await pullAll(first);
    await thenMore(server, lastfm, second, chance, now);
    await pullAll(second);
    const said = await server.get<SyncState>('/sync/state');
    await server.kill();
    loseFile(server);
    // Nobody reports plays meanwhile: what comes back comes from devices alone, under its ids.
    server = await server.restart({ LASTFM_API_KEY: '' });

    const started = Date.now();
    server = await rebuildFrom(server, first, third, said);
    say(`${before} listens brought back by one device in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    for (const other of [second, third]) await uploadHoldings(server, holdingsOf(other), said.epoch);
    const figures = await serverFigures(server);
    const fresh = new ModelDevice(url, moment);
    await pullAll(fresh);
    const tally = compared(second, fresh);
    const answered = await answeredOnce(second, fresh);
    tally.tried += answered.tried;
    tally.altered += answered.altered;
    say(`${tally.tried} documents held, lost ${tally.lost}, altered ${tally.altered}, besides ${tally.doubled}`);

    const heard = await totalOf(server);
    await server.stop();
    server = await server.restart({ LASTFM_API_KEY: 'key' });
    await server.send('POST', '/services/lastfm/backfill');
    await waitFor(
      'the end of the backfill',
      () => server.get<{ state: string }>('/services/lastfm/backfill'),
      ({ state }) => state !== 'running',
    );
    tally.doubled += Math.max(0, (await totalOf(server)) - heard);
    await stopsSound(server);
    return { ...tally, serverErrors: 0, deaths: 0, ...figures };
  } finally {
    await server.dispose();
    await lastfm.close();
  }
}

/** So many plays of a few artists, one every minute and a half. */
export function anyPlays(chance: SeededChance, plays: number, now: number) {
  return Array.from({ length: plays }, (_, index) => ({
    playedAt: now - (plays - index) * 90 - DAY,
    artist: `Artist ${chance.whole(1, 9)}`,
    title: `Title ${chance.whole(1, 40)}`,
    album: `Album ${chance.whole(1, 12)}`,
  }));
}

/** What happens after the first device pulled for the last time: plays, and what a person does. */
async function thenMore(
  server: RunningServer,
  lastfm: LastfmSimulator,
  device: ModelDevice,
  chance: SeededChance,
  now: number,
): Promise<void> {
  const total = await totalOf(server);
  for (let index = 0; index < 5; index += 1)
    lastfm.scrobble({
      playedAt: now - 600 + index * 60,
      artist: `Artist ${index}`,
      title: `Late ${chance.whole(1, 1e6)}`,
      album: 'Album 1',
    });
  await waitFor(
    'the late plays',
    () => totalOf(server),
    (heard) => heard === total + 5,
  );
  await pullAll(device);
  const { epoch } = await server.get<SyncState>('/sync/state');
  await livesOn(device, epoch, chance, now);
  const refused = [...device.mutations.values()].filter(({ verdict: result }) => result?.state === 'refused');
  assert.deepEqual(refused, [], 'what the person did was not done');
}

/** What a device offers again in the new epoch was applied already: nothing changes by it, and the result is the same as before. */
async function answeredOnce(device: ModelDevice, before: ModelDevice): Promise<Pick<Tally, 'tried' | 'altered'>> {
  const mutationTexts = ({ mutations }: ModelDevice) =>
    [...mutations.values()].map(({ id, verdict: result }) =>
      JSON.stringify(canonical({ id, verdict: { ...result, appliedSeq: 0 } })),
    );
  const texts = mutationTexts(device);
  await device.settle();
  const { lost, altered, doubled } = compared(before, device);
  return {
    tried: texts.length,
    altered: lost + altered + doubled + mutationTexts(device).filter((word) => !texts.includes(word)).length,
  };
}
