import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Libsql from 'libsql';
import { type Clock, nowSeconds } from '../kit/clock.ts';
import { copyFacts, type CopyFacts, firstFlaw, identity, makeEmpty, syncFile, syncFolder } from './backup.ts';
import { backupName } from './backupNames.ts';
import { writeFailure } from './durableFile.ts';
import { markerPath, writeMarker } from './lives/marker.ts';
import { beginLifeIn } from './lives/restored.ts';
import { APPLICATION_ID, newestSchema } from './migrate.ts';

/** The file cannot be brought back; today's library is as it was. */
class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

export interface Restored extends CopyFacts {
  /** Where today's library went; null when there was none. */
  saved: string | null;
  /** True when today's library could not be read and was set aside as it is. */
  wasDamaged: boolean;
}

/**
 * Brings a backup back in the place of today's library: the file is copied, checked and given a new epoch, so that devices pull
 * anew and offer what only they have; today's library is saved beside the backups; then the one takes the other's place.
 * Nothing may have the library open. Cut off anywhere, either the one or the other is whole.
 *
 * @throws {RestoreError} when the file is not sound, not AIME's or of a newer version, or something cannot be written.
 */
export function restoreBackup({ file, library, backupsDir, clock }: { file: string; library: string; backupsDir: string; clock: Clock }): Restored {
  if (!existsSync(file)) throw new RestoreError(`There is no file ${file}`);
  const incoming = `${library}.restoring`;
  removeDatabase(incoming);
  try {
    for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, incoming + part);
    const facts = prepare(incoming, file);
    const today = saveToday(library, join(backupsDir, backupName('before-restore', clock.now())));
    const marker = beginLifeIn(incoming, { place: library, today: today.wasDamaged ? null : today.saved, cause: 'restore', now: nowSeconds(clock) });
    // A log that stayed would be read into the file that comes.
    for (const part of ['-wal', '-shm']) rmSync(library + part, { force: true });
    renameSync(incoming, library);
    syncFolder(dirname(library));
    writeMarker(markerPath(library), { ...marker, counts: { listens: facts.listens, albums: facts.albums } });
    return { ...facts, ...today };
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw new RestoreError(`The restore did not take place: ${writeFailure(error, dirname(library))}`, { cause: error });
  } finally {
    removeDatabase(incoming);
  }
}

/** Checks the copy. */
function prepare(incoming: string, file: string): CopyFacts {
  const name = basename(file);
  // Whatever it was copied with comes into the one file, so that it can be moved by itself.
  const flaw = executed(incoming, (db) => db.exec('PRAGMA journal_mode = DELETE'))?.message ?? firstFlaw(incoming);
  if (flaw !== null) throw new RestoreError(`${name} cannot be restored: ${flaw}`);
  const { application, schema } = identity(incoming);
  if (application !== APPLICATION_ID) throw new RestoreError(`${name} is a database, but not a library of AIME's`);
  if (schema > newestSchema) throw new RestoreError(`${name} was written by a newer AIME. Update AIME first.`);
  return copyFacts(incoming);
}

/** Saves today's library as a verified backup; one that cannot be read is set aside as it is. */
function saveToday(library: string, target: string): Pick<Restored, 'saved' | 'wasDamaged'> {
  if (!existsSync(library)) return { saved: null, wasDamaged: false };
  const partial = `${target}.partial`;
  try {
    makeEmpty(partial);
    const failure = executed(library, (db) => {
      // What its log still holds comes into the file: the log goes before the file is replaced.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.exec(`VACUUM INTO '${partial.replaceAll("'", "''")}'`);
    });
    const isDamaged = failure === null ? firstFlaw(partial) !== null : DAMAGE.includes(String(failure.code));
    if (failure !== null && !isDamaged) throw failure;
    if (isDamaged) return { saved: setAside(library, target), wasDamaged: true };
    if (existsSync(`${library}-wal`) && statSync(`${library}-wal`).size > 0) throw new Error(`${library} is in use`);
    syncFile(partial);
    renameSync(partial, target);
    return { saved: target, wasDamaged: false };
  } finally {
    rmSync(partial, { force: true });
  }
}

const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

function setAside(library: string, target: string): string {
  const aside = target.replace(/\.db$/, '.damaged');
  for (const part of ['', '-wal']) if (existsSync(library + part)) copyFileSync(library + part, aside + part);
  return aside;
}

/**
 * Opens a file for statements that answer nothing. Only such a connection lets go of the file when it is closed; any other does
 * when its statements are collected as garbage, and would then remove the log of whatever file has the name by then.
 *
 * @returns what went wrong.
 */
function executed(file: string, work: (db: Libsql.Database) => void): (Error & { code?: string }) | null {
  const db = new Libsql(file);
  try {
    work(db);
    return null;
  } catch (error) {
    return error as Error;
  } finally {
    db.close();
  }
}

function removeDatabase(file: string): void {
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
}
