import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { Clock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { restoreBackup } from '#server/library/backupRestore.ts';
import type { Library, ScrobbleInput } from '#server/library/contract.ts';
import { openLibrary } from '#server/library/index.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type Deed, Person } from './meaning/person.ts';
import type { ProofOptions } from './proof.ts';
import type { Tally } from './tally.ts';

const BEGINNING = 1_700_000_000;

/** A household of two people, and what sources reported to it in all its lives. */
class Household {
  readonly folder = mkdtempSync(join(tmpdir(), 'aime-meaning-'));
  readonly people: Person[];
  readonly reported: ScrobbleInput[] = [];
  readonly #file = join(this.folder, 'musique.db');
  readonly #backup = join(this.folder, 'kept.db');
  readonly #chance: SeededChance;
  readonly #clock: Clock = { now: () => this.now, elapsed: () => this.now, sleep: () => Promise.resolve() };
  #now = BEGINNING * 1000;
  #moment = BEGINNING - 40 * 86_400;
  library: Library;

  constructor(seed: number) {
    this.#chance = new SeededChance(seed);
    this.people = [1, 2].map((number) => new Person(new SeededChance(seed * 2 + number), () => this.now));
    this.library = this.#open();
  }

  /** Never the same twice, so that of two words one is the later. */
  get now(): number {
    return (this.#now += 1_000);
  }

  /** Something that nobody heard before. */
  hear(): void {
    const artist = this.#chance.whole(1, 5);
    const album = this.#chance.whole(1, 3);
    this.#moment += this.#chance.whole(400, 4_000);
    const report = { playedAt: this.#moment, artist: `Artist ${artist}`, album: `Album ${album} of ${artist}`, title: `Song ${this.#chance.whole(1, 4)}` };
    this.#record({ ...report, source: 'lastfm', sourceKey: `${this.#moment}`, raw: null });
  }

  /** Sources tell again what they told the life that is over: not all of it, and in another order. */
  hearAgain(): void {
    for (const report of this.#chance.shuffled(this.reported)) if (this.#chance.happens(0.6)) this.library.scrobbles.record([report]);
  }

  backUp(): void {
    this.library.close();
    for (const part of ['', '-wal']) if (existsSync(this.#file + part)) copyFileSync(this.#file + part, this.#backup + part);
    this.library = this.#open();
  }

  /** @param forgetful the ids that the lives since the backup gave are given once more, as where nothing is known of them. */
  async restore({ forgetful }: { forgetful: boolean }): Promise<void> {
    this.library.close();
    await restoreBackup({ file: this.#backup, dataDir: this.folder, configDir: this.folder, clock: this.#clock });
    this.library = this.#open();
    if (forgetful) this.#forgetIds();
  }

  #forgetIds(): void {
    const db = new Libsql(this.#file);
    db.exec('DELETE FROM sqlite_sequence');
    db.close();
  }

  live(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      const person = this.#chance.one(this.people);
      const what = this.#chance.next();
      if (what < 0.35) this.hear();
      else if (what < 0.8) person.act();
      else person.sync(this.library);
    }
  }

  close(): void {
    this.library.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #record(report: ScrobbleInput): void {
    this.reported.push(report);
    this.library.scrobbles.record([report]);
  }

  #open(): Library {
    return openLibrary({ file: this.#file, backupsDir: this.folder, clock: this.#clock, log: silentLog, timeZone: 'UTC' });
  }
}

/** What a library shows, in names and moments. */
function shown(library: Library): Map<string, string | number | boolean> {
  const facts = new Map<string, string | number | boolean>();
  for (let page = 1, more = true; more; page += 1) {
    const { items } = library.reads.listens({ page, pageSize: 200 });
    more = items.length === 200;
    for (const { playedAt, track, artists, note, loved } of items) {
      const name = `${track.title} by ${artists[0]?.name ?? ''}`;
      facts.set(`listen ${playedAt} ${name}`, true);
      facts.set(`love ${name}`, loved);
      if (note !== null) facts.set(`listen-note ${playedAt} ${name}`, note);
    }
  }
  for (const { title, artists, rating, note, copies } of library.reads.albums({ page: 1, pageSize: 200 }).items) {
    const name = `${title} by ${artists[0]?.name ?? ''}`;
    facts.set(`rating ${name}`, rating);
    if (note !== null) facts.set(`note ${name}`, note);
    for (const { instanceId } of copies) facts.set(`copy ${instanceId} ${name}`, true);
  }
  return facts;
}

/** Notes that are kept in a history. */
function kept(library: Library): Set<string> {
  const documents = library.feed.pull('revisions', 0, 1_000).documents as unknown as RevisionsDocument[];
  return new Set(documents.flatMap(({ revisions }) => revisions.map(({ text }) => text)));
}

/** What a person wanted and is not so (`lost`), and what is so though nobody wanted it (`altered`), each in words. */
function judged({ library, people, reported }: Household): { lost: string[]; altered: string[]; refused: number } {
  const facts = shown(library);
  const history = kept(library);
  const deeds = people.flatMap((person) => person.deeds).sort((a, b) => a.document.madeAt - b.document.madeAt);
  const applied = deeds.filter(({ document }) => document.verdict?.state === 'applied');
  const latest = new Map(applied.map((deed) => [deed.about, deed]));
  const lost = [...latest.values()].filter((deed) => !isSo(deed, facts)).map(({ about, value }) => `${about}: not ${value}`);
  for (const { about, value } of applied) {
    const isTakenOut = about.startsWith('listen-note ') && !facts.has(about.replace('listen-note', 'listen'));
    if (typeof value === 'string' && !isTakenOut && facts.get(about) !== value && !history.has(value)) lost.push(`${about}: "${value}" is nowhere`);
  }
  for (const { about, document } of deeds) {
    if (document.verdict === undefined) lost.push(`${about} has no verdict`);
    else if (document.verdict.state === 'refused' && document.verdict.reason !== 'target-gone') lost.push(`${about}: ${document.verdict.message}`);
  }
  const wanted = new Map<string, Set<Deed['value']>>();
  for (const { about, value } of deeds) wanted.set(about, (wanted.get(about) ?? new Set()).add(value));
  const altered = [...facts].filter(([about, value]) => !isHeard(about, reported) && value !== false && value !== 0 && !wanted.get(about)?.has(value)).map(([about, value]) => `${about} is ${value}`);
  const gone = reported.filter(({ sourceKey }) => library.scrobbles.between('lastfm', Number(sourceKey), Number(sourceKey) + 1).length > 0);
  for (const { playedAt, title, artist } of gone) {
    const about = `listen ${playedAt} ${title} by ${artist}`;
    if (!facts.has(about) && !wanted.get(about)?.has(false)) altered.push(`${about} is gone`);
  }
  return { lost, altered, refused: deeds.filter(({ document }) => document.verdict?.state === 'refused').length };
}

/** A love is off, a note in nobody's way, where nothing shows it. */
function isSo({ about, value }: Deed, facts: ReadonlyMap<string, Deed['value']>): boolean {
  if (about.startsWith('listen ')) return facts.has(about) === value;
  // The listen may have been taken out, with its note; or the track's only listen, with what shows its love.
  if (about.startsWith('listen-note ') || about.startsWith('love ')) return !facts.has(about) || facts.get(about) === value;
  return facts.get(about) === value;
}

const isHeard = (about: string, reported: readonly ScrobbleInput[]): boolean =>
  about.startsWith('listen ') && reported.some(({ playedAt, title, artist }) => about === `listen ${playedAt} ${title} by ${artist}`);

/**
 * Two people hear, rate, note, love, log and remove; in the middle the library is backed up, later restored; ids are handed out
 * again to other things, and the devices offer everything again. Whatever was applied is so of what was named, whatever is so
 * was wanted of it, and what could not be done says why.
 */
export async function proveRestoreMeaning({ seed, histories, until = Infinity, say = () => undefined }: ProofOptions & { histories: number }): Promise<Partial<Tally>> {
  const tally = { tried: 0, lost: 0, doubled: 0, altered: 0 };
  let refused = 0;
  for (let number = 0; number < histories && Date.now() < until; number += 1) {
    const household = new Household(seed + number);
    try {
      for (let play = 0; play < 4; play += 1) household.hear();
      for (const person of household.people) person.sync(household.library);
      household.live(15);
      household.backUp();
      household.live(25);
      for (const person of household.people) person.sync(household.library);
      await household.restore({ forgetful: number % 2 === 0 });
      for (let play = 0; play < 4; play += 1) household.hear();
      household.hearAgain();
      household.live(15);
      for (const person of [...household.people, ...household.people]) person.sync(household.library);
      const found = judged(household);
      tally.tried += household.people.reduce((sum, { deeds }) => sum + deeds.length, 0);
      tally.lost += found.lost.length;
      tally.altered += found.altered.length;
      refused += found.refused;
      for (const line of [...found.lost, ...found.altered].slice(0, 3)) say(`history ${seed + number}: ${line}`);
    } finally {
      household.close();
    }
  }
  say(`${tally.tried} actions; ${refused} could not be done and said so`);
  return tally;
}
