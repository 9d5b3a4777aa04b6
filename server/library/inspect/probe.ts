import type { Flaw, Probe, Probed } from '../api/probe.ts';
import { existsSync } from 'node:fs';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { remembered } from '../../kit/remembered.ts';
import type { Availability } from '../api/availability.ts';
import type { Database } from '../database/database.ts';
import { check } from './check.ts';
import { readHeader } from '../database/fileHeader.ts';
import type { LibraryIdentity } from '../api/libraryIdentity.ts';
import { isDamage } from '../api/unavailable.ts';

/** For so long what was found is answered again: asking often costs nothing, in milliseconds. */
const FRESH_MS = 2_000;
/** How long the lock is waited for before the library counts as held by another program, in milliseconds. */
const PATIENCE_MS = 1_000;
/** Reading a large file whole takes seconds of a processor: at most this often, in milliseconds. */
const CHECK_EVERY_MS = 60_000;

interface ProbeDependencies {
  db: Pick<Database, 'file' | 'onDamaged'>;
  availability: Pick<Availability, 'tried'>;
  life: Pick<LibraryIdentity, 'place' | 'touched'>;
  clock: Clock;
  log: Log;
  /** Reads the whole file, in a process of its own. */
  checkFile?: (file: string) => Promise<{ flaw: string | null; busy: boolean } | null>;
}

/** See {@link Probe}. A file that something else than this process changed is read whole once, in a process of its own. */
export function openProbe({
  db,
  availability,
  life,
  clock,
  log,
  checkFile = (file) => check(file, 'quick'),
}: ProbeDependencies): Probe {
  /** What SQLite met while it worked, and what reading the file whole found. */
  let met: string | null = null;
  let torn: string | null = null;
  let checked = { touched: life.touched(), at: -Infinity };
  let checking = false;
  /** Where the disk can have none, it is not missed. */
  const logFile = `${db.file}-wal`;
  const hasLog = existsSync(logFile);
  let isLogReported = false;

  db.onDamaged((error) => {
    if (met === null) log.error('library.damaged', { error });
    met = (error as Error).message;
  });

  /** What a person should know of is known at the next look, or the one after it: nobody waits for it. */
  async function checkWhereTouched(): Promise<void> {
    const touched = life.touched();
    const isDue = touched !== checked.touched || torn !== null;
    // Whoever opens it without its log begins another one in its place.
    if (hasLog && isLogGone()) return;
    if (checking || !isDue || clock.elapsed() - checked.at < CHECK_EVERY_MS) return;
    checking = true;
    checked = { touched, at: clock.elapsed() };
    try {
      let answer = await checkFile(db.file);
      // What comes into the file while it is read may look like damage: that is not found twice.
      if (answer?.flaw != null) answer = await checkFile(db.file);
      if (answer === null || answer.busy) return;
      if (answer.flaw !== null && torn === null) log.error('library.damaged', { flaw: answer.flaw });
      torn = answer.flaw;
    } catch (error) {
      log.warn('library.not-checked', { error });
    } finally {
      checking = false;
    }
  }

  /** What is written goes into a file that has no name any more: stopped in order it is brought into the library, in a crash it is lost. */
  function isLogGone(): boolean {
    const isGone = !existsSync(logFile);
    if (isGone && !isLogReported)
      log.error('library.log-gone', {
        file: logFile,
        why: 'something removed it while AIME runs: stop AIME in order and start it again',
      });
    isLogReported = isGone;
    return isGone;
  }

  function known(): Flaw | null {
    if (met !== null || torn !== null) return 'damaged';
    return hasLog && isLogGone() ? 'log-gone' : null;
  }

  async function code(): Promise<Probed['code']> {
    const place = life.place();
    if (place === 'nothing') return 'missing';
    if (place === 'away') return 'away';
    if (place !== 'itself') return 'exchanged';
    const header = readHeader(db.file);
    // What was opened a moment ago may lie wholly in its log yet.
    if (header !== null && header.bytes > 0 && header.sqlite === null) return 'damaged';
    void checkWhereTouched();
    try {
      const why = await availability.tried(PATIENCE_MS);
      if (why !== null) return why.code;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
    const flaw = known();
    return flaw === 'log-gone' ? 'missing' : (flaw ?? 'writable');
  }

  async function probe(): Promise<Probed> {
    const begun = clock.elapsed();
    const found = await code();
    return { code: found, at: nowSeconds(clock), tookMs: Math.round(clock.elapsed() - begun) };
  }

  return {
    look: remembered(clock, FRESH_MS, probe),
    flaw() {
      // A file at another place, or none, has another message.
      if (life.place() !== 'itself') return null;
      void checkWhereTouched();
      return known();
    },
  };
}
