import { type Core, listed } from '../core.ts';
import { keepFormer } from '../formerIds.ts';
import { removeMerged } from './removal.ts';

/** The journal pages on which these tracks are heard, and the figures that count them: they name the track and who holds it. */
export function touchPagesOf(core: Core, trackIds: readonly number[]): void {
  const pages = core.db.rows<[string]>('SELECT DISTINCT page FROM listening_history WHERE track_id IN (SELECT value FROM json_each(?))', listed(trackIds));
  for (const [page] of pages) core.feed.touch('journal', page);
  for (const id of trackIds) core.changedTracks.add(id);
}

/** Makes one track of two: listens, places in playlists and love go over, and the former id leads to the one that stays. */
export function mergeTrack(core: Core, from: number, into: number): void {
  touchPagesOf(core, [from]);
  touchPlaylistsOf(core, from);
  core.db.run(
    `UPDATE tracks SET loved = max(tracks.loved, former.loved),
       loved_upstream = ifnull(max(tracks.loved_upstream, former.loved_upstream), ifnull(tracks.loved_upstream, former.loved_upstream)),
       loved_at = ifnull(max(tracks.loved_at, former.loved_at), ifnull(tracks.loved_at, former.loved_at)),
       duration_seconds = ifnull(tracks.duration_seconds, former.duration_seconds), mbid = ifnull(tracks.mbid, former.mbid)
     FROM tracks AS former WHERE former.id = ?1 AND tracks.id = ?2`,
    from,
    into,
  );
  core.db.run('UPDATE listening_history SET track_id = ? WHERE track_id = ?', into, from);
  core.db.run('UPDATE listening_history SET loved = (SELECT loved FROM tracks WHERE id = ?1) WHERE track_id = ?1', into);
  core.db.run('UPDATE playlist_tracks SET track_id = ? WHERE track_id = ?', into, from);
  removeMerged(core, 'track', from);
  keepFormer(core, 'track', from, into);
}

function touchPlaylistsOf(core: Core, trackId: number): void {
  const uids = core.db.rows<[string, number]>(
    `SELECT DISTINCT uid, deleted_at IS NOT NULL FROM playlist_tracks JOIN playlists ON playlists.id = playlist_id WHERE track_id = ?`,
    trackId,
  );
  for (const [uid, deleted] of uids) core.feed.touch('playlists', uid, deleted === 1);
}

/** A row as it is, with what is needed to write it again. */
export type Snapshot = Record<string, string | number | null>;

export const rowsOf = (core: Core, table: string, where: string, ...values: (string | number)[]): Snapshot[] =>
  core.db.all<Snapshot>(`SELECT * FROM ${table} WHERE ${where}`, ...values);

/** Writes rows as a snapshot has them; those that are there again already stay. */
export function writeRows(core: Core, table: string, rows: readonly Snapshot[]): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    core.db.run(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`, ...Object.values(row));
  }
}

/** Takes rows from who inherited them and writes them as a snapshot has them. */
export function giveBack(core: Core, table: 'images' | 'metadata', owner: 'album_id' | 'artist_id', rows: readonly Snapshot[], heir: number): void {
  const ids = listed(rows.map(({ id }) => Number(id)));
  core.db.run(`DELETE FROM ${table} WHERE ${owner} = ? AND id IN (SELECT value FROM json_each(?))`, heir, ids);
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
