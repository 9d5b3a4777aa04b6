import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { until as waitFor } from '#tests/kit/serverProcess.ts';
import { aTrack, Lover, readOn, startFollowing } from './following.ts';
import { journalOf, sameListens } from './journalOf.ts';
import type { ProofOptions } from './proof.ts';
import { serverFigures } from './serverFigures.ts';
import { HELD, type Tally } from './tally.ts';

/** A small disk of its own; null where this user may not mount one. @returns its place, and what takes it away */
function smallDisk(megabytes: number): { path: string; remove(): void } | null {
  const path = mkdtempSync(join(tmpdir(), 'aime-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]).status === 0;
  const remove = () => {
    if (mounted) spawnSync('umount', ['-l', path]);
    rmSync(path, { recursive: true, force: true });
  };
  if (mounted) return { path, remove };
  remove();
  return null;
}

/** Fills a disk to the last byte. @returns makes room again */
function fill(disk: string): () => void {
  const path = join(disk, 'filler');
  const file = openSync(path, 'w');
  try {
    for (let size = 1 << 20; size > 0; ) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  } finally {
    closeSync(file);
  }
  return () => rmSync(path);
}

/** The disk fills up to the last byte while nothing is asked, while plays arrive and while a device pushes, and has room again. */
export async function proveFullDisk({ seed, rounds, until = Infinity, say = () => undefined }: ProofOptions & { rounds: number }): Promise<Partial<Tally>> {
  const disk = smallDisk(48);
  if (disk === null) {
    say('not tried: a small disk can only be mounted by root');
    return {};
  }
  const data = join(disk.path, 'data');
  const house = await startFollowing(seed + 12, { AIME_DATA_DIR: data });
  const { server } = house;
  try {
    const [track, lover] = [await aTrack(server), new Lover(server)];
    let [tried, unread, asked] = [0, 0, 0];
    for (; tried < rounds && Date.now() < until; tried += 1) {
      const makeRoom = fill(disk.path);
      // While nothing is asked: only the polls, which have something to write.
      for (let second = 0; second < 3; second += 1) {
        house.hear();
        await sleep(1_000);
      }
      const reading = readOn(server);
      await waitFor('the first push that finds no room', () => lover.push(lover.rows(5, track)), (status) => status === 503);
      assert.equal((await server.get<{ status: string }>('/health')).status, 'degraded', 'health says that the disk is full');
      const read = await reading.stop();
      [asked, unread] = [asked + read.asked, unread + read.failed];
      makeRoom();
      await house.caughtUp();
      await waitFor('a push with room again', () => lover.push(lover.rows(1, track)), (status) => status === 200);
      await waitFor('health', () => server.get<{ status: string }>('/health'), ({ status }) => status === 'ok');
    }
    sameListens(await journalOf(server), house.lastfm.plays);
    const missing = await lover.missing(server);
    const figures = await serverFigures(server);
    assert.equal(await server.stop(), 0, server.output().slice(-2_000));
    assert.deepEqual(flawsOf(join(data, 'musique.db')).slice(0, 5), []);
    assert.equal(unread, 0, `${unread} of ${asked} readings failed`);
    say(`${tried} times full (a tmpfs of 48 MB): ${asked} readings, ${lover.told.length} pushes taken, ${lover.refusals} told to come back`);
    return { ...HELD, tried, ...missing, serverErrors: lover.serverErrors, ...figures };
  } finally {
    await house.dispose();
    disk.remove();
  }
}
