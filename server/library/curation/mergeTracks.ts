import { rowsOf, type Snapshot, writeRows } from './snapshots.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { type Core, listed } from '../core.ts';
import { resolveId, addRedirect } from './redirects.ts';
import { removeMerged } from '../catalogue/removal.ts';

/** The journal pages on which these tracks are heard, and the figures that count them: they name the track and who holds it. */
export function touchPagesOf(core: Core, trackIds: readonly number[]): void {
  const pages = core.db.rows<[string]>(
    'SELECT DISTINCT page FROM listening_history WHERE track_id IN (SELECT value FROM json_each(?))',
    listed(trackIds),
  );
  for (const [page] of pages) core.feed.touch('journal', page);
  core.followUps.tracks(trackIds);
}

/** A track as it was before it became one with another. */
export interface JoinedTrack {
  row: Snapshot;
  /** Its places in playlists. */
  places: [playlist: number, entry: string][];
  /** Ids that led to it. */
  formers: number[];
  /** The other track before, and what it took of this one. */
  heir: Snapshot;
  taken: Snapshot;
}

/** What one recording has whose two tracks became one. */
const TAKEN = 'loved, loved_upstream, loved_at, duration_seconds, mbid';

/**
 * Makes one track of two: listens, places in playlists and love go over, and the former id leads to the one that stays. A person's
 * word on whether it is loved goes before a service's; between two of a kind, love stays.
 *
 * @returns what a split needs.
 */
export function mergeTrack(core: Core, from: number, into: number): JoinedTrack {
  const [row, survivor] = [rowsOf(core, 'tracks', 'id = ?', from)[0]!, rowsOf(core, 'tracks', 'id = ?', into)[0]!];
  const places = core.db.rows<[number, string]>(
    'SELECT playlist_id, entry FROM playlist_tracks WHERE track_id = ?',
    from,
  );
  const formers = core.db
    .rows<[number]>(`SELECT former_id FROM former_ids WHERE kind = 'track' AND id = ?`, from)
    .map(([id]) => id);
  touchPagesOf(core, [from]);
  touchPlaylistsOf(core, from);
  core.db.run(
    `UPDATE tracks SET
       loved = CASE WHEN (tracks.loved_at IS NULL) = (former.loved_at IS NULL) THEN max(tracks.loved, former.loved) WHEN tracks.loved_at IS NULL THEN former.loved ELSE tracks.loved END,
       loved_upstream = ifnull(max(tracks.loved_upstream, former.loved_upstream), ifnull(tracks.loved_upstream, former.loved_upstream)),
       loved_at = ifnull(max(tracks.loved_at, former.loved_at), ifnull(tracks.loved_at, former.loved_at)),
       duration_seconds = ifnull(tracks.duration_seconds, former.duration_seconds), mbid = ifnull(tracks.mbid, former.mbid)
     FROM tracks AS former WHERE former.id = ?1 AND tracks.id = ?2`,
    from,
    into,
  );
  // Known to be former from here on: its plays are not counted one by one.
  addRedirect(core, 'track', from, into);
  core.db.run('UPDATE listening_history SET track_id = ? WHERE track_id = ?', into, from);
  core.db.run(
    `UPDATE tracks SET plays = (SELECT count(*) FROM listening_history WHERE track_id = ?1),
       first_played_at = (SELECT min(timestamp) FROM listening_history WHERE track_id = ?1 AND timestamp <> ?2),
       last_played_at = (SELECT max(timestamp) FROM listening_history WHERE track_id = ?1 AND timestamp <> ?2) WHERE id = ?1`,
    into,
    DATE_UNKNOWN,
  );
  copyLoveToListens(core, into);
  core.db.run('UPDATE playlist_tracks SET track_id = ? WHERE track_id = ?', into, from);
  removeMerged(core, 'track', from);
  core.followUps.tracks([into]);
  return { row, places, formers, heir: survivor, taken: takenBy(core, into)! };
}

const takenBy = (core: Core, id: number): Snapshot | undefined =>
  core.db.get<Snapshot>(`SELECT ${TAKEN} FROM tracks WHERE id = ?`, id);

function copyLoveToListens(core: Core, id: number): void {
  core.db.run(
    'UPDATE listening_history SET loved = 1 - loved WHERE track_id = ?1 AND loved <> (SELECT loved FROM tracks WHERE id = ?1)',
    id,
  );
}

/** Writes a track again that became one with another, as it was; its listens are attached anew by the caller. */
export function writeTrack(core: Core, row: Snapshot): void {
  writeRows(core, 'tracks', [{ ...row, plays: 0, first_played_at: null, last_played_at: null }]);
  core.db.run(`DELETE FROM former_ids WHERE kind = 'track' AND former_id = ?`, row.id);
}

const LOVE = ['loved', 'loved_upstream', 'loved_at'];
/** Love, length and MusicBrainz id of a track: each group is set together. */
const SAID = [LOVE, ['duration_seconds'], ['mbid']];

/**
 * Gives a track that is there again its places and former ids back, and the other its own love. Where something was said of that since,
 * it was said of both, which were one then.
 *
 * @returns what was said of the other since, with its id.
 */
export function unmergeTrack(core: Core, { row, places, formers, heir: survivor, taken }: JoinedTrack): Snapshot {
  const [id, other] = [Number(row.id), Number(survivor.id)];
  const today = resolveId(core, 'track', other);
  for (const [playlist, entry] of places) {
    core.db.run(
      'UPDATE playlist_tracks SET track_id = ? WHERE playlist_id = ? AND entry = ? AND track_id IN (?, ?)',
      id,
      playlist,
      entry,
      other,
      today,
    );
  }
  core.db.run(
    `UPDATE former_ids SET id = ? WHERE kind = 'track' AND id IN (?, ?) AND former_id IN (SELECT value FROM json_each(?))`,
    id,
    other,
    today,
    listed(formers),
  );
  touchPlaylistsOf(core, id);
  const now = takenBy(core, other);
  if (now === undefined) return { id: other };
  const isAsTaken = (columns: readonly string[]) => columns.every((column) => now[column] === taken[column]);
  for (const column of SAID.filter(isAsTaken).flat())
    core.db.run(`UPDATE tracks SET ${column} = ? WHERE id = ?`, survivor[column], other);
  if (!isAsTaken(LOVE))
    for (const column of LOVE) core.db.run(`UPDATE tracks SET ${column} = ? WHERE id = ?`, now[column] ?? null, id);
  for (const track of [id, other]) copyLoveToListens(core, track);
  core.followUps.tracks([other]);
  return {
    id: other,
    ...Object.fromEntries(
      SAID.filter((columns) => !isAsTaken(columns))
        .flat()
        .map((column) => [column, now[column] ?? null]),
    ),
  };
}

/** Writes again what was said of a track while it was one with another that it is one with again. */
export function sayAgain(core: Core, { id, ...said }: Snapshot): void {
  for (const [column, value] of Object.entries(said))
    core.db.run(`UPDATE tracks SET ${column} = ? WHERE id = ?`, value, id);
  copyLoveToListens(core, Number(id));
}

function touchPlaylistsOf(core: Core, trackId: number): void {
  const uids = core.db.rows<[string, number]>(
    `SELECT DISTINCT uid, deleted_at IS NOT NULL FROM playlist_tracks JOIN playlists ON playlists.id = playlist_id WHERE track_id = ?`,
    trackId,
  );
  for (const [uid, deleted] of uids) core.feed.touch('playlists', uid, deleted === 1);
}
