import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { aTrack, Lover, startFollowing } from './following.ts';
import { journalOf, sameListens, stopsSound } from './journalOf.ts';
import type { StressOptions } from './stressTest.ts';
import { peakMemoryMb } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

/** A request whose answer may be cut off: its status, or 0 when the connection was refused or broke. */
const statusOf = (asking: Promise<{ status: number } | number>): Promise<number> =>
  asking.then(
    (answer) => (typeof answer === 'number' ? answer : answer.status),
    () => 0,
  );

const partials = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map(String)
        .filter((name) => name.includes('.partial'))
    : [];

/** SIGTERM in the midst of pushes, a backup and open streams: what was begun is finished, and nothing lies about afterwards. */
export async function stressShutdown({
  seed,
  rounds,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { rounds: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 13);
  const fixture = await startFollowing(seed + 13);
  let server: RunningServer = fixture.server;
  try {
    const track = await aTrack(server);
    let [tried, serverErrors, lost, doubled, memory] = [0, 0, 0, 0, 0];
    const statuses = new Map<number, number>();
    for (; tried < rounds && Date.now() < until; tried += 1) {
      const lover = new Lover(server);
      const stream = await fetch(`${server.url}/api/v1/sync/stream`);
      const asked = [
        ...Array.from({ length: 6 }, () => statusOf(lover.push(lover.rows(chance.whole(1, 300), track)))),
        statusOf(server.send('POST', '/backups')),
        statusOf(fetch(`${server.url}/api/v1/sync/journal/pull?limit=1000`)),
      ];
      fixture.hear();
      await sleep(chance.whole(0, 150));
      memory = Math.max(memory, peakMemoryMb(server.pid) ?? 0);
      assert.equal(await server.stop(), 0, server.output().slice(-2_000));
      for (const status of await Promise.all(asked)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      await stream.body?.cancel().catch(() => undefined);
      assert.deepEqual(partials(server.dataDir), [], 'nothing half-written is left');
      server = await server.restart();
      const missing = await lover.missing(server);
      [lost, doubled, serverErrors] = [
        lost + missing.lost,
        doubled + missing.doubled,
        serverErrors + lover.serverErrors,
      ];
    }
    fixture.hear();
    for (let waited = 0; (await journalOf(server)).length < fixture.lastfm.plays.length && waited < 300; waited += 1)
      await sleep(100);
    sameListens(await journalOf(server), fixture.lastfm.plays);
    assert.equal(await endsAtOnce(server), true, 'a second signal ends it at once');
    server = await server.restart();
    await stopsSound(server);
    say(`${tried} times stopped in the midst: answers ${JSON.stringify(Object.fromEntries(statuses))}`);
    return { ...HELD, tried, lost, doubled, serverErrors, peakMemoryMb: memory };
  } finally {
    await server.dispose();
    await fixture.dispose();
  }
}

/** Two signals while a request is being sent that never ends. */
async function endsAtOnce(server: RunningServer): Promise<boolean> {
  const endless = fetch(`${server.url}/api/v1/household`, {
    method: 'PUT',
    duplex: 'half',
    body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
  } as RequestInit).catch(() => undefined);
  await sleep(300);
  const first = server.stop();
  await sleep(100);
  const code = await Promise.race([server.stop(), first]);
  await endless;
  return code === 143;
}
