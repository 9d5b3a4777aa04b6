import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import type { SyncState } from '#shared/sync/state.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { type RunningServer, startServer, until as waitFor } from '#tests/kit/serverProcess.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { stopsSound } from './journalOf.ts';
import { canonical, ModelDevice } from './modelDevice.ts';
import type { StressOptions } from './stressTest.ts';
import { serverFigures } from './serverFigures.ts';
import { copyOf, type Copying, COPYINGS, executed, putByName, putOver } from './swapCopies.ts';
import { Collector } from './swapDevice.ts';
import type { Tally } from './tally.ts';

type Counts = Pick<Tally, 'tried' | 'lost' | 'doubled' | 'altered' | 'serverErrors' | 'deaths'>;
type Items = { items: { id: number; playedAt: number; track: { id: number; title: string } }[]; pages: number };

/** What the library shows, in names and moments, and which name each id bears. */
interface Shown {
  facts: Map<string, string | number | boolean>;
  ids: Map<string, string>;
  twice: string[];
  held: string;
}

/** A library with two people, whose file somebody exchanges under AIME again and again. */
class SystemUnderTest {
  server!: RunningServer;
  readonly people: Collector[];
  readonly counts: Counts = { tried: 0, lost: 0, doubled: 0, altered: 0, serverErrors: 0, deaths: 0 };
  readonly lines: string[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'aime-swap-'));
  readonly chance: SeededChance;
  readonly copies: string[] = [];
  other!: string;
  libraryId = '';
  /** What each id was, in every life of this library. */
  readonly #given = new Map<string, string>();
  #moment = Date.now() - 86_400_000;

  constructor(seed: number) {
    this.chance = new SeededChance(seed);
    this.people = ['Ada', 'Ben'].map(
      (name) => new Collector(name, { url: this.url, moment: this.moment, chance: this.chance }),
    );
  }

  readonly url = () => this.server.url;
  readonly moment = () => (this.#moment += 1_000);

  get file(): string {
    return join(this.server.dataDir, 'musique.db');
  }

  async open(): Promise<void> {
    this.server = await startServer();
    const stranger = new Collector('Cleo', { url: this.url, moment: this.moment, chance: this.chance });
    for (let step = 0; step < 4; step += 1) stranger.act();
    await stranger.device.settle();
    await this.server.stop();
    this.other = join(this.folder, 'other.db');
    copyFileSync(this.file, this.other);
    await this.server.dispose();
    this.server = await startServer();
    this.libraryId = (await this.server.get<SyncState>('/sync/state')).libraryId;
  }

  async close(): Promise<void> {
    await this.server.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  live(steps: number): void {
    for (let step = 0; step < steps; step += 1) this.chance.one(this.people).act();
  }

  async settle(): Promise<void> {
    // As in the app: after an interruption a device hears which life it speaks to before it sends anything.
    for (const { device } of this.people) await this.#patiently(() => device.pull('albums', 50));
    for (let rounds = 0; rounds < 2; rounds += 1)
      for (const { device } of this.people) await this.#patiently(() => device.settle());
  }

  /** As in the app: a device that hears of a library that is being opened asks again when it is there. */
  async #patiently<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes(': 503 '))) throw error;
      await this.served();
      return work();
    }
  }

  /** The next start of a server that ended otherwise than by itself. */
  async again(): Promise<void> {
    this.server = await this.server.restart();
  }

  /** Asks for what comes after a checkpoint. @returns the answer's status; 0 when nobody answers. */
  async follow({ seq, epoch }: Checkpoint): Promise<number> {
    const answer = await fetch(`${this.server.url}/api/v1/sync/albums/pull?seq=${seq}&epoch=${epoch}`).catch(
      () => null,
    );
    await answer?.arrayBuffer();
    const status = answer?.status ?? 0;
    if (status >= 500 && status !== 503) this.counts.serverErrors += 1;
    return status;
  }

  /** The server's state, when it answers for a library again. */
  async served(): Promise<SyncState> {
    return waitFor(
      'the library',
      () =>
        fetch(`${this.server.url}/api/v1/sync/state`).then(
          async (answer) => (answer.ok ? ((await answer.json()) as SyncState) : null),
          () => {
            if (!isAlive(this.server.pid))
              throw new Error(`The server ended by itself:\n${this.server.output().slice(-2_000)}`);
            return null;
          },
        ),
      (state) => state !== null,
    ) as Promise<SyncState>;
  }

  async shown(): Promise<Shown> {
    const fresh = new ModelDevice(this.url, this.moment);
    await fresh.settle();
    const shown: Shown = {
      facts: new Map(),
      ids: new Map(),
      twice: [],
      held: JSON.stringify(canonical(fresh.holds())),
    };
    const put = (about: string, value: string | number | boolean, isThing = false) => {
      if (isThing && shown.facts.has(about)) shown.twice.push(about);
      shown.facts.set(about, value);
    };
    for (const document of fresh.documents.get('albums')?.values() ?? []) {
      const { id, title, artists, rating, note, tracks } = document as unknown as AlbumDocument;
      const artist = artists[0]?.name ?? '';
      put(`record ${title} by ${artist}`, true, true);
      put(`rating ${title} by ${artist}`, rating);
      put(`note ${title} by ${artist}`, note ?? '');
      shown.ids.set(`album ${id}`, `${title} by ${artist}`);
      for (const track of tracks) {
        put(`love ${track.title} by ${artist}`, track.loved ?? false);
        shown.ids.set(`track ${track.id}`, `${track.title} on ${title}`);
      }
    }
    for (const [id, { name }] of fresh.documents.get('artists') ?? []) shown.ids.set(`artist ${id}`, String(name));
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const answer = await this.server.get<Items>(`/history/tracks?page=${page}&pageSize=200`);
      ({ pages } = answer);
      for (const { id, playedAt, track } of answer.items) {
        put(`listen ${playedAt} ${track.title}`, true, true);
        shown.ids.set(`listen ${id}`, `${playedAt} ${track.title}`);
      }
    }
    return shown;
  }

  /** Holds what the library shows against what everybody wanted. */
  compareWithWanted({ facts, ids, twice }: Shown, round: string): void {
    const found = { lost: [] as string[], altered: [] as string[], doubled: twice };
    const wanted = new Map(this.people.flatMap((person) => [...person.wanted()]));
    for (const [about, value] of wanted) {
      if (!facts.has(about)) found.lost.push(`${about} is gone`);
      else if (facts.get(about) !== value) found.altered.push(`${about} is ${facts.get(about)}, not ${value}`);
    }
    for (const [about, value] of facts)
      if (!wanted.has(about) && value !== 0 && value !== '' && value !== false)
        found.altered.push(`${about} is ${value}, which nobody wanted`);
    found.lost.push(...this.people.flatMap((person) => person.refusals()));
    found.doubled.push(...this.#givenTwice(ids));
    for (const kind of ['lost', 'altered', 'doubled'] as const) this.count(kind, found[kind], round);
  }

  count(kind: 'lost' | 'altered' | 'doubled', found: readonly string[], round: string): void {
    this.counts[kind] += found.length;
    this.lines.push(...found.slice(0, 3).map((line) => `${round}: ${kind}: ${line}`));
  }

  #givenTwice(ids: ReadonlyMap<string, string>): string[] {
    const twice = [...ids]
      .filter(([id, name]) => (this.#given.get(id) ?? name) !== name)
      .map(([id, name]) => `${id} was ${this.#given.get(id)} and is ${name}`);
    for (const [id, name] of ids) this.#given.set(id, name);
    return twice;
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** How and when a file takes the place of another. */
interface Swap {
  when: 'running' | 'stopped' | 'killed';
  how: 'by name' | 'over it' | 'slowly over it';
}

/** Exchanges the file. From the moment it began, nothing is answered from a former checkpoint. @returns what was answered to one meanwhile. */
async function exchange(
  system: SystemUnderTest,
  copy: string,
  { when, how }: Swap,
  from: Checkpoint,
): Promise<number[]> {
  if (when === 'stopped') assert.equal(await system.server.stop(), 0, system.server.output().slice(-2_000));
  if (when === 'killed') await system.server.kill();
  const answers: number[] = [];
  if (how === 'by name') putByName(copy, system.file);
  else {
    let over = false;
    let putting: Promise<void> = Promise.resolve();
    await new Promise<void>((begun, failed) => {
      putting = putOver(copy, system.file, how === 'slowly over it', begun).finally(() => (over = true));
      putting.catch(failed);
    });
    for (; when === 'running' && !over; await sleep(10)) answers.push(await system.follow(from));
    await putting;
  }
  if (when !== 'running') await system.again();
  return [
    ...answers,
    await waitFor(
      'an answer',
      () => system.follow(from),
      (status) => status !== 503 && status !== 0,
    ),
  ];
}

/**
 * Somebody replaces the library's file: for a copy of any age and making, or another library's file, by name or written over in
 * place, while AIME runs, is stopped or was killed. No former checkpoint is served from what is there then, no id is given twice, and
 * what the two devices did is done to the same things again.
 */
export async function stressSwap({
  seed,
  rounds,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { rounds: number }): Promise<Partial<Tally>> {
  const system = new SystemUnderTest(seed + 21);
  const { chance, counts } = system;
  const done = new Map<string, number>();
  try {
    await system.open();
    for (; counts.tried < rounds && Date.now() < until; counts.tried += 1) {
      const swap: Swap = {
        when: chance.one(['running', 'running', 'stopped', 'killed']),
        how: chance.one(['by name', 'over it', 'slowly over it']),
      };
      const copying: Copying = chance.one(COPYINGS);
      system.live(chance.whole(3, 8));
      await system.settle();
      if (chance.happens(0.5)) executed(system.file, 'PRAGMA wal_checkpoint(PASSIVE)');
      system.copies.push(await copyOf(system.server, copying, join(system.folder, `copy-${counts.tried}.db`)));
      system.live(chance.whole(2, 6));
      await system.settle();
      // Another program takes the log into the file now and then.
      if (chance.happens(0.5)) executed(system.file, 'PRAGMA wal_checkpoint(PASSIVE)');
      await untilFilesClosed();
      const before = await system.shown();
      const from = system.people[0]!.device.checkpoint('albums')!;
      const today = await copyOf(
        system.server,
        'in an order of its own',
        join(system.folder, `today-${counts.tried}.db`),
      );
      await untilFilesClosed();
      const isOther = chance.happens(0.15);
      const copy = isOther ? system.other : chance.happens(0.7) ? system.copies.at(-1)! : chance.one(system.copies);
      const round = `round ${counts.tried}: ${isOther ? 'another library' : copy === system.copies.at(-1) ? copying : 'an older copy'}, ${swap.how}, ${swap.when}`;
      done.set(`${swap.when}, ${swap.how}`, (done.get(`${swap.when}, ${swap.how}`) ?? 0) + 1);
      // What this device did and has not synced yet.
      system.live(chance.whole(0, 2));

      const answers = await exchange(system, copy, swap, from);
      const state = await system.served();
      if (isOther) assert.notEqual(state.libraryId, system.libraryId, `${round}: it is taken for the former library`);
      const goesOn = state.epoch === from.epoch;
      // The same life goes on only where nothing was exchanged in truth: everything is still there, before anybody offers it again.
      if (goesOn && (await system.shown()).held !== before.held)
        system.count('altered', ['another content is served under the former epoch'], round);
      if (!goesOn && answers.includes(200)) system.count('altered', ['a former checkpoint was served'], round);
      if (!goesOn && state.cause !== 'swap') system.count('altered', [`a life began by ${state.cause}`], round);
      if (state.libraryId !== system.libraryId) {
        // The devices do not follow another library by themselves: somebody puts theirs back.
        assert.equal(await system.server.stop(), 0);
        putByName(today, system.file);
        await system.again();
        const back = await system.served();
        assert.equal(back.libraryId, system.libraryId, round);
        if (back.epoch === from.epoch)
          system.count('altered', ['a library that was away goes on as if it had not been'], round);
      }
      await system.settle();
      system.compareWithWanted(await system.shown(), round);
    }
    for (const line of system.lines.slice(0, 20)) say(line);
    say(`${counts.tried} exchanges: ${JSON.stringify(Object.fromEntries(done))}`);
    const figures = await serverFigures(system.server);
    await stopsSound(system.server);
    return { ...counts, ...figures };
  } finally {
    await system.close();
  }
}
