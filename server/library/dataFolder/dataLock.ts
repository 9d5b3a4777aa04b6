import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { finishRestore } from '../backup/stage.ts';
import { asNotAllowed } from '../files/folderRights.ts';
import { moveObstaclesAside } from './obstacles.ts';
import { keyOf } from '../files/folderIdentity.ts';
import { asUnavailable, isDamage, isDatabaseUnavailable } from '../api/unavailable.ts';
import { removeLeftovers } from '../backup/leftovers.ts';

/** Where SQLite keeps `user_version` in a file's header, big-endian: here it says who holds the lock. */
const PID_OFFSET = 60;

/** How often who holds a data folder for long looks whether its lock is still there, in milliseconds. */
export const LOOK_MS = 2_000;

/** Another program works with this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
  /** Its process; 0 when that is not known. */
  readonly owner: number;
  constructor(dataDir: string, owner: number, cause: unknown) {
    super(`AIME is running with the data folder ${dataDir} already (process ${owner}). Stop it first.`, { cause });
    this.owner = owner;
  }
}

export interface DataLock {
  /**
   * Takes the lock back when somebody removed or replaced its file.
   *
   * @returns true when it had to. @throws {DataFolderInUse} when another process has it by now; anything else when the disk does not
   * allow it at the moment.
   */
  keep(): boolean;
  letGo(): void;
}

/**
 * Takes a data folder for this process alone, as server or as restore. The lock is one of SQLite's own on `server.lock`, which the
 * operating system releases when the process ends, however it ends: there are no stale locks. A restore that was cut off is carried
 * to its end, and what other interrupted work left is cleared away.
 *
 * @param notify is called with a message about what was found that AIME did not leave so, and what was done about it.
 * @throws {DataFolderInUse} when another process has it; {FolderNotAllowed} when this user may not write there.
 */
export function holdDataFolder(dataDir: string, notify: (message: string) => void): DataLock {
  try {
    return held(dataDir, notify);
  } catch (error) {
    throw asNotAllowed(error, dataDir);
  }
}

function held(dataDir: string, notify: (message: string) => void): DataLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  moveObstaclesAside(dataDir, notify);
  const path = join(dataDir, 'server.lock');
  waitForLockOwner(dataDir, path);
  let lock = taken(dataDir, notify);
  try {
    finishRestore(dataDir, notify);
    removeLeftovers(dataDir);
  } catch (error) {
    release(lock);
    throw error;
  }
  return {
    keep() {
      if (keyOf(path) === lock.file) return false;
      const again = taken(dataDir, notify);
      release(lock);
      lock = again;
      return true;
    },
    letGo: () => release(lock),
  };
}

interface Held {
  lock: Libsql.Database;
  /** The disk and number of the lock's file, which it keeps as long as it is open. */
  file: string;
}

function taken(dataDir: string, notify: (message: string) => void): Held {
  const path = join(dataDir, 'server.lock');
  for (;;) {
    // Only where there is none: closing a file that this process has locked releases the lock.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    mendLock(path, notify);
    const file = keyOf(path);
    const lock = locked(dataDir, path);
    if (file !== null && keyOf(path) === file) return { lock, file };
    // It was removed in between: what is locked has no name.
    release({ lock });
  }
}

function locked(dataDir: string, path: string): Libsql.Database {
  const lock = new Libsql(path);
  try {
    // No journal on the disk: taking the lock asks for no room there.
    for (const statement of ['PRAGMA busy_timeout = 300', 'PRAGMA journal_mode = MEMORY']) lock.exec(statement);
    sayWho(lock);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw isBusy(error) ? new DataFolderInUse(dataDir, lockOwnerOf(path), error) : error;
  }
}

/** The lock's owner is written for people only: a disk that has no room for it keeps nobody from taking it. */
function sayWho(lock: Libsql.Database): void {
  try {
    lock.exec(`PRAGMA user_version = ${process.pid}`);
  } catch (error) {
    if (isBusy(error) || !isDatabaseUnavailable(asUnavailable(error))) throw error;
  }
}

/** Nothing but who holds it is in the file: one that is no database any more is emptied. Whoever holds it keeps others from seeing that. */
function mendLock(path: string, notify: (message: string) => void): void {
  const lock = new Libsql(path);
  try {
    for (const statement of ['PRAGMA busy_timeout = 0', 'PRAGMA journal_mode = MEMORY', 'BEGIN IMMEDIATE', 'ROLLBACK'])
      lock.exec(statement);
  } catch (error) {
    if (!isDamage(error)) return;
    truncateSync(path);
    notify(`${path} was damaged. It only says whether AIME runs: it was written anew.`);
  } finally {
    lock.close();
  }
}

function release({ lock }: Pick<Held, 'lock'>): void {
  lock.exec('ROLLBACK');
  lock.close();
}

/** How long a lock's file that is missing is waited for, and the pauses in between, in milliseconds. */
const LOCK_OWNER_MS = LOOK_MS + 1_000;
const PAUSE_MS = 200;

/**
 * Where a library has a log, somebody has it open or was killed; where the lock's file is missing then, somebody removed it, and who
 * has the library open puts it back at the next look.
 */
function waitForLockOwner(dataDir: string, path: string): void {
  if (existsSync(path) || !readdirSync(dataDir).some((name) => name.endsWith('-wal'))) return;
  // It holds the process up: nothing else may begin before the folder is this process's alone.
  const cell = new Int32Array(new SharedArrayBuffer(4));
  // A pause longer than the file is there, so that it is locked as well.
  for (let waited = 0, there = false; waited < LOCK_OWNER_MS && !there; waited += PAUSE_MS) {
    there = existsSync(path);
    Atomics.wait(cell, 0, 0, PAUSE_MS);
  }
}

const isBusy = (error: unknown): boolean =>
  String((error as { code?: string }).code).startsWith('SQLITE_BUSY') || /locked/.test((error as Error).message);

function lockOwnerOf(path: string): number {
  const header = readFileSync(path).subarray(0, 100);
  return header.length > PID_OFFSET + 4 ? header.readInt32BE(PID_OFFSET) : 0;
}
