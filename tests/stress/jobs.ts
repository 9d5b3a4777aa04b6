import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Libsql from 'libsql';
import { archiveFiles, firstFlaw, unpackBackup, isBackupName } from '#server/library/testing/inside.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { buildProgram, type BuiltProgram, type ProgramRun } from './program.ts';
import { HELD, type Tally } from './tally.ts';

export interface JobsStress {
  seed: number;
  /** How often each work is killed. */
  kills: number;
  say?: (line: string) => void;
  /** No further kill is begun after this moment, milliseconds since the epoch. */
  until?: number;
}

/** What is killed: the four jobs, and the way back out of the archive. */
export const WORKS = [
  'cleanup_old_tracks',
  'restore',
  'compute_analytics',
  'backup_database',
  'refresh_spotify_token',
] as const;
type Work = (typeof WORKS)[number];

interface ListenRow {
  id: number;
  timestamp: number;
  track_id: number;
  source: string;
  zone: string | null;
  witnesses: number;
}

/**
 * SIGKILL inside each job, again and again, on one and the same library: after each, every listen is either in the journal or in the
 * archive file that the library names for it, the rollups count just those, every backup is sound; at the end everything is
 * brought back as it was.
 *
 * @throws on the first thing that is lost or doubled, naming the seed.
 */
