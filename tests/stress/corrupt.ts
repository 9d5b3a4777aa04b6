import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecoveryStatus } from '#shared/api/recovery.ts';
import type { SyncState } from '#shared/sync/state.ts';
import { check } from '#server/library/testing/inside.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { type RunningServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type Damage, DAMAGES } from './damages.ts';
import { aTrack, Lover, startFollowing } from './following.ts';
import { type HeardPlay, journalOf } from './journalOf.ts';
import { canonical, ModelDevice } from './modelDevice.ts';
import type { StressOptions } from './stressTest.ts';
import { peakMemoryMb } from './serverFigures.ts';
import type { Tally } from './tally.ts';

/** A data folder as it is before each damage. */
interface Sound {
  folder: string;
  /** What the library in it serves. */
  state: SyncState;
  held: string;
  plays: HeardPlay[];
}

const keyOf = ({ playedAt, title }: HeardPlay): string => `${playedAt} ${title}`;
const digestOf = (path: string): string | null =>
  existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : null;
/** Everything of the library's name that is in a folder, with its content. */
const besideIn = (folder: string): Record<string, string | null> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.startsWith('musique.db'))
      .sort()
      .map((name) => [name, digestOf(join(folder, name))]),
  );

class Ground {
  readonly counts = { tried: 0, lost: 0, doubled: 0, altered: 0, serverErrors: 0, deaths: 0 };
  readonly lines: string[] = [];
  readonly outcomes = new Map<string, number>();
  readonly home = mkdtempSync(join(tmpdir(), 'aime-corrupt-'));
  server!: RunningServer;
  backup = '';
  inBackup: HeardPlay[] = [];
  peakMemoryMb = 0;
  /** Stopped in order, and killed with a log that holds what was done last. */
  readonly sound: Sound[] = [];

  get file(): string {
    return join(this.server.dataDir, 'musique.db');
  }

