import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { finishRestore } from './backup/stage.ts';
import { clearTheWay } from './inTheWay.ts';
import { sweepLeftovers } from './backup/leftovers.ts';

/** Where SQLite keeps `user_version` in a file's header, big-endian: here it says who holds the lock. */
const PID_OFFSET = 60;

/** Another program works with this data folder. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

/**
 * Takes a data folder for this process alone, as server or as restore. The lock is one of SQLite's own on `server.lock`, which the
 * operating system lets go when the process ends, however it ends: there are no stale locks. A restore that was cut off is carried
 * to its end, and what other interrupted work left is cleared away.
 *
 * @param tell is told in words what was found that AIME did not leave so, and what was done about it. @returns lets go of it. @throws {DataFolderInUse} when another process has it.
 */
export function holdDataFolder(dataDir: string, tell: (words: string) => void): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  clearTheWay(dataDir, tell);
  const path = join(dataDir, 'server.lock');
  mendLock(path, tell);
  const lock = new Libsql(path);
  try {
    lock.exec('PRAGMA busy_timeout = 300');
    lock.exec(`PRAGMA user_version = ${process.pid}`);
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new DataFolderInUse(`AIME is running with the data folder ${dataDir} already (process ${holderOf(path)}). Stop it first.`, { cause: error });
  }
  const letGo = () => {
    lock.exec('ROLLBACK');
    lock.close();
  };
  try {
    finishRestore(dataDir, tell);
    sweepLeftovers(dataDir);
  } catch (error) {
    letGo();
    throw error;
  }
  return letGo;
}

/** Nothing but who holds it is in the file: one that is no database any more is emptied. Whoever holds it keeps others from seeing that. */
function mendLock(path: string, tell: (words: string) => void): void {
  const lock = new Libsql(path);
  try {
    for (const statement of ['PRAGMA busy_timeout = 0', 'BEGIN IMMEDIATE', 'ROLLBACK']) lock.exec(statement);
  } catch (error) {
    if (!DAMAGE.includes(String((error as { code?: unknown }).code))) return;
    truncateSync(path);
    tell(`${path} was damaged. It only says whether AIME runs: it was written anew.`);
  } finally {
    lock.close();
  }
}

const DAMAGE = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];

const isBusy = (error: unknown): boolean => String((error as { code?: string }).code).startsWith('SQLITE_BUSY') || /locked/.test((error as Error).message);

function holderOf(path: string): number {
  const header = readFileSync(path).subarray(0, 100);
  return header.length > PID_OFFSET + 4 ? header.readInt32BE(PID_OFFSET) : 0;
}
