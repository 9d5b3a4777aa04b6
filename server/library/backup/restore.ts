import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Libsql from 'libsql';
import { isSoundArchive } from '../archive/files.ts';
import { lookFolder } from './leftovers.ts';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import { firstFlaw, identity, makeEmpty } from '../database/verifiedCopy.ts';
import type { BackupCounts } from '../api/backups.ts';
import { DATABASE, type DatabaseFacts, databaseFacts } from './manifest.ts';
import { packCopy } from './pack.ts';
import { mergeSecrets } from './secrets.ts';
import { beginStage, commitStage, discardStage } from './stage.ts';
import { unpackBackup } from './unpack.ts';
import { backupName } from '../files/backupNames.ts';
import { writeFailure } from '../files/durableFile.ts';
import { moveAside } from '../inspect/foreignLog.ts';
import { formerLife } from '../inspect/formerLife.ts';
import { look } from '../inspect/place.ts';
import { beginEpochIn } from '../identity/restored.ts';
import { APPLICATION_ID, newestSchema } from '../migrations/migrate.ts';
import { isOfTheDisk, RestoreError } from '../api/restoreRefusal.ts';
import { countUnreadableTexts } from '../textRepair/unreadableTexts.ts';
import { isDamage } from '../api/unavailable.ts';

/** What a backup brings, and what it lacks. */
interface Brought extends BackupCounts {
  /** Those of the archived listens whose file is damaged or missing, in the backup and on this machine: they cannot be brought back. */
  unheld: number;
}

export interface Restored extends Brought {
  /** Texts in it that are not UTF-8, which are mended when it is opened. */
  unreadableTexts: number;
  /** Where today's library went; null when there was none. */
  saved: string | null;
  /** True when today's library could not be read and was set aside as it is. */
  wasDamaged: boolean;
}

export interface RestoreOrder {
  /** A backup: a zip of everything, or a database alone as AIME's backups were before. */
  file: string;
  dataDir: string;
  configDir: string;
  clock: Clock;
}

/**
 * Brings a backup back in the place of today's library: what it holds is unpacked, checked and given a new epoch, so that devices
 * pull anew and offer what only they have; today's library is saved beside the backups; then the one takes the other's place.
 * Nothing may have the library open. Cut off anywhere, either the one or the other is whole.
 *
 * Files of the archive that are there stay; secrets that this machine has stay.
 *
 * @throws {RestoreError} when the file is not sound, not AIME's or of a newer version, or something cannot be written.
 */
export async function restoreBackup({ file, dataDir, configDir, clock }: RestoreOrder): Promise<Restored> {
  if (!isFile(file)) throw new RestoreError('backup-file-gone', `There is no file ${file}`);
  const stage = beginStage(dataDir);
  try {
    const incoming = join(stage, DATABASE);
    const counts = await makeReady(file, stage, dataDir);
    const unreadableTexts = countUnreadableTexts(incoming);
    mergeSecrets(stage, { dataDir, configDir });
    const copy = join(stage, 'today.db');
    const today = await saveToday({ dataDir, configDir, clock, copy });
    const known = today.saved === null || today.wasDamaged ? null : copy;
    const marker = beginEpochIn(incoming, {
      place: join(dataDir, DATABASE),
      today: known,
      cause: 'restore',
      now: nowSeconds(clock),
    });
    rmSync(copy, { force: true });
    commitStage(dataDir, {
      file,
      configDir,
      marker: { ...marker, counts: { listens: counts.listens, albums: counts.albums } },
    });
    return { ...counts, ...today, unreadableTexts };
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw new RestoreError(
      'backup-disk',
      `The restore did not take place: ${writeFailure(error, dataDir, { code: 'backup-disk' }).reason}`,
      { cause: error },
    );
  } finally {
    discardStage(dataDir);
  }
}

/**
 * Reads a backup as a restore does, and changes nothing. @param dataDir on whose disk it is unpacked for that.
 *
 * @throws {RestoreError} with a message for people when it could not be brought back.
 */
