/** Rows as they were before a merge, and writing them again. */
import type { Core } from '../core.ts';

/** A row as it is, with what is needed to write it again. */
export type Snapshot = Record<string, string | number | null>;

export const rowsOf = (core: Core, table: string, where: string, ...values: (string | number)[]): Snapshot[] =>
  core.db.all<Snapshot>(`SELECT * FROM ${table} WHERE ${where}`, ...values);

/** By what a row is known to be there again; of pictures also the address, which an album has once. */
const KEYS: Record<string, string> = {
  album_artist: '(album_id, artist_id)',
  track_artist: '(track_id, artist_id)',
  images: '',
};

/**
 * Writes rows as a snapshot has them; those that are there again already stay.
 *
 * @throws where another row has what only one can have: who writes such a row decides beforehand whose it is.
 */
export function writeRows(core: Core, table: string, rows: readonly Snapshot[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    core.db.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT ${KEYS[table] ?? '(id)'} DO NOTHING`,
      ...Object.values(row),
    );
  }
}

/** Takes rows from the survivor that they were merged into, as they are today; those that it had already are written as a snapshot has them. */
export function restoreRows(
  core: Core,
  table: 'images' | 'metadata',
  owner: 'album_id' | 'artist_id',
  rows: readonly Snapshot[],
  survivor: number,
): void {
  for (const row of rows)
    core.db.run(`UPDATE ${table} SET ${owner} = ? WHERE ${owner} = ? AND id = ?`, row[owner], survivor, row.id);
  writeRows(core, table, rows);
}

/** Credits whose artists are there today, under the id of the one they became where they were merged. */
export function withArtists(core: Core, credits: readonly Snapshot[]): Snapshot[] {
  return credits.flatMap((credit) => {
    const row = core.db.get<{ id: number }>(
      `SELECT id FROM artists WHERE id = ?1 OR id = (SELECT artist_id FROM artist_aliases WHERE former_id = ?1) LIMIT 1`,
      credit.artist_id,
    );
    return row === undefined ? [] : [{ ...credit, artist_id: row.id }];
  });
}
