import type { Core } from '../core.ts';
import type { TrackRow } from './tracks.ts';

/** A track by its id, or by one it had before it became one with another. */
export function trackById(core: Core, id: number): TrackRow | undefined {
  const row = core.db.get<{
    id: number;
    album_id: number | null;
    loved_upstream: number | null;
    artist_id: number | null;
  }>(
    `SELECT tracks.id, album_id, loved_upstream, ifnull(
       (SELECT artist_id FROM track_artist WHERE track_id = tracks.id ORDER BY position LIMIT 1),
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1)) AS artist_id
     FROM tracks WHERE id = ?`,
    core.redirects.resolveId('track', id),
  );
  if (row === undefined) return undefined;
  return { id: row.id, albumId: row.album_id, artistId: row.artist_id ?? 0, lovedUpstream: row.loved_upstream === 1 };
}
