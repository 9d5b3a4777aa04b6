import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { healthOf, until as waitFor } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { aTrack, Lover, readOn, startFollowing } from './following.ts';
import { journalOf, sameListens } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';
import { limitedFiles, type ScarceRoom, smallDisk } from './scarceRoom.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, type Tally, together } from './tally.ts';

interface FullDisk extends StressOptions {
  rounds: number;
}

/** The room ends while nothing is asked, while plays arrive and while a device pushes, and is there again: on every kind of it that this machine has. */
export async function stressFullDisk(options: FullDisk): Promise<Partial<Tally>> {
  const tallies: Partial<Tally>[] = [];
  for (const room of [limitedFiles(), smallDisk()]) {
    if (room === null) options.say?.('a small disk can only be mounted by root: tried with a limit on files alone');
    else tallies.push(await stressIn(room, options));
  }
  return together(tallies);
}

async function stressIn(
  room: ScarceRoom,
  { seed, rounds, until = Infinity, say = () => undefined }: FullDisk,
): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 12);
  const fixture = await startFollowing(seed + 12, room.environment);
  const { server } = fixture;
  try {
    const [track, lover] = [await aTrack(server), new Lover(server)];
    let [tried, unread, asked] = [0, 0, 0];
    for (; tried < rounds && Date.now() < until; tried += 1) {
      room.fill(server, chance);
      // While nothing is asked: only the polls, which have something to write.
      for (let second = 0; second < 3; second += 1) {
        fixture.hear();
        await sleep(1_000);
      }
      const reading = readOn(server);
      await waitFor(
        'the first push that finds no room',
        () => lover.push(lover.rows(5, track)),
        (status) => status === 503,
      );
      room.fillUp(server);
      const health = () => lover.push(lover.rows(1, track)).then(() => healthOf(server));
      await waitFor('health to say that nothing can be written', health, ({ said }) => said === 'degraded');
      // It is looked again and again whether there is room: as long as there is none, that finds none.
      for (let times = 0; times < 10; times += 1)
        assert.deepEqual(
          await health(),
          { status: 503, said: 'degraded' },
          'health says that nothing can be written until there is room',
        );
      const read = await reading.stop();
      [asked, unread] = [asked + read.asked, unread + read.failed];
      room.makeRoom(server);
      await fixture.caughtUp();
      await waitFor(
        'a push with room again',
        () => lover.push(lover.rows(1, track)),
        (status) => status === 200,
      );
      await waitFor(
        'health',
        () => healthOf(server),
        ({ said }) => said === 'ok',
      );
    }
    sameListens(await journalOf(server), fixture.lastfm.plays);
    const missing = await lover.missing(server);
    const figures = await serverFigures(server);
    assert.equal(await server.stop(), 0, server.output().slice(-2_000));
    assert.deepEqual(flawsOf(join(room.environment['AIME_DATA_DIR'] ?? server.dataDir, 'musique.db')).slice(0, 5), []);
    assert.equal(unread, 0, `${unread} of ${asked} readings failed`);
    say(
      `${tried} times full (${room.about}): ${asked} readings, ${lover.accepted.length} pushes taken, ${lover.refusals} asked to retry`,
    );
    return { ...HELD, tried, ...missing, serverErrors: lover.serverErrors, ...figures };
  } finally {
    await fixture.dispose();
    room.remove();
  }
}
