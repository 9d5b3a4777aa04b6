import { join } from 'node:path';
import { textKey } from '#shared/matching/identity.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { writeVerifiedCopy } from '../database/verifiedCopy.ts';
import { copyName } from '../files/backupNames.ts';
import { listed } from '../core.ts';
import type { Database } from '../database/database.ts';
import { touched } from '../database/touched.ts';
import { rekeyArtists } from './artistNames.ts';
import { derivedKeys } from './index.ts';
import { inOnePiece, openRebuild, type RebuildStep } from './rebuild.ts';
import { rekeyedSnapshot } from './snapshots.ts';

/** True where a library's file says that other rules than today's decide in it which is which. */
export const hasEarlierIdentity = (db: Database): boolean =>
  db.get("SELECT 1 FROM sqlite_master WHERE name = 'derived_keys'") !== undefined &&
  identityRebuild(db).state() !== 'known';

/**
 * Makes the keys anew by which names and titles are distinguished, where other rules made them: before the library is served, since what
 * is found under no key would be made a second time. Each slice is a transaction; cut off anywhere, it goes on there. A verified copy
 * of the library as it was is made, but for that of the migration which asked for it.
 */
export function rebuildIdentity(
  db: Database,
  { backupsDir, clock, log }: { backupsDir: string; clock: Clock; log: Log },
): void {
  const rebuild = identityRebuild(db);
  const state = rebuild.state();
  if (state === 'known') return;
  if (state === 'earlier')
    writeVerifiedCopy(db, join(backupsDir, copyName(`before-schema-keys-${derivedKeys.identity}-`, clock.now())));
  for (let next = rebuild.waiting(); next !== null; next = rebuild.waiting()) rebuild.make(next.step, next.ids);
  log.info('library.keys-rebuilt', { keys: rebuild.key });
}

const identityRebuild = (db: Database) =>
  openRebuild(db, 'identity', [artists(db), titles(db, 'albums'), titles(db, 'tracks'), entries(db), merges(db)]);

const note = (db: Database, kind: 'album' | 'twins' | 'namesake', ids: readonly number[]) =>
  db.run(
    'INSERT OR IGNORE INTO follow_ups (kind, what) SELECT ?, value FROM json_each(?) WHERE true',
    kind,
    listed(ids),
  );

/** All at once, since a key that one artist leaves another may take. */
const artists = (db: Database): RebuildStep =>
  inOnePiece(() => {
    const namesakes = rekeyArtists(db);
    if (namesakes.length === 0) return;
    note(db, 'namesake', namesakes);
    db.exec(
      touched(
        'artists',
        `SELECT CAST(id AS TEXT) AS document, 0 AS gone FROM artists WHERE id IN (${namesakes.join()})`,
      ),
    );
  });

const titles = (db: Database, table: 'albums' | 'tracks'): RebuildStep => ({
  ids: `SELECT id FROM ${table} WHERE id > ?1 ORDER BY id LIMIT ?2`,
  work(ids) {
    const rows = db.rows<[id: number, title: string, key: string]>(
      `SELECT id, title, title_key FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`,
      listed(ids),
    );
    const changed = rows.filter(([, title, key]) => textKey(title) !== key);
    for (const [id, title] of changed) db.run(`UPDATE ${table} SET title_key = ? WHERE id = ?`, textKey(title), id);
    const whose = changed.map(([id]) => id);
    if (table === 'albums') note(db, 'album', whose);
    else note(db, 'twins', performersOfLoose(db, whose));
  },
});

/** Whose tracks without album these are. */
const performersOfLoose = (db: Database, trackIds: readonly number[]): number[] =>
  db
    .rows<[number]>(
      `SELECT DISTINCT artist_id FROM track_artist JOIN tracks ON tracks.id = track_id
       WHERE album_id IS NULL AND track_artist.position = 0 AND track_id IN (SELECT value FROM json_each(?))`,
      listed(trackIds),
    )
    .map(([id]) => id);

/** Places in playlists that wait for a track of their title; one that has it now is found in the next transaction. */
const entries = (db: Database): RebuildStep => ({
  ids: 'SELECT id FROM playlist_tracks WHERE id > ?1 AND name_key IS NOT NULL ORDER BY id LIMIT ?2',
  work(ids) {
    const rows = db.rows<[id: number, title: string, key: string]>(
      'SELECT id, title, name_key FROM playlist_tracks WHERE title IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
      listed(ids),
    );
    for (const [id, title, key] of rows) {
      if (textKey(title) === key) continue;
      db.run('UPDATE playlist_tracks SET name_key = ? WHERE id = ?', textKey(title), id);
      db.run('INSERT OR IGNORE INTO playlist_entries_due (entry_id) VALUES (?)', id);
    }
  },
});

const merges = (db: Database): RebuildStep => ({
  ids: 'SELECT former_id FROM album_merges WHERE former_id > ?1 ORDER BY former_id LIMIT ?2',
  work(ids) {
    const rows = db.rows<[id: number, title: string, snapshot: string, valid: number]>(
      'SELECT former_id, title, snapshot, json_valid(snapshot) FROM album_merges WHERE former_id IN (SELECT value FROM json_each(?))',
      listed(ids),
    );
    for (const [id, title, snapshot, valid] of rows)
      db.run(
        'UPDATE album_merges SET title_key = ?, snapshot = ? WHERE former_id = ?',
        textKey(title),
        valid === 1 ? rekeyedSnapshot(snapshot) : snapshot,
        id,
      );
  },
});
