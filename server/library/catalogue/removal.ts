import type { Core } from '../core.ts';
import { touchTrackOwner, type TrackRow } from './tracks.ts';

/**
 * Whether an artist, an album or a track may go is decided here and nowhere else, and only this file deletes them. What a person
 * heard, owns or wrote stays: a removal asks every table that could hold such a thing.
 */

/** Love, given or taken back. */
const TRACK_IS_LOVED = '(tracks.loved = 1 OR tracks.loved_at IS NOT NULL)';

/** It plays at the turntable, also under a former id: its listen is still to come. */
const TRACK_IS_PLAYED = `EXISTS (SELECT 1 FROM turntable_sessions AS session, json_each(session.tracks) AS played
  WHERE session.state = 'open' AND (played.value ->> 'trackId' = tracks.id
    OR played.value ->> 'trackId' IN (SELECT former_id FROM former_ids WHERE former_ids.kind = 'track' AND former_ids.id = tracks.id)))`;

/** Listens of a track, in the journal, archived, in given figures, or to come, also under a former id; a place in a playlist. */
const TRACK_IS_RETAINED = `(tracks.plays > 0
  OR EXISTS (SELECT 1 FROM listening_history WHERE track_id = tracks.id)
  OR EXISTS (SELECT 1 FROM archived_listens WHERE track_id = tracks.id)
  OR EXISTS (SELECT 1 FROM former_ids JOIN archived_listens ON track_id = former_id WHERE former_ids.kind = 'track' AND former_ids.id = tracks.id)
  OR EXISTS (SELECT 1 FROM given_plays WHERE track_id = tracks.id)
  OR EXISTS (SELECT 1 FROM former_ids JOIN given_plays ON track_id = former_id WHERE former_ids.kind = 'track' AND former_ids.id = tracks.id)
  OR EXISTS (SELECT 1 FROM playlist_tracks WHERE track_id = tracks.id)
  OR ${TRACK_IS_PLAYED})`;

/** What keeps a track. */
const TRACK_IS_HELD = `(${TRACK_IS_RETAINED} OR ${TRACK_IS_LOVED})`;

/** SQL: a track that is loved just so, by which no love is lost. */
const HAS_ITS_LOVE =
  'EXISTS (SELECT 1 FROM tracks AS survivor WHERE survivor.id = ? AND survivor.loved = tracks.loved AND survivor.loved_at IS tracks.loved_at)';

/** What keeps an album: a copy, a place on the wantlist, a rating, a note, a record added manually, an album merged into it, a track that is held. */
const ALBUM_IS_HELD = `(albums.wanted = 1 OR albums.rating > 0 OR albums.note IS NOT NULL OR albums.by_hand = 1
  OR EXISTS (SELECT 1 FROM copies WHERE album_id = albums.id)
  OR EXISTS (SELECT 1 FROM album_merges WHERE album_id = albums.id)
  OR EXISTS (SELECT 1 FROM tracks WHERE album_id = albums.id AND ${TRACK_IS_HELD}))`;

/** What keeps an artist: a credit, another name that leads to them, an artist merged into them. */
const ARTIST_IS_HELD = `(EXISTS (SELECT 1 FROM album_artist WHERE artist_id = artists.id)
  OR EXISTS (SELECT 1 FROM track_artist WHERE artist_id = artists.id)
  OR EXISTS (SELECT 1 FROM artist_aliases WHERE artist_id = artists.id))`;

/** True when a person heard, loves or listed the track, so that its row must stay for that alone. */
export const isTrackHeld = (core: Core, trackId: number): boolean =>
  core.db.get(`SELECT 1 FROM tracks WHERE id = ? AND ${TRACK_IS_HELD}`, trackId) !== undefined;

/** What holds a track or an album besides what the tables say: its listens are still to come. */
export type IsAwaited = (kind: 'album' | 'track', id: number) => boolean;
export const nothingAwaited: IsAwaited = () => false;

/**
 * Removes a track known only from listening once nothing holds it; a track of a tracklist stays as long as its album. Its album and
 * artists go with it when nothing else holds them.
 *
 * @param survivor the track that its listens went to, whose love alone does not hold it.
 * @returns true when something was removed.
 */
