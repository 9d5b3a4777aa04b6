import { revisionsId } from '#shared/library/revision.ts';
import { type Core, isoNow, listed } from '../core.ts';
import { keepRevision, lastWord, moveRevisions } from '../revisions.ts';
import { heardKey } from './albums.ts';
import { giveBack, mergeTrack, rowsOf, type Snapshot, touchPagesOf, withArtists, writeRows } from './merging.ts';
import { reattach } from './reattach.ts';
import { removeMerged } from './removal.ts';
import { indexAlbums, indexTracks } from './reindex.ts';

/** An album as it was before it became part of another one. */
interface AlbumSnapshot {
  album: Snapshot[];
  /** The album it became part of, before. */
  heir: Snapshot[];
  artists: Snapshot[];
  tracks: Snapshot[];
  trackArtists: Snapshot[];
  images: Snapshot[];
  metadata: Snapshot[];
  copies: string[];
}

/**
 * Makes one album of two: tracks, listens, copies and pictures of `from` go to `into`, which keeps its own rating and note
 * where it has them. What a split needs is kept, and plays reported under the former name come to `into` from then on.
 *
 * @param reason a code of what joined them and, after a space each, the codes of why; shown beside the album in its reader's words.
 */
export function mergeAlbums(core: Core, from: number, into: number, { byHand, reason }: { byHand: boolean; reason: string }): void {
  if (from === into) return;
  const snapshot = snapshotOf(core, from, into);
  const [album] = snapshot.album;
  if (album === undefined) throw new Error(`There is no album ${from} to merge`);
  const key = core.db.get<{ name_key: string }>(
    'SELECT name_key FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ? ORDER BY position LIMIT 1',
    from,
  );
  moveTracks(core, from, into);
  core.db.run('UPDATE copies SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE images SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE OR IGNORE metadata SET album_id = ? WHERE album_id = ?', into, from);
  core.db.run('UPDATE album_merges SET album_id = ? WHERE album_id = ?', into, from);
  removeMerged(core, 'album', from);
  keepWhatIsNotInherited(core, album, into);
  inherit(core, album, into);
  core.db.run(
    `INSERT OR REPLACE INTO album_merges (former_id, album_id, title, title_key, artist_key, by_hand, reason, snapshot, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    from,
    into,
    album.title,
    album.title_key,
    key?.name_key ?? '',
    Number(byHand),
    reason,
    JSON.stringify(snapshot),
    isoNow(core),
  );
  core.feed.touch('albums', from, true);
  core.feed.touch('albums', into);
}

/** What an album takes from one that becomes part of it, where it has none itself. */
const INHERITED = [
  ...['rating', 'note', 'wanted', 'uid', 'by_hand'],
  ...['year', 'support', 'genres', 'styles', 'formats', 'details_at'],
  ...['mbid', 'master_id', 'discogs_id', 'discogs_url', 'spotify_url'],
];
const isEmpty = (value: unknown): boolean => value === null || value === 0 || value === '[]' || value === undefined;

function inherit(core: Core, former: Snapshot, into: number): void {
  const [heir] = rowsOf(core, 'albums', 'id = ?', into);
  for (const column of INHERITED) {
    if (isEmpty(heir?.[column]) && !isEmpty(former[column])) core.db.run(`UPDATE albums SET ${column} = ? WHERE id = ?`, former[column], into);
  }
}

/** A note or rating that gives way to the other album's own stays to be read in its note's history. */
function keepWhatIsNotInherited(core: Core, former: Snapshot, into: number): void {
  const [from, history] = [revisionsId('album-note', Number(former.id)), revisionsId('album-note', into)];
  moveRevisions(core, from, history);
  const [heir] = rowsOf(core, 'albums', 'id = ?', into);
  const [note, rating] = (['note', 'rating'] as const).map((column) => {
    const givesWay = !isEmpty(former[column]) && !isEmpty(heir?.[column]) && former[column] !== heir?.[column];
    return givesWay ? former[column] : undefined;
  });
  if (note === undefined && rating === undefined) return;
  const author = lastWord(core, from);
  const written = { deviceId: author?.deviceId ?? null, writtenAt: author?.madeAt ?? null };
  keepRevision(core, history, { text: String(note ?? ''), ...(rating !== undefined && { rating: Number(rating) }), ...written }, 'merged');
}

/** Takes back what was inherited, unless it was changed since. */
function disinherit(core: Core, former: Snapshot, before: Snapshot | undefined, into: number): void {
  for (const column of INHERITED) {
    if (isEmpty(before?.[column]) && !isEmpty(former[column])) {
      core.db.run(`UPDATE albums SET ${column} = ? WHERE id = ? AND ${column} IS ?`, before?.[column], into, former[column]);
    }
  }
}

function snapshotOf(core: Core, id: number, into: number): AlbumSnapshot {
  return {
    album: rowsOf(core, 'albums', 'id = ?', id),
    heir: rowsOf(core, 'albums', 'id = ?', into),
    artists: rowsOf(core, 'album_artist', 'album_id = ?', id),
    tracks: rowsOf(core, 'tracks', 'album_id = ?', id),
    trackArtists: rowsOf(core, 'track_artist', 'track_id IN (SELECT id FROM tracks WHERE album_id = ?)', id),
    images: rowsOf(core, 'images', 'album_id = ?', id),
    metadata: rowsOf(core, 'metadata', 'album_id = ?', id),
    copies: core.db.rows<[string]>('SELECT instance_id FROM copies WHERE album_id = ?', id).map(([copy]) => copy),
  };
}

/** A track whose title and artist the other album has becomes that one; the rest moves over and keeps its artists. */
function moveTracks(core: Core, from: number, into: number): void {
  const tracks = core.db.rows<[id: number, twin: number | null]>(
    `SELECT one.id, (SELECT other.id FROM tracks AS other
       WHERE other.album_id = ?2 AND other.title_key = one.title_key AND other.kind IS NOT 'heading'
         AND (${PERFORMER('other')} IS NULL OR ${PERFORMER('one')} IS NULL OR ${PERFORMER('other')} = ${PERFORMER('one')})
       ORDER BY other.track_number IS NULL, other.track_number, other.id LIMIT 1)
     FROM tracks AS one WHERE one.album_id = ?1`,
    from,
    into,
  );
  for (const [id, twin] of tracks) if (twin !== null) mergeTrack(core, id, twin);
  const moved = tracks.filter(([, twin]) => twin === null).map(([id]) => id);
  core.db.run(
    `INSERT INTO track_artist (track_id, artist_id, position, credited_as, join_phrase)
     SELECT tracks.id, artist_id, album_artist.position, credited_as, join_phrase
     FROM tracks JOIN album_artist ON album_artist.album_id = tracks.album_id
     WHERE tracks.id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_id = tracks.id)
       AND artist_id IS NOT (SELECT artist_id FROM album_artist WHERE album_id = ?2 ORDER BY position LIMIT 1)`,
    listed(moved),
    into,
  );
  core.db.run('UPDATE tracks SET album_id = ?, track_number = NULL, position = NULL WHERE id IN (SELECT value FROM json_each(?))', into, listed(moved));
  touchPagesOf(core, moved);
  indexTracks(core, moved);
}

/** A track's own first artist. */
const PERFORMER = (track: string): string => `(SELECT artist_id FROM track_artist WHERE track_id = ${track}.id ORDER BY position LIMIT 1)`;

/**
 * Takes a merged album out again, as it was, and resolves whose plays are whose from the evidence. Matching never joins the
 * two again.
 *
 * @returns false when `former` is no album that was merged into `into`.
 */
export function splitAlbum(core: Core, former: number, into: number): boolean {
  const heard = core.db.rows<[number]>('SELECT listening_history.id FROM tracks JOIN listening_history ON track_id = tracks.id WHERE album_id = ?', into);
  const merge = takeOut(core, former, into);
  if (merge === undefined) return false;
  const key = heardKey(merge.artist_key, merge.title_key);
  core.db.run('INSERT OR IGNORE INTO album_apart (one, other, created_at) VALUES (?, ?, ?)', key, into, isoNow(core));
  reattach(core, heard.map(([id]) => id));
  return true;
}

interface Merge {
  snapshot: string;
  title_key: string;
  artist_key: string;
}

/** True when what an album was before it became part of this one is not known: the merge was told by a replica. */
export const isBareMerge = (core: Core, former: number, into: number): boolean =>
  core.db.get(`SELECT 1 FROM album_merges WHERE former_id = ? AND album_id = ? AND snapshot ->> 'album' IS NULL`, former, into) !== undefined;

/** Restores a merged album beside the one it was part of; the listens are to be attached anew. */
export function takeOut(core: Core, former: number, into: number): Merge | undefined {
  const merge = core.db.get<Merge>('DELETE FROM album_merges WHERE former_id = ? AND album_id = ? RETURNING snapshot, title_key, artist_key', former, into);
  if (merge === undefined) return undefined;
  restore(core, JSON.parse(merge.snapshot) as AlbumSnapshot, former, into);
  core.feed.touch('albums', former);
  core.feed.touch('albums', into);
  return merge;
}

function restore(core: Core, snapshot: AlbumSnapshot, former: number, into: number): void {
  const [album] = snapshot.album;
  if (album === undefined) return;
  disinherit(core, album, snapshot.heir[0], into);
  const isTaken = core.db.get('SELECT 1 FROM albums WHERE discogs_id = ?', album.discogs_id) !== undefined;
  writeRows(core, 'albums', [{ ...album, cover_image_id: null, discogs_id: isTaken ? null : album.discogs_id! }]);
  writeRows(core, 'album_artist', withArtists(core, snapshot.artists));
  for (const row of snapshot.tracks) {
    const { track_number: number, position, id } = row;
    const { changes } = core.db.run('UPDATE tracks SET album_id = ?, track_number = ?, position = ? WHERE id = ?', former, number, position, id);
    if (changes === 0) writeRows(core, 'tracks', [{ ...row, plays: 0, first_played_at: null, last_played_at: null }]);
    core.db.run(`DELETE FROM former_ids WHERE kind = 'track' AND former_id = ?`, row.id);
    core.db.run('DELETE FROM track_artist WHERE track_id = ?', row.id);
  }
  writeRows(core, 'track_artist', withArtists(core, snapshot.trackArtists));
  core.db.run('UPDATE copies SET album_id = ? WHERE instance_id IN (SELECT value FROM json_each(?))', former, listed(snapshot.copies));
  giveBack(core, 'images', 'album_id', snapshot.images, into);
  if (album.cover_image_id !== null) core.db.run('UPDATE albums SET cover_image_id = ? WHERE id = ?', album.cover_image_id, former);
  giveBack(core, 'metadata', 'album_id', snapshot.metadata, into);
  const tracks = snapshot.tracks.map(({ id }) => Number(id));
  touchPagesOf(core, tracks);
  indexAlbums(core, [former]);
  indexTracks(core, tracks);
}
