import type { Core } from '../core.ts';
import type { TrackRow } from './tracks.ts';
import { touchHolder } from './tracks.ts';

/**
 * Removes a heard track that nothing holds any more, then its album and artists if it was all they had. Owned, wanted,
 * rated and noted albums stay, and so does whatever has listens or is in a playlist.
 *
 * @returns true when something was removed.
 */
export function removeOrphans(core: Core, track: TrackRow): boolean {
  const artists = artistsAround(core, track);
  const { changes } = core.db.run(
    `DELETE FROM tracks WHERE id = ?1 AND plays = 0 AND loved_at IS NULL AND track_number IS NULL AND position IS NULL
       AND NOT EXISTS (SELECT 1 FROM playlist_tracks WHERE track_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM archived_listens WHERE track_id = ?1)`,
    track.id,
  );
  if (changes === 0) return false;
  core.search.remove('tracks', track.id);
  touchHolder(core, track);
  if (track.albumId !== null) removeEmptyAlbum(core, track.albumId);
  for (const artistId of artists) removeIdleArtist(core, artistId);
  return true;
}

function artistsAround(core: Core, { id, albumId, artistId }: TrackRow): Set<number> {
  const credited = core.db.all<{ artist_id: number }>(
    'SELECT artist_id FROM track_artist WHERE track_id = ? UNION SELECT artist_id FROM album_artist WHERE album_id = ?',
    id,
    albumId,
  );
  return new Set([artistId, ...credited.map((row) => row.artist_id)]);
}

/** Removes an album that was only on the shelf: when its last copy went and nothing was heard, rated or written of it. */
export function removeRecord(core: Core, albumId: number): void {
  const kept = core.db.get(
    `SELECT 1 FROM tracks WHERE album_id = ?1
       AND (plays > 0 OR loved_at IS NOT NULL OR EXISTS (SELECT 1 FROM playlist_tracks WHERE track_id = tracks.id)
         OR EXISTS (SELECT 1 FROM archived_listens WHERE track_id = tracks.id))
     UNION ALL SELECT 1 FROM copies WHERE album_id = ?1
     UNION ALL SELECT 1 FROM albums WHERE id = ?1 AND (wanted = 1 OR rating > 0 OR note IS NOT NULL)
     UNION ALL SELECT 1 FROM album_merges WHERE album_id = ?1 LIMIT 1`,
    albumId,
  );
  if (kept !== undefined) return;
  const artists = core.db.rows<[number]>(
    `SELECT artist_id FROM album_artist WHERE album_id = ?1
     UNION SELECT artist_id FROM track_artist JOIN tracks ON tracks.id = track_id WHERE album_id = ?1`,
    albumId,
  );
  for (const [id] of core.db.rows<[number]>('DELETE FROM tracks WHERE album_id = ? RETURNING id', albumId)) core.search.remove('tracks', id);
  core.db.run('DELETE FROM albums WHERE id = ?', albumId);
  core.search.remove('albums', albumId);
  core.feed.touch('albums', albumId, true);
  for (const [id] of artists) removeIdleArtist(core, id);
}

/** Removes an album without tracks that nobody owns, wants, rated or wrote about. */
function removeEmptyAlbum(core: Core, albumId: number): void {
  const { changes } = core.db.run(
    `DELETE FROM albums WHERE id = ?1 AND wanted = 0 AND rating = 0 AND note IS NULL AND by_hand = 0 AND discogs_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM tracks WHERE album_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM copies WHERE album_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM album_merges WHERE album_id = ?1)`,
    albumId,
  );
  if (changes === 0) return;
  core.search.remove('albums', albumId);
  core.feed.touch('albums', albumId, true);
}

/** Removes an artist of whom nothing is left. */
export function removeIdleArtist(core: Core, artistId: number): void {
  const { changes } = core.db.run(
    `DELETE FROM artists WHERE id = ?1
       AND NOT EXISTS (SELECT 1 FROM album_artist WHERE artist_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM track_artist WHERE artist_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM artist_aliases WHERE artist_id = ?1)`,
    artistId,
  );
  if (changes === 0) return;
  core.search.remove('artists', artistId);
  core.feed.touch('artists', artistId, true);
}