export async function verifyBackup(file: string, dataDir: string): Promise<Brought> {
  if (!isFile(file)) throw new RestoreError('backup-file-gone', `There is no file ${file}`);
  const folder = lookFolder(dataDir);
  try {
    return await makeReady(file, folder, dataDir);
  } catch (error) {
    if (error instanceof RestoreError) throw error;
    throw new RestoreError(
      'backup-disk',
      `${basename(file)} could not be checked: ${writeFailure(error, dataDir, { code: 'backup-disk' }).reason}`,
      { cause: error },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** False for a pipe, which would be read for ever, and a folder. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Unpacks a backup into a folder and checks it. */
async function makeReady(file: string, folder: string, dataDir: string): Promise<Brought> {
  const incoming = join(folder, DATABASE);
  if (file.endsWith('.zip')) {
    await unpackBackup(file, folder).catch((error: unknown) => {
      throw isOfTheDisk((error as { code?: unknown }).code)
        ? error
        : new RestoreError('backup-unsound', `${basename(file)} cannot be restored: ${(error as Error).message}`, {
            cause: error,
          });
    });
  } else {
    for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, incoming + part);
  }
  const { counts, archives } = prepare(incoming, file);
  const isHeld = (name: string) => [folder, dataDir].some((where) => isSoundArchive(join(where, 'archive', name)));
  return { ...counts, unheld: archives.reduce((sum, { name, listens }) => sum + (isHeld(name) ? 0 : listens), 0) };
}

/** Checks what comes. */
function prepare(incoming: string, file: string): DatabaseFacts {
  const name = basename(file);
  // Whatever it was copied with comes into the one file, so that it can be moved by itself.
  const flaw = executed(incoming, (db) => db.exec('PRAGMA journal_mode = DELETE'))?.message ?? firstFlaw(incoming);
  if (flaw !== null) throw new RestoreError('backup-unsound', `${name} cannot be restored: ${flaw}`);
  const { application, schema } = identity(incoming);
  if (application !== APPLICATION_ID)
    throw new RestoreError('backup-foreign', `${name} is a database, but not a library of AIME's`);
  if (schema > newestSchema)
    throw new RestoreError('backup-newer', `${name} was written by a newer AIME. Update AIME first.`);
  return databaseFacts(incoming);
}

/**
 * Saves everything there is today as a verified backup; a library that cannot be read is set aside as it is.
 *
 * @param order.copy where today's database is copied to; the caller removes it.
 */
async function saveToday({
  dataDir,
  configDir,
  clock,
  copy,
}: Omit<RestoreOrder, 'file'> & { copy: string }): Promise<Pick<Restored, 'saved' | 'wasDamaged'>> {
  const library = join(dataDir, DATABASE);
  if (look(library, formerLife(library, dataDir)).state !== 'library') {
    // Nothing, or nothing of this library's: it is moved out of the way as it is.
    const [aside = null] = moveAside(
      ['', '-wal', '-shm', '-journal'].map((part) => library + part),
      'replaced',
      clock.now(),
    );
    return { saved: aside, wasDamaged: aside !== null };
  }
  const target = join(dataDir, 'backups', backupName('before-restore', clock.now()));
  const partial = `${target}.partial`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    makeEmpty(copy);
    const failure = executed(library, (db) => {
      // What its log still holds comes into the file: the log goes before the file is replaced.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
    });
    const isDamaged = failure === null ? firstFlaw(copy) !== null : isDamage(failure);
    if (failure !== null && !isDamaged) throw failure;
    if (isDamaged) return { saved: setAside(library, target), wasDamaged: true };
    if (existsSync(`${library}-wal`) && statSync(`${library}-wal`).size > 0) throw new Error(`${library} is in use`);
    await packCopy(
      { dataDir, configDir, target: partial, createdAt: nowSeconds(clock), secrets: false, covers: false },
      copy,
    );
    renameSync(partial, target);
    return { saved: target, wasDamaged: false };
  } finally {
    rmSync(partial, { force: true });
  }
}

function setAside(library: string, target: string): string {
  const aside = target.replace(/\.zip$/, '.damaged');
  for (const part of ['', '-wal']) if (existsSync(library + part)) copyFileSync(library + part, aside + part);
  return aside;
}

/**
 * Opens a file for statements that answer nothing. Only such a connection releases the file when it is closed; any other does
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
