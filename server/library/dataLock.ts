import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { finishRestore } from './backup/stage.ts';
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
 * @returns lets go of it. @throws {DataFolderInUse} when another process has it.
 */
export function holdDataFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'server.lock');
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
    finishRestore(dataDir);
    sweepLeftovers(dataDir);
  } catch (error) {
    letGo();
    throw error;
  }
  return letGo;
}

const isBusy = (error: unknown): boolean => String((error as { code?: string }).code).startsWith('SQLITE_BUSY') || /locked/.test((error as Error).message);

function holderOf(path: string): number {
  const header = readFileSync(path).subarray(0, 100);
  return header.length > PID_OFFSET + 4 ? header.readInt32BE(PID_OFFSET) : 0;
}
