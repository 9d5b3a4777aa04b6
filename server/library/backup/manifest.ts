import { BackupCounts } from '../api/backups.ts';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import * as v from 'valibot';
import { Count, EpochSeconds } from '#shared/primitives/identifiers.ts';
import { CodedFailure } from '../../kit/codedFailure.ts';
import { readOnce } from '../database/query.ts';

const PackedFile = v.object({ name: v.string(), bytes: Count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) });
export type PackedFile = v.InferOutput<typeof PackedFile>;

/** `manifest.json` of a backup: what it holds and by what each file is known to be whole. */
export const BackupManifest = v.object({
  format: v.literal('aime-backup'),
  version: v.literal(1),
  /** Seconds since the epoch. */
  createdAt: EpochSeconds,
  program: v.string(),
  libraryId: v.nullable(v.string()),
  epoch: v.string(),
  lastSeq: Count,
  schema: Count,
  counts: BackupCounts,
  holds: v.object({ secrets: v.boolean(), covers: v.boolean() }),
  /** Texts in its library that are not UTF-8: they are mended when it is opened. */
  unreadableTexts: v.optional(Count, 0),
  /** Files of the archive that the library names and that were not in its folder. */
  missing: v.array(v.string()),
  /** Files of the archive that the library names and that are in it as they were found: damaged, so that no listen comes back from them. */
  damaged: v.optional(v.array(v.string()), []),
  files: v.array(PackedFile),
});
export type BackupManifest = v.InferOutput<typeof BackupManifest>;

export const MANIFEST = 'manifest.json';
export const DATABASE = 'musique.db';

/** What the database of a backup says of itself. */
export type DatabaseFacts = Pick<BackupManifest, 'libraryId' | 'epoch' | 'lastSeq' | 'schema' | 'counts'> & {
  /** Files of the archive that hold listens of this library. */
  archives: { name: string; listens: number }[];
};

const COUNTS = `SELECT (SELECT count(*) FROM artists) AS artists, (SELECT count(*) FROM albums) AS albums, (SELECT count(*) FROM tracks) AS tracks,
  (SELECT count(*) FROM listening_history) AS listens, (SELECT count(*) FROM archived_listens) AS archived, (SELECT count(*) FROM scrobbles) AS scrobbles,
  (SELECT count(*) FROM playlists WHERE deleted_at IS NULL) AS playlists, (SELECT count(*) FROM images) AS images`;

/**
 * Reads what a database file holds, of any schema so far. Nothing may be writing to it.
 *
 * @param options.untouched nothing is written beside the file, not even a lock. @throws when it is no library of AIME's.
 */
export function databaseFacts(file: string, { untouched = false } = {}): DatabaseFacts {
  if (!existsSync(file)) throw new Error(`There is no file ${file}`);
  const db = new Libsql(untouched ? `${pathToFileURL(file).href}?mode=ro&immutable=1` : file);
  const all = <R>(sql: string): R[] => readOnce<R>(db, sql);
  try {
    const [state] = all<{ epoch: string; last_seq: number; library_id?: string | null }>('SELECT * FROM library_state');
    if (state === undefined) throw new CodedFailure({ code: 'backup-foreign' }, 'it holds no library');
    return {
      libraryId: state.library_id ?? null,
      epoch: state.epoch,
      lastSeq: state.last_seq,
      schema: Number(Object.values(all<Record<string, number>>('PRAGMA user_version')[0] ?? {})[0] ?? 0),
      counts: v.parse(BackupCounts, all(COUNTS)[0]),
      archives: all<{ name: string; listens: number }>(
        'SELECT file AS name, count(*) AS listens FROM archived_listens GROUP BY file ORDER BY file',
      ),
    };
  } finally {
    db.close();
  }
}
