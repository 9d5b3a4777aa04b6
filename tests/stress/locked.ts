import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { another } from '#tests/kit/anotherProgram.ts';
import { healthOf, type RunningServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { aTrack, Lover, readOn, startFollowing } from './following.ts';
import { journalOf, sameListens, stopsSound } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

/** Another program holds the write lock, and then a long reading, while plays and a device's pushes arrive; then the server is killed. */
export async function stressLocked({
  seed,
  rounds,
  seconds,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { rounds: number; seconds: number }): Promise<Partial<Tally>> {
  const fixture = await startFollowing(seed + 11);
  const { server } = fixture;
  let again: RunningServer | null = null;
  try {
    const file = join(server.dataDir, 'musique.db');
    const [track, lover] = [await aTrack(server), new Lover(server)];
    let [tried, unread, asked] = [0, 0, 0];
    for (; tried < rounds && Date.now() < until; tried += 1) {
      const letGo = await another(file, 'BEGIN IMMEDIATE', 'UPDATE settings SET value = value');
      const reading = readOn(server);
      const pushes = Array.from({ length: 4 }, () => lover.push(lover.rows(1, track)));
      for (let second = 0; second < seconds; second += 1) {
        fixture.hear();
        await sleep(1_000);
      }
      assert.deepEqual(
        await healthOf(server),
        { status: 503, said: 'degraded' },
        'health says that nothing can be written',
      );
      letGo();
      await Promise.all(pushes);
      const read = await reading.stop();
      [asked, unread] = [asked + read.asked, unread + read.failed];
      // Whoever only reads, for however long, is in nobody's way.
      const finish = await another(file, 'BEGIN', 'SELECT count(*) FROM listening_history');
      fixture.hear();
      await waitFor(
        'a push beside a long reading',
        () => lover.push(lover.rows(1, track)),
        (status) => status === 200,
      );
      finish();
      await fixture.caughtUp();
    }
    await waitFor(
      'health',
      () => healthOf(server),
      ({ said }) => said === 'ok',
    );
    const figures = await serverFigures(server);
    // Whoever had the library open and closed it took no lock along: what was answered for is there after a death, too.
    await server.kill();
    again = await server.restart();
    sameListens(await journalOf(again), fixture.lastfm.plays);
    const missing = await lover.missing(again);
    await stopsSound(again);
    assert.equal(unread, 0, `${unread} of ${asked} readings failed`);
    say(
      `${tried} times held for ${seconds} s: ${asked} readings, ${lover.accepted.length} pushes taken, ${lover.refusals} asked to retry`,
    );
    return { ...HELD, tried, ...missing, serverErrors: lover.serverErrors, ...figures };
  } finally {
    await again?.dispose();
    await fixture.dispose();
  }
}
