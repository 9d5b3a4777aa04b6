import type { RecoveryReason } from '#shared/api/recovery.ts';
import { APPLICATION_ID, newestSchema } from '../migrations/migrate.ts';
import { type FileHeader, fileHolds, readHeader } from '../database/fileHeader.ts';
import { type FormerLife, LOG_SIGN } from './formerLife.ts';

/** What is at the place of the library's file. */
export type Found =
  /** Nothing, and nothing was there before. */
  | { state: 'new' }
  /** A library of AIME's, as far as can be seen. */
  | { state: 'library' }
  | { state: 'recovery'; reason: RecoveryReason; message: string };

const lost = (reason: RecoveryReason, message: string): Found => ({ state: 'recovery', reason, message });

/** Says what is there by reading bytes alone: nothing is opened as a database, nothing written. */
export function look(file: string, { signs }: FormerLife): Found {
  const header = readHeader(file);
  if (header === null) {
    return signs.length === 0
      ? { state: 'new' }
      : lost(
          'missing',
          `There is no library at ${file}, but there was one: the folder holds ${signs.join(', ')}. Is the right disk mounted?`,
        );
  }
  if (!header.isFile)
    return lost(
      'foreign',
      `${file} is a folder, and no library. It was not touched; move it away or choose another data folder.`,
    );
  if (header.bytes === 0) {
    return signs.length === 0
      ? { state: 'new' }
      : lost('empty', `The library's file ${file} is empty, but there was one: the folder holds ${signs.join(', ')}.`);
  }
  const ours = () => fileHolds(file, ['CREATE TABLE library_state', 'CREATE TABLE "library_state"']);
  if (header.sqlite === null) {
    return signs.length > 0 || ours()
      ? lost('damaged', `${file} is no database any more.`)
      : lost('foreign', `${file} is no database. It was not touched; move it away or choose another data folder.`);
  }
  const { applicationId, userVersion } = header.sqlite;
  if (applicationId === APPLICATION_ID) {
    return userVersion <= newestSchema
      ? { state: 'library' }
      : lost(
          'newer',
          `${file} was written by a newer AIME (schema ${userVersion}, this one knows ${newestSchema}). Update AIME, or restore a backup made by this version.`,
        );
  }
  if (isFresh(header.sqlite)) {
    // A library whose first start was cut off, or an empty database in the place of one.
    return signs.some((sign) => sign !== LOG_SIGN)
      ? lost(
          'empty',
          `The database ${file} has nothing in it, but there was a library: the folder holds ${signs.join(', ')}.`,
        )
      : { state: 'library' };
  }
  if (ours()) return lost('damaged', `The library's file ${file} is damaged: its header is not AIME's any more.`);
  if (
    fileHolds(file, ['CREATE TABLE alembic_version']) &&
    fileHolds(file, ['CREATE TABLE service_states', 'CREATE TABLE listening_history'])
  ) {
    return lost(
      'foreign',
      `${file} is the library of the AIME that was written in Python. It was not touched. Move it out of this folder, and keep it: this AIME begins a library of its own.`,
    );
  }
  return lost(
    'foreign',
    `${file} is a database, but not one of AIME's. It was not touched; move it away or choose another data folder.`,
  );
}

/** True for a database in which nothing was ever made, as the first start leaves one that was cut off. */
export const isFresh = ({ applicationId, userVersion, tables }: NonNullable<FileHeader['sqlite']>): boolean =>
  applicationId === 0 && userVersion === 0 && !tables;