export async function stressJobs({
  seed,
  kills,
  say = () => undefined,
  until = Infinity,
}: JobsStress): Promise<Partial<Tally>> {
  let killed = 0;
  const chance = new SeededChance(seed);
  const home = mkdtempSync(join(tmpdir(), 'aime-jobs-'));
  const program = await buildProgram('programs/jobs', {
    'programs/jobs': 'tests/stress/jobsProgram.ts',
    'workers/backup': 'server/library/backup/packProgram.ts',
  });
  try {
    const dataDir = join(home, 'data');
    mkdirSync(dataDir);
    await whole(program, dataDir, 'fill');
    const truth = journalOf(dataDir);
    const costs = await measured(program, home, dataDir);
    for (const work of rounds(kills)) {
      if (Date.now() > until) break;
      const { ms, turns } = costs[work];
      // Half of them by the clock, wherever that meets them; half at one of the work's own safe points.
      const wasKilled =
        turns === 0 || chance.happens(0.5)
          ? await killedAfter(program, dataDir, work, chance.next() * ms)
          : await killedAt(program, dataDir, work, chance.whole(0, turns));
      await check(dataDir, truth);
      killed += Number(wasKilled);
      say(`${work} ${wasKilled ? 'killed' : 'was done before'}: nothing lost, nothing doubled`);
    }
    // What came back asks its question again, and a kill may have come before the answer: here it is answered.
    await whole(program, dataDir, 'restore');
    await whole(program, dataDir, 'cleanup_old_tracks');
    await check(dataDir, truth);
    assert.ok(journalOf(dataDir).length < truth.length, 'nothing was archived at all');
    await whole(program, dataDir, 'restore');
    assert.deepEqual(journalOf(dataDir), truth);
    const verified = JSON.parse(await whole(program, dataDir, 'compute_analytics')) as { summary: unknown };
    assert.deepEqual(verified.summary, { months: 0, listens: 0, repaired: 0 });
    await check(dataDir, truth);
    return { ...HELD, tried: killed };
  } catch (error) {
    throw new Error(`Seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    program.dispose();
    // A copying process may outlive the one that was killed for a moment.
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Each work once in turn, so that what cleanup takes out is there to be restored. */
const rounds = (kills: number): Work[] => Array.from({ length: kills }, () => WORKS).flat();

/** Begins a work once this process has closed the library: what it still held would remove the log under the other's hands. */
async function begun(program: BuiltProgram, ...args: string[]): Promise<ProgramRun> {
  await untilFilesClosed();
  return program.run(args);
}

async function whole(program: BuiltProgram, dataDir: string, work: string): Promise<string> {
  const run = await begun(program, dataDir, work);
  const said = await run.says('ended');
  assert.deepEqual(await run.ended, { code: 0, signal: null });
  return said;
}

interface Cost {
  ms: number;
  turns: number;
}

/** What each work takes when nobody kills it, on a copy. */
async function measured(program: BuiltProgram, home: string, dataDir: string): Promise<Record<Work, Cost>> {
  const copy = join(home, 'copy');
  await untilFilesClosed();
  cpSync(dataDir, copy, { recursive: true });
  const costs: Partial<Record<Work, Cost>> = {};
  for (const work of WORKS) {
    const run = await begun(program, copy, work);
    await run.says('begun');
    const began = performance.now();
    const turns = Number(await run.says('turns'));
    costs[work] = { ms: performance.now() - began, turns };
    await run.ended;
  }
  return costs as Record<Work, Cost>;
}

/** @returns false when it was done before the kill came. */
async function killedAfter(program: BuiltProgram, dataDir: string, work: Work, ms: number): Promise<boolean> {
  const run = await begun(program, dataDir, work);
  await run.says('begun');
  await pause(ms);
  run.child.kill('SIGKILL');
  return (await run.ended).signal === 'SIGKILL';
}

async function killedAt(program: BuiltProgram, dataDir: string, work: Work, turn: number): Promise<boolean> {
  const run = await begun(program, dataDir, work, String(turn));
  return (await run.ended).signal === 'SIGKILL';
}

function rows<T>(dataDir: string, sql: string): T[] {
  const db = new Libsql(join(dataDir, 'musique.db'));
  try {
    return db.prepare(sql).all() as T[];
  } finally {
    db.close();
  }
}

const journalOf = (dataDir: string) =>
  rows<ListenRow>(
    dataDir,
    'SELECT id, timestamp, track_id, source, zone, witnesses FROM listening_history ORDER BY id',
  );

async function check(dataDir: string, truth: readonly ListenRow[]): Promise<void> {
  assert.deepEqual(flawsOf(join(dataDir, 'musique.db')), []);
  const live = journalOf(dataDir);
  const archived = rows<{ id: number; file: string; track_id: number }>(
    dataDir,
    'SELECT listen_id AS id, file, track_id FROM archived_listens ORDER BY listen_id',
  );
  assert.deepEqual(
    [...live, ...archived].map(({ id }) => id).sort((a, b) => a - b),
    truth.map(({ id }) => id),
    'a listen is lost or doubled',
  );
  const byId = new Map(truth.map((listen) => [listen.id, listen]));
  for (const listen of live) assert.deepEqual(listen, byId.get(listen.id));
  const files = archiveFiles(join(dataDir, 'archive'));
  for (const file of new Set(archived.map((row) => row.file))) {
    const held = new Map((await files.read(file, {})).listens.map((listen) => [listen.id, listen]));
    for (const { id, track_id: trackId } of archived.filter((row) => row.file === file)) {
      const { timestamp, source, zone, witnesses: reportCount } = byId.get(id)!;
      const listen = held.get(id);
      assert.deepEqual(
        listen && [listen.playedAt, listen.source, listen.zone, listen.witnesses.length, listen.track.id],
        [timestamp, source, zone, reportCount, trackId],
        `listen ${id} is not in ${file} as it was`,
      );
    }
  }
  const [{ counted } = { counted: 0 }] = rows<{ counted: number }>(
    dataDir,
    `SELECT ifnull(sum(document ->> 'listens'), 0) AS counted FROM rollups`,
  );
  assert.equal(counted, archived.length, 'the rollups count other listens than are archived');
  const backups = join(dataDir, 'backups');
  for (const name of existsSync(backups) ? readdirSync(backups) : []) {
    if (isBackupName(name)) await wholeBackup(join(backups, name));
  }
}

/** Unpacks a backup, which checks every file of it, and asks SQLite about the database inside. */
async function wholeBackup(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'aime-unpacked-'));
  try {
    await unpackBackup(file, folder);
    assert.equal(firstFlaw(join(folder, 'musique.db')), null, `${file} is not sound`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
