import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import type { Clock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import { restoreBackup, openLibrary } from '#server/library/index.ts';
import type { Library } from '#server/library/api/library.ts';
import type { ScrobbleInput } from '#server/library/api/scrobbles.ts';
import type { AlbumDocument } from '#shared/library/album.ts';
import type { ArtistDocument } from '#shared/library/artist.ts';
import type { RevisionsDocument } from '#shared/library/revision.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import { type Deed, Person, wholeName } from './meaning/person.ts';
import type { StressOptions } from './stressTest.ts';
import { repeated, type Tally } from './tally.ts';

const BEGINNING = 1_700_000_000;

/** A household of two people, and what sources reported to it in all its epochs. */
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
    this.people = [0, 1].map((which) => new Person(which, new SeededChance(seed * 2 + which + 1), () => this.now));
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
    const report = {
      playedAt: this.#moment,
      artist: `Artist ${artist}`,
      album: `Album ${album} of ${artist}`,
      title: `Song ${this.#chance.whole(1, 4)}`,
    };
    this.#record({ ...report, source: 'lastfm', sourceKey: `${this.#moment}`, raw: null });
  }

  /** Pairs of albums, artists and listens that nobody but a person can know to be one. */
  hearPairs(): void {
    for (const pair of [0, 1]) {
      const heard = (
        names: Pick<ScrobbleInput, 'artist' | 'title' | 'album'>,
        source: ScrobbleInput['source'] = 'lastfm',
      ) => {
        this.#moment += 7_200;
        this.#record({ ...names, playedAt: this.#moment, source, sourceKey: `${this.#moment}`, raw: null });
      };
      for (const time of ['morning', 'evening'])
        heard({ artist: 'Twin Album Band', title: `Twin song of the ${time} ${pair}`, album: `Twin ${pair} ${time}` });
      for (const side of ['North', 'South'])
        heard({
          artist: `Twin ${pair} ${side}`,
          title: `Twin tune of the ${side} ${pair}`,
          album: `Tunes of the ${side} ${pair}`,
        });
      for (const source of ['lastfm', 'roon'] as const)
        heard({ artist: 'The Echoes', title: `Echo ${pair}`, album: 'Echo chamber' }, source);
    }
  }

  /** Services find two pictures of each album. */
  findCovers(): void {
    for (const { id, title } of this.library.reads.albums({ page: 1, pageSize: 200 }).items) {
      for (const source of ['spotify', 'lastfm'] as const)
        this.library.images.add({
          url: `https://${source}.example/${encodeURIComponent(title)}`,
          source,
          owner: { albumId: id },
        });
    }
  }

  /** Sources report again what they reported to the epoch that is over: not all of it, and in another order. */
  hearAgain(): void {
    for (const report of this.#chance.shuffled(this.reported))
      if (this.#chance.happens(0.6)) this.library.scrobbles.record([report]);
  }

  backUp(): void {
    this.library.close();
    for (const part of ['', '-wal'])
      if (existsSync(this.#file + part)) copyFileSync(this.#file + part, this.#backup + part);
    this.library = this.#open();
  }

  /** @param forgetful the ids that the epochs since the backup gave are given once more, as where nothing is known of them. */
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
    return openLibrary({
      file: this.#file,
      backupsDir: this.folder,
      clock: this.#clock,
      log: silentLog,
      timeZone: 'UTC',
    });
  }
}

type Facts = Map<string, string | number | boolean>;

/** What a library shows, in names and moments, and what of it is there twice. */
function shown(library: Library): { facts: Facts; twice: string[] } {
  const facts: Facts = new Map();
  const twice: string[] = [];
  /** @param isOne of which there is never a second one of these names. */
  const put = (about: string, value: string | number | boolean, isOne = false) => {
    if (isOne && facts.has(about)) twice.push(about);
    facts.set(about, value);
  };
  for (let page = 1, more = true; more; page += 1) {
    const { items } = library.reads.listens({ page, pageSize: 200 });
    more = items.length === 200;
    for (const { playedAt, track, artists, note, loved, witnesses: sourceReports } of items) {
      const name = `${track.title} by ${wholeName(artists[0]?.name ?? '')}`;
      if (track.title.startsWith('Echo ')) {
        if (sourceReports.length > 1) put(`one listen: ${track.title}`, true, true);
        continue;
      }
      put(`listen ${playedAt} ${name}`, true, true);
      put(`love ${name}`, loved);
      if (note !== null) put(`listen-note ${playedAt} ${name}`, note);
    }
  }
  for (const { title, artists, rating, note, copies } of library.reads.albums({ page: 1, pageSize: 200 }).items) {
    const name = `${title} by ${artists[0]?.name ?? ''}`;
    put(`rating ${name}`, rating, true);
    if (note !== null) put(`note ${name}`, note);
    for (const { instanceId } of copies) put(`copy ${instanceId} ${name}`, true, true);
  }
  for (const { title, artists, images, merged = [] } of documents<AlbumDocument>(library, 'albums')) {
    if (images[0]) put(`cover ${title} by ${artists[0]?.name ?? ''}`, images[0].source);
    for (const former of merged) put(`one album: ${former.title} in ${title}`, true, true);
  }
  for (const { name, aliases = [] } of documents<ArtistDocument>(library, 'artists')) {
    put(`artist ${name}`, false, true);
    for (const alias of aliases)
      put(
        alias.id === undefined ? `alias ${alias.name} of ${name}` : `one artist: ${alias.name} in ${name}`,
        true,
        true,
      );
  }
  return { facts, twice };
}

const documents = <T>(library: Library, collection: 'albums' | 'artists'): T[] =>
  library.feed.pull(collection, 0, 1_000).documents.filter(({ _deleted }) => !_deleted) as unknown as T[];

/** Notes that a history holds. */
function revisedNotes(library: Library): string[] {
  const histories = library.feed.pull('revisions', 0, 1_000).documents as unknown as RevisionsDocument[];
  return histories.flatMap(({ revisions }) => revisions.map(({ text }) => text));
}

/** What a person wanted and is not so (`lost`), what is so though nobody wanted it (`altered`), and what is so twice (`doubled`), each in words. */
function discrepancies({ library, people, reported }: Household): {
  lost: string[];
  altered: string[];
  doubled: string[];
  refused: number;
} {
  const { facts, twice } = shown(library);
  const texts = revisedNotes(library);
  const history = new Set(texts);
  const deeds = people.flatMap((person) => person.deeds).sort((a, b) => a.document.madeAt - b.document.madeAt);
  const applied = deeds.filter(({ document }) => document.verdict?.state === 'applied');
  const latest = new Map(applied.map((deed) => [deed.about, deed]));
  const lost = [...latest.values()]
    .filter((deed) => !isSo(deed, facts))
    .map(({ about, value }) => `${about}: not ${value}`);
  for (const { about, value } of applied) {
    const isTakenOut = about.startsWith('listen-note ') && !facts.has(about.replace('listen-note', 'listen'));
    if (
      /^(?:listen-)?note /.test(about) &&
      typeof value === 'string' &&
      !isTakenOut &&
      facts.get(about) !== value &&
      !history.has(value)
    )
      lost.push(`${about}: "${value}" is nowhere`);
  }
  for (const { about, document } of deeds) {
    if (document.verdict === undefined) lost.push(`${about} has no result`);
    else if (document.verdict.state === 'refused' && document.verdict.reason !== 'target-gone')
      lost.push(`${about}: ${document.verdict.message}`);
  }
  const wanted = new Map<string, Set<Deed['value']>>();
  for (const { about, value } of deeds) wanted.set(about, (wanted.get(about) ?? new Set()).add(value));
  const altered = [...facts]
    .filter(
      ([about, value]) =>
        !isHeard(about, reported) &&
        !about.startsWith('cover ') &&
        value !== false &&
        value !== 0 &&
        !wanted.get(about)?.has(value),
    )
    .map(([about, value]) => `${about} is ${value}`);
  const gone = reported
    .filter(({ title }) => !title.startsWith('Echo '))
    .filter(
      ({ sourceKey }) => library.scrobbles.between('lastfm', Number(sourceKey), Number(sourceKey) + 1).length > 0,
    );
  for (const report of gone) {
    const about = heardAs(report);
    if (!facts.has(about) && !wanted.get(about)?.has(false)) altered.push(`${about} is gone`);
  }
  return {
    lost,
    altered,
    doubled: [...twice, ...repeated(texts)],
    refused: deeds.filter(({ document }) => document.verdict?.state === 'refused').length,
  };
}

/** A love is off, a note in nobody's way, where nothing shows it. */
function isSo({ about, value }: Deed, facts: ReadonlyMap<string, Deed['value']>): boolean {
  if (about.startsWith('listen ') || about.startsWith('one ')) return facts.has(about) === value;
  // The listen may have been taken out, with its note; or the track's only listen, with what shows its love.
  if (about.startsWith('listen-note ') || about.startsWith('love '))
    return !facts.has(about) || facts.get(about) === value;
  return facts.get(about) === value;
}

const isHeard = (about: string, reported: readonly ScrobbleInput[]): boolean =>
  about.startsWith('listen ') && reported.some((report) => about === heardAs(report));

const heardAs = ({ playedAt, title, artist }: ScrobbleInput): string =>
  `listen ${playedAt} ${title} by ${wholeName(artist)}`;

/**
 * Two people hear, rate, note, love, log and remove, choose covers, give other names, and say of albums, artists and listens that they are one or two; in the middle the library is backed up, later restored; ids are handed out
 * again to other things, and the devices offer everything again. Whatever was applied is so of what was named, whatever is so
 * was wanted of it, and what could not be done says why.
 */
export async function stressRestoreMeaning({
  seed,
  histories,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { histories: number }): Promise<Partial<Tally>> {
  const tally = { tried: 0, lost: 0, doubled: 0, altered: 0 };
  let refused = 0;
  for (let number = 0; number < histories && Date.now() < until; number += 1) {
    const household = new Household(seed + number);
    try {
      for (let play = 0; play < 4; play += 1) household.hear();
      household.hearPairs();
      household.findCovers();
      for (const person of household.people) person.sync(household.library);
      household.live(15);
      household.backUp();
      household.findCovers();
      household.live(35);
      for (const person of household.people) person.sync(household.library);
      await household.restore({ forgetful: number % 2 === 0 });
      for (let play = 0; play < 4; play += 1) household.hear();
      household.hearAgain();
      household.live(15);
      for (const person of [...household.people, ...household.people]) person.sync(household.library);
      const found = discrepancies(household);
      tally.tried += household.people.reduce((sum, { deeds }) => sum + deeds.length, 0);
      tally.lost += found.lost.length;
      tally.altered += found.altered.length;
      tally.doubled += found.doubled.length;
      refused += found.refused;
      for (const line of [...found.lost, ...found.altered, ...found.doubled].slice(0, 3))
        say(`history ${seed + number}: ${line}`);
    } finally {
      household.close();
    }
  }
  say(`${tally.tried} mutations; ${refused} could not be done and said so`);
  return tally;
}