  /** A library with a backup, and more in it than the backup holds. */
  async prepare(seed: number): Promise<void> {
    const fixture = await startFollowing(seed);
    try {
      this.server = fixture.server;
      const { status, json } = await this.server.send('POST', '/backups');
      assert.equal(status, 201, JSON.stringify(json));
      this.backup = (json as { name: string }).name;
      this.inBackup = await journalOf(this.server);
      for (let play = 0; play < 5; play += 1) fixture.hear();
      await fixture.caughtUp();
      assert.equal(await this.server.stop(), 0);
      // Nobody reports plays from now on: what is there comes from the file alone.
      await this.#keep('stopped', async () => assert.equal(await this.server.stop(), 0));
      await this.#keep('killed', async () => {
        const lover = new Lover(this.server);
        for (let push = 0; push < 5; push += 1) await lover.push(lover.rows(10, await aTrack(this.server)));
        await this.server.kill();
      });
    } finally {
      await fixture.lastfm.close();
    }
  }

  async #keep(name: string, end: () => Promise<void>): Promise<void> {
    const folder = join(this.home, name);
    await this.start();
    await end();
    cpSync(this.server.dataDir, folder, { recursive: true, preserveTimestamps: true });
    await this.start();
    this.sound.push({
      folder,
      state: await this.server.get<SyncState>('/sync/state'),
      held: await this.held(),
      plays: await journalOf(this.server),
    });
    await this.server.stop();
  }

  async start(): Promise<void> {
    await untilFilesClosed();
    this.server = await this.server.restart({ LASTFM_API_KEY: '', LASTFM_USERNAME: '' });
  }

  /** Everything that a device pulls. */
  async held(): Promise<string> {
    const device = new ModelDevice(() => this.server.url, Date.now);
    await device.settle();
    return JSON.stringify(canonical(device.holds()));
  }

  /** Puts a sound folder in the place of what the last round left. */
  placeSound({ folder }: Sound): void {
    rmSync(this.server.dataDir, { recursive: true, force: true });
    cpSync(folder, this.server.dataDir, { recursive: true, preserveTimestamps: true });
  }

  found(kind: 'lost' | 'altered' | 'doubled' | 'deaths' | 'serverErrors', round: string, what: string): void {
    this.counts[kind] += 1;
    if (this.lines.length < 30) this.lines.push(`${round}: ${kind}: ${what}`);
  }

  came(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  async dispose(): Promise<void> {
    await this.server.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Starts the server on what is there. @returns false when it does not come up. */
async function comesUp(ground: Ground, round: string): Promise<boolean> {
  try {
    await ground.start();
    return true;
  } catch (error) {
    ground.found('deaths', round, (error as Error).message.slice(-600));
    return false;
  }
}

/** It says what is the matter, touches nothing, answers nothing from it, and the newest backup restores every listen in it. */
async function recovers(
  ground: Ground,
  round: string,
  before: Record<string, string | null>,
  status: RecoveryStatus,
): Promise<void> {
  const { server } = ground;
  ground.came(`recovery: ${status.reason}`);
  const said = server.output();
  if (!said.includes(ground.file) || !said.includes(`npm run restore -- ${ground.backup}`))
    ground.found('altered', round, `it does not say which file and which command: ${said.slice(-800)}`);
  const after = besideIn(server.dataDir);
  // A log that is not the file's own may have been moved aside, whole.
  const present = new Set(Object.values(after));
  if (after['musique.db'] !== before['musique.db']) ground.found('altered', round, 'the file was changed');
  for (const [name, digest] of Object.entries(before))
    if (!name.endsWith('-shm') && !present.has(digest)) ground.found('lost', round, `${name} is gone`);
  const extra = Object.keys(after).filter((name) => !(name in before) && !name.includes('.foreign-'));
  if (extra.length > 0) ground.found('altered', round, `${extra.join(', ')} appeared beside it`);
  for (const path of ['/counts', '/sync/albums/pull']) {
    const answer = await fetch(`${server.url}/api/v1${path}`);
    if (answer.status !== 503) ground.found('altered', round, `${path} answers ${answer.status}`);
    await answer.arrayBuffer();
  }
  const { status: taken } = await server.send('POST', '/recovery/restore', { name: ground.backup });
  assert.equal(taken, 202, round);
  await waitFor(
    'the restored library',
    () => server.get<RecoveryStatus>('/recovery'),
    ({ state, failure }) => {
      assert.equal(failure, null, `${round}: ${failure}`);
      return state === 'none';
    },
  );
  const there = (await journalOf(server)).map(keyOf);
  const kinds = new Set(there);
  for (const play of ground.inBackup)
    if (!kinds.has(keyOf(play))) ground.found('lost', round, `${keyOf(play)} is not in the restored library`);
  if (kinds.size < there.length) ground.found('doubled', round, `${there.length - kinds.size} listens are there twice`);
}

/** It is served: then it is what it was, or an earlier state in a life of its own, or SQLite cannot know better. */
async function serves(ground: Ground, round: string, { state, held, plays }: Sound): Promise<void> {
  const { server } = ground;
  const answers = await Promise.all(
    [
      '/counts',
      '/sync/state',
      '/collection/albums?pageSize=200',
      '/collection/artists?pageSize=200',
      '/history/tracks?pageSize=200',
    ].map((path) =>
      fetch(`${server.url}/api/v1${path}`).then(
        async (answer) => ({ path, status: answer.status, text: await answer.text() }),
        () => ({ path, status: 0, text: '' }),
      ),
    ),
  );
  const failed = answers.filter(({ status }) => status >= 500 && status !== 503);
  for (const { path, text } of failed) ground.found('serverErrors', round, `${path}: ${text.slice(0, 300)}`);
  const now = await server.get<SyncState>('/sync/state').catch(() => null);
  const isSame = now !== null && failed.length === 0 && (await ground.held().catch(() => null)) === held;
  const isAlive = await fetch(`${server.url}/api/v1/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!isAlive) return ground.found('deaths', round, server.output().slice(-600));
  const { flaw = null, unreadableTexts = false } = (await check(ground.file, 'whole')) ?? {};
  if (unreadableTexts)
    return ground.found('altered', round, `served with texts that are not UTF-8: ${server.output().slice(-300)}`);
  if (flaw !== null) return ground.found('altered', round, `served although SQLite knows of this: ${flaw}`);
  const mended = server.output().includes('library.texts-mended') ? ', its texts mended' : '';
  if (isSame) return ground.came(`served as it was${mended}`);
  const isEarlier = now !== null && now.epoch !== state.epoch && now.seq <= state.seq;
  const there = new Set(
    await journalOf(server).then(
      (listens) => listens.map(keyOf),
      () => [],
    ),
  );
  if (isEarlier && plays.every((play) => there.has(keyOf(play))))
    return ground.came('served without the last of its log, in a new life');
  ground.came(`served with other words or numbers, which SQLite cannot know${mended}`);
}

/**
 * A library's file or its log is damaged while nobody has it open, or something else is in its place. The server comes up: with what
 * was there, or to say what is the matter and restore the newest backup.
 */
export async function stressCorrupt({
  seed,
  rounds,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { rounds: number }): Promise<Partial<Tally>> {
  const chance = new SeededChance(seed + 22);
  const ground = new Ground();
  try {
    await ground.prepare(seed + 22);
    for (const damages = inTurn(chance); ground.counts.tried < rounds && Date.now() < until; ground.counts.tried += 1) {
      const damage = damages.next().value;
      const sound = chance.one(ground.sound);
      const round = `round ${ground.counts.tried}: ${damage.about}, ${sound.folder.slice(ground.home.length + 1)}`;
      ground.placeSound(sound);
      damage.do(ground.file, chance);
      await untilFilesClosed();
      const before = besideIn(ground.server.dataDir);
      if (!(await comesUp(ground, round))) continue;
      const status = await ground.server.get<RecoveryStatus>('/recovery');
      if (status.state === 'recovery') await recovers(ground, round, before, status);
      else if (damage.of === 'other')
        ground.found('altered', round, 'a library was begun or served where there is something else');
      else await serves(ground, round, sound);
      ground.peakMemoryMb = Math.max(ground.peakMemoryMb, peakMemoryMb(ground.server.pid) ?? 0);
      await ground.server.kill();
    }
    for (const line of ground.lines) say(line);
    say(`${ground.counts.tried} damages: ${JSON.stringify(Object.fromEntries(ground.outcomes))}`);
    return { ...ground.counts, peakMemoryMb: ground.peakMemoryMb };
  } finally {
    await ground.dispose();
  }
}

/** Every damage once, in an order of chance, again and again. */
function* inTurn(chance: SeededChance): Generator<Damage, never> {
  for (;;) yield* chance.shuffled(DAMAGES);
}
