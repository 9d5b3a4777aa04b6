import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#server/kit/clock.ts';
import { silentLog } from '#server/kit/log.ts';
import type { Library } from '#server/library/api/library.ts';
import { openLibrary } from '#server/library/index.ts';
import { MAX_REVISIONS, type RevisionsDocument } from '#shared/library/revision.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import type { StressOptions } from './stressTest.ts';
import { repeated, type Tally } from './tally.ts';

const DAY = 86_400_000;
const BEGINNING = 1_700_000_000_000;
const ALBUMS = 4;
/** Words on one album: no more than its history holds. */
const NOTES_PER_ALBUM = MAX_REVISIONS;

interface Word {
  album: string;
  text: string;
  /** When it was really written. */
  at: number;
  /** The device's or the server's clock was set between writing and sending, so when it was written cannot be known. */
  doubtful: boolean;
  document: MutationDocument;
}

/** A device whose clock is wrong by any amount, and set now and then. */
class Device {
  readonly id = randomUUID();
  #skew = 0;
  /** What it added to its clock to get the server's time, when it last heard that. */
  #offset = 0;
  #waiting: Word[] = [];
  #number = 0;

  set(skew = this.#skew): void {
    this.#skew = skew;
    for (const word of this.#waiting) word.doubtful = true;
  }

  write(album: string, at: number): Word {
    const text = `Word ${randomUUID()}`;
    const document: MutationDocument = {
      id: randomUUID(),
      deviceId: this.id,
      number: (this.#number += 1),
      madeAt: at + this.#skew + this.#offset,
      clockOffset: this.#offset,
      intent: { kind: 'note-album', albumId: album, note: text },
    };
    const word = { album, text, at, doubtful: false, document };
    this.#waiting.push(word);
    return word;
  }

  /** Sends what waits; before that it hears the server's time, as at each connection. */
  send(library: Library, at: number, serverNow: number): void {
    this.#offset = serverNow - (at + this.#skew);
    for (const [place, answered] of library.mutations
      .apply(
        this.#waiting.map(({ document }) => document),
        at + this.#skew,
      )
      .entries())
      this.#waiting[place]!.document = answered;
    this.#waiting = [];
  }
}

/** A library on a server whose clock jumps, written to by three devices. */
class Household {
  readonly devices = [new Device(), new Device(), new Device()];
  readonly texts: Word[] = [];
  readonly library: Library;
  readonly albums: string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'aime-skew-'));
  readonly #chance: SeededChance;
  #at = BEGINNING;
  #jump = 0;

  constructor(seed: number) {
    this.#chance = new SeededChance(seed);
    const clock: Clock = { now: () => this.#at + this.#jump, elapsed: () => this.#at, sleep: () => Promise.resolve() };
    this.library = openLibrary({
      file: join(this.#folder, 'musique.db'),
      backupsDir: this.#folder,
      clock,
      log: silentLog,
      timeZone: 'UTC',
    });
    for (let album = 1; album <= ALBUMS; album += 1) {
      this.library.scrobbles.record([
        {
          source: 'lastfm',
          sourceKey: `${album}`,
          playedAt: BEGINNING / 1000 - album * 600,
          artist: 'Somebody',
          title: 'Something',
          album: `Album ${album}`,
          raw: null,
        },
      ]);
    }
    this.albums = this.library.reads.albums({ page: 1, pageSize: 10 }).items.map(({ id }) => String(id));
  }

  step(): void {
    const chance = this.#chance;
    const device = chance.one(this.devices);
    this.#at += chance.whole(10_000, 3_600_000);
    const what = chance.next();
    const album = chance.one(this.albums);
    if (what < 0.55 && this.texts.filter((word) => word.album === album).length < NOTES_PER_ALBUM)
      this.texts.push(device.write(album, this.#at));
    else if (what < 0.85) device.send(this.library, this.#at, this.#at + this.#jump);
    else if (what < 0.92) device.set(chance.whole(-4 * 365, 4 * 365) * DAY);
    else {
      this.#jump = chance.whole(-30, 30) * DAY;
      // Held against what came before the jump, what waited over it cannot be ordered before or after.
      for (const each of this.devices) each.set();
    }
  }

  settle(): void {
    for (const device of this.devices) {
      this.#at += 60_000;
      device.send(this.library, this.#at, this.#at + this.#jump);
    }
  }

  /** What is nowhere to be read, what is to be read twice, and albums that show another word than the last one written. */
  discrepancies(): { lost: number; doubled: number; altered: number; expired: number; later: number } {
    const histories = this.library.feed.pull('revisions', 0, 1_000).documents as unknown as RevisionsDocument[];
    const revised = histories.flatMap(({ revisions }) => revisions.map(({ text }) => text));
    const shown = new Map(
      this.library.reads.albums({ page: 1, pageSize: 10 }).items.map(({ id, note }) => [String(id), note]),
    );
    // What is shown is not in the history besides.
    const readable = [...revised, ...[...shown.values()].filter((note) => note !== null)];
    const altered = this.albums.filter((album) => {
      const texts = this.texts.filter((word) => word.album === album);
      const last = texts.reduce<Word | undefined>(
        (latest, word) => (latest === undefined || word.at > latest.at ? word : latest),
        undefined,
      );
      return last !== undefined && !texts.some(({ doubtful }) => doubtful) && shown.get(album) !== last.text;
    });
    const now = this.library.writtenWhen(Infinity, {});
    return {
      lost: this.texts.filter(({ text, document }) => document.verdict?.state !== 'applied' || !readable.includes(text))
        .length,
      doubled:
        repeated(readable).length +
        repeated(this.library.reads.albums({ page: 1, pageSize: 200 }).items.map(({ title }) => title)).length,
      altered: altered.length,
      expired: this.texts.filter(({ document }) => this.library.mutations.get(document.id) === null).length,
      later: this.texts.filter(({ document }) => document.madeAt > now).length,
    };
  }

  close(): void {
    this.library.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Three devices whose clocks are wrong by up to four years and are set now and then write notes, offline and on; the server's clock
 * jumps by up to a month. The word shown is the one that was really written last, wherever that can be known; every other stands
 * in the history; nothing is dated later than it arrived, and nothing expires by a jump.
 */
export function stressSkew({
  seed,
  histories,
  until = Infinity,
  say = () => undefined,
}: StressOptions & { histories: number }): Partial<Tally> {
  const tally = { tried: 0, lost: 0, doubled: 0, altered: 0 };
  for (let number = 0; number < histories && Date.now() < until; number += 1) {
    const household = new Household(seed + number);
    try {
      for (let step = 0; step < 80; step += 1) household.step();
      household.settle();
      household.library.mutations.dayPassed();
      const { lost, doubled, altered, expired, later } = household.discrepancies();
      tally.tried += household.texts.length;
      tally.lost += lost + expired;
      tally.doubled += doubled;
      tally.altered += altered + later;
      if (lost + doubled + altered + expired + later > 0)
        say(`history ${seed + number}: ${JSON.stringify({ lost, doubled, altered, expired, later })}`);
    } finally {
      household.close();
    }
  }
  return tally;
}