export function removeIdleTrack(
  core: Core,
  track: TrackRow,
  { survivor = 0, isAwaited = nothingAwaited }: { survivor?: number; isAwaited?: IsAwaited } = {},
): boolean {
  if (isAwaited('track', track.id)) return false;
  const artists = new Set([track.artistId, ...creditedWith(core, track)]);
  const { changes } = core.db.run(
    `DELETE FROM tracks WHERE id = ? AND track_number IS NULL AND position IS NULL AND NOT ${TRACK_IS_RETAINED} AND (NOT ${TRACK_IS_LOVED} OR ${HAS_ITS_LOVE})`,
    track.id,
    survivor,
  );
  const { albumId } = track;
  const albumWent = albumId !== null && !isAwaited('album', albumId) && removeIdleAlbum(core, albumId);
  if (changes === 0) return albumWent;
  core.search.remove('tracks', track.id);
  if (!albumWent) touchTrackOwner(core, track);
  for (const artistId of artists) removeIdleArtist(core, artistId);
  return true;
}

/** Removes a line that a tracklist does not name any more, unless something holds it. @returns true when it went. */
export function removeUnlistedTrack(core: Core, trackId: number): boolean {
  const { changes } = core.db.run(`DELETE FROM tracks WHERE id = ? AND NOT ${TRACK_IS_HELD}`, trackId);
  if (changes > 0) core.search.remove('tracks', trackId);
  return changes > 0;
}

/**
 * Removes an album with its tracklist when nobody owns, wants, rated or wrote about it and none of its tracks is held; then the
 * artists of whom nothing is left.
 *
 * @returns true when it went.
 */
export function removeIdleAlbum(core: Core, albumId: number): boolean {
  const { db, feed, search } = core;
  if (db.get(`SELECT 1 FROM albums WHERE id = ? AND NOT ${ALBUM_IS_HELD}`, albumId) === undefined) return false;
  const artists = db.rows<[number]>(
    `SELECT artist_id FROM album_artist WHERE album_id = ?1
     UNION SELECT artist_id FROM track_artist JOIN tracks ON tracks.id = track_id WHERE album_id = ?1`,
    albumId,
  );
  for (const [id] of db.rows<[number]>('DELETE FROM tracks WHERE album_id = ? RETURNING id', albumId))
    search.remove('tracks', id);
  db.run('DELETE FROM albums WHERE id = ?', albumId);
  search.remove('albums', albumId);
  feed.touch('albums', albumId, true);
  for (const [id] of artists) removeIdleArtist(core, id);
  return true;
}

/** Removes an artist of whom nothing is left. @returns true when they went. */
function removeIdleArtist(core: Core, artistId: number): boolean {
  const { changes } = core.db.run(`DELETE FROM artists WHERE id = ? AND NOT ${ARTIST_IS_HELD}`, artistId);
  if (changes === 0) return false;
  core.search.remove('artists', artistId);
  core.feed.touch('artists', artistId, true);
  return true;
}

/**
 * Removes the row of what became one with another, after all that it held went over.
 *
 * @throws when a listen or a copy is still with it: a row that goes takes those with it.
 */
export function removeMerged(core: Core, kind: 'artist' | 'album' | 'track', id: number): void {
  const left = core.db.get(LEFT_BEHIND[kind], id);
  if (left !== undefined) throw new Error(`The ${kind} ${id} still holds something`);
  core.db.run(DELETED[kind], id);
  core.search.remove(`${kind}s`, id);
}

const DELETED = {
  artist: 'DELETE FROM artists WHERE id = ?',
  album: 'DELETE FROM albums WHERE id = ?',
  track: 'DELETE FROM tracks WHERE id = ?',
} as const;

const LEFT_BEHIND = {
  artist:
    'SELECT 1 FROM album_artist WHERE artist_id = ?1 UNION ALL SELECT 1 FROM track_artist WHERE artist_id = ?1 LIMIT 1',
  album: 'SELECT 1 FROM tracks WHERE album_id = ?1 UNION ALL SELECT 1 FROM copies WHERE album_id = ?1 LIMIT 1',
  track:
    'SELECT 1 FROM listening_history WHERE track_id = ?1 UNION ALL SELECT 1 FROM playlist_tracks WHERE track_id = ?1 LIMIT 1',
} as const;

function creditedWith(core: Core, { id, albumId }: TrackRow): number[] {
  return core.db
    .rows<[number]>(
      'SELECT artist_id FROM track_artist WHERE track_id = ? UNION SELECT artist_id FROM album_artist WHERE album_id = ?',
      id,
      albumId,
    )
    .map(([artistId]) => artistId);
}
