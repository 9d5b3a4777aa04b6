import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CollectionName, collectionNames } from '#shared/sync/collections.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { writeVerifiedCopy } from '../database/verifiedCopy.ts';
import { copyName } from '../files/backupNames.ts';
import type { Database } from '../database/database.ts';
import { LibraryFileError } from '../migrations/migrate.ts';
import { touched } from '../database/touched.ts';
import { integrityFlaws } from './integrityFlaws.ts';
import { repairUnreadableTexts } from './repairTexts.ts';
import type { StoredText } from './unreadableTexts.ts';

/**
 * Mends the texts that are not UTF-8, after a verified copy of the library as it is, and moves the documents that show them, so that
 * devices pull them. Where that cannot be done now, the library stays as it is: such texts can be read, only not well.
 *
 * @throws {LibraryFileError} when it cannot be done and indexes miss rows.
 */
export function repairOnOpen(
  db: Database,
  { backupsDir, clock, log }: { backupsDir: string; clock: Clock; log: Log },
): void {
  const copy = join(backupsDir, copyName('before-mending-', clock.now()));
  try {
    // What an index misses of a row is mended too; the copy holds the rows as they are.
    writeVerifiedCopy(db, copy, { reindexed: true });
    const mended = mendOrForget(db, copy);
    log.warn('library.texts-mended', {
      why: 'texts were not UTF-8, as a failing disk or another program leaves them; what could not be known of them is � now',
      texts: mended.length,
      in: counted(mended),
      copy,
    });
  } catch (error) {
    log.error('library.texts-not-mended', {
      why: 'texts that are not UTF-8 stay in the library until the next start',
      error,
    });
    if (integrityFlaws(db, []) !== 'none')
      throw new LibraryFileError(
        'damaged',
        `The library's file ${db.file} is damaged, and could not be mended: ${(error as Error).message}.`,
      );
  }
}

/** @param copy which nobody needs when nothing is changed. */
function mendOrForget(db: Database, copy: string): StoredText[] {
  try {
    return db.transaction(() => {
      const texts = repairUnreadableTexts(db);
      const flaws = integrityFlaws(db, []);
      if (flaws !== 'none') throw new Error(typeof flaws === 'string' ? flaws : flaws.first);
      moveDocuments(db, texts);
      return texts;
    });
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
}

function counted(texts: readonly StoredText[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { table, column } of texts) counts[`${table}.${column}`] = (counts[`${table}.${column}`] ?? 0) + 1;
  return counts;
}

type Shown = [collection: CollectionName, documents: string];

const everyIn = (collection: CollectionName): string =>
  `SELECT document_id FROM change_feed WHERE collection = '${collection}'`;

/** The documents that show rows of a table, by their rowids; a table that is not here may be shown in any. */
const SHOWN: Record<string, (rows: string) => Shown[]> = {
  albums: (rows) => [['albums', `SELECT CAST(id AS TEXT) FROM albums WHERE rowid IN (${rows})`]],
  metadata: (rows) => [['albums', `SELECT CAST(album_id AS TEXT) FROM metadata WHERE rowid IN (${rows})`]],
  tracks: (rows) => [
    ['albums', `SELECT CAST(album_id AS TEXT) FROM tracks WHERE rowid IN (${rows})`],
    ['artists', `SELECT CAST(artist_id AS TEXT) FROM track_artist WHERE track_id IN (${rows})`],
  ],
  listening_history: (rows) => [['journal', `SELECT page FROM listening_history WHERE rowid IN (${rows})`]],
  playlists: (rows) => [['playlists', `SELECT uid FROM playlists WHERE rowid IN (${rows})`]],
  playlist_tracks: (rows) => [
    [
      'playlists',
      `SELECT uid FROM playlists WHERE id IN (SELECT playlist_id FROM playlist_tracks WHERE playlist_tracks.rowid IN (${rows}))`,
    ],
  ],
  ...Object.fromEntries(
    ['settings', 'service_states'].map((table) => [table, () => [['household', everyIn('household')]]]),
  ),
  ...Object.fromEntries(
    ['scrobbles', 'told_scrobbles', 'set_aside', 'job_runs', 'enrichment_queue', 'devices'].map((table) => [
      table,
      () => [],
    ]),
  ),
};

function moveDocuments(db: Database, texts: readonly StoredText[]): void {
  const tables = new Map<string, number[]>();
  for (const { table, rowid } of texts)
    tables.set(table, [...(tables.get(table) ?? []), ...(rowid === null ? [] : [rowid])]);
  const shown = [...tables].map(([table, rows]) => SHOWN[table]?.(rows.join(',')));
  const all = collectionNames.map((name): Shown => [name, everyIn(name)]);
  for (const [collection, documents] of shown.includes(undefined) ? all : shown.flatMap((some) => some ?? [])) {
    db.exec(
      touched(
        collection,
        `SELECT document_id AS document, deleted AS gone FROM change_feed WHERE collection = '${collection}' AND document_id IN (${documents})`,
      ),
    );
  }
  // A trigger counts a listen that leaves the page it was on, which here is one that never was.
  db.exec(
    'UPDATE journal_pages SET listens = (SELECT count(*) FROM listening_history WHERE page = journal_pages.id) WHERE listens <> (SELECT count(*) FROM listening_history WHERE page = journal_pages.id)',
  );
}
