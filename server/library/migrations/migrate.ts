import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { writeVerifiedCopy } from '../database/verifiedCopy.ts';
import { copyName } from '../files/backupNames.ts';
import type { Database } from '../database/database.ts';
import { migration as library } from './0001_library.ts';
import { migration as submittedScrobbles } from './0002_submittedScrobbles.ts';
import { migration as lives } from './0003_lives.ts';
import { migration as playableTracks } from './0004_playableTracks.ts';
import { migration as meaning } from './0005_meaning.ts';
import { migration as playlistEntriesAsText } from './0006_playlistEntriesAsText.ts';
import { migration as border } from './0007_border.ts';
import { migration as rebuild } from './0010_rebuild.ts';
import { migration as repairedTimes } from './0011_repairedTimes.ts';
import { migration as deletions } from './0012_deletions.ts';
import { migration as outOfRangeIds } from './0013_outOfRangeIds.ts';
import { migration as playlistWrites } from './0014_playlistWrites.ts';
import { migration as watermarks } from './0015_watermarks.ts';
import { migration as followUps } from './0016_followUps.ts';
import { migration as numbers } from './0017_numbers.ts';
import { migration as playlistStates } from './0018_playlistStates.ts';
import { migration as mergeOrder } from './0019_mergeOrder.ts';
import { migration as lastMutations } from './0020_lastMutations.ts';
import { migration as searchTerms } from './0021_searchTerms.ts';
import { migration as pictureColours } from './0022_pictureColours.ts';
import { migration as turntable } from './0023_turntable.ts';
import { migration as derivedKeys } from './0024_derivedKeys.ts';

export interface Migration {
  /** 1, 2, 3 …; kept in the file as `user_version`. */
  number: number;
  name: string;
  /** SQL: what changes of the tables, and of what is in them where SQL says it best. */
  schema: string;
  /** Moves data in TypeScript, where SQL alone cannot; after `schema`, in the same transaction: a crash at any line leaves none of either. */
  data?: (db: Database) => void;
  /** What has to be put right before any pending step reads the file, whichever comes first; in that step's transaction. */
  before?: (db: Database) => void;
}

export const migrations: readonly Migration[] = [
  library,
  submittedScrobbles,
  lives,
  playableTracks,
  meaning,
  playlistEntriesAsText,
  border,
  rebuild,
  repairedTimes,
  deletions,
  outOfRangeIds,
  playlistWrites,
  watermarks,
  followUps,
  numbers,
  playlistStates,
  mergeOrder,
  lastMutations,
  searchTerms,
  pictureColours,
  turntable,
  derivedKeys,
];

/** The schema this version writes. */
export const newestSchema = migrations.at(-1)?.number ?? 0;

/** "AIME" in ASCII: marks the file as ours, for `file` and for refusing a stranger's. */
export const APPLICATION_ID = 0x41_49_4d_45;

/** The file cannot be opened by this version; the message says what to do. */
export class LibraryFileError extends Error {
  override readonly name = 'LibraryFileError';
  readonly reason: RecoveryReason;
  constructor(reason: RecoveryReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Brings the file to the newest schema: each step in its own transaction, after one verified copy of it as it
 * was before the first, when there is something to lose. A step that fails is rolled back; of a migration that
 * went well there is no rollback, but that copy.
 *
 * @throws {LibraryFileError} for a file of a newer AIME, or one that is not AIME's.
 */
export function migrate(
  db: Database,
  options: { backupsDir: string; clock: Clock; log: Log; steps?: readonly Migration[] },
): void {
  const steps = options.steps ?? migrations;
  const newest = steps.at(-1)?.number ?? 0;
  const version = pragma(db, 'user_version');
  if (version > newest) {
    throw new LibraryFileError(
      'newer',
      `${db.file} was written by a newer AIME (schema ${version}, this one knows ${newest}). Update AIME, or restore a backup made by this version.`,
    );
  }
  if (version === 0 && db.get(`SELECT 1 FROM sqlite_master LIMIT 1`) !== undefined) {
    throw new LibraryFileError(
      'foreign',
      `${db.file} is a database, but not one of AIME's. Move it away or choose another data folder.`,
    );
  }
  const pending = steps.filter(({ number }) => number > version);
  const copy = version > 0 && pending[0] !== undefined ? keepCopy(db, pending[0], options) : null;
  for (const step of pending) {
    // A step that fails has changed nothing; before the first the copy is of what is there, and each try would write another.
    const takeStep = () =>
      db.transaction(() => {
        // A process that was migrating when its server was killed may have taken it just now.
        if (pragma(db, 'user_version') >= step.number) return;
        if (version > 0 && step === pending[0]) for (const { before } of pending) before?.(db);
        db.exec(step.schema);
        step.data?.(db);
        db.exec(`PRAGMA user_version = ${step.number}; PRAGMA application_id = ${APPLICATION_ID}`);
      });
    try {
      takeStep();
    } catch (error) {
      if (copy !== null && step === pending[0]) rmSync(copy, { force: true });
      throw error;
    }
    options.log.info('library.migrated', { file: db.file, to: step.number, name: step.name });
  }
}

function keepCopy(
  db: Database,
  step: Migration,
  { backupsDir, clock, log }: { backupsDir: string; clock: Clock; log: Log },
): string {
  const target = join(backupsDir, copyName(`before-schema-${step.number}-`, clock.now()));
  writeVerifiedCopy(db, target);
  log.info('library.backed-up', { target, before: step.name });
  return target;
}

function pragma(db: Database, name: string): number {
  return Object.values(db.get<Record<string, number>>(`PRAGMA ${name}`) ?? {})[0] ?? 0;
}
