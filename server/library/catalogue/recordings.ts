import type { Core } from '../core.ts';

export interface Recording {
  id: number;
  album_id: number | null;
  loved: number;
  loved_upstream: number | null;
  loved_at: number | null;
}

/** Every track row of one recording: the same title by the same artist, on whichever album. */
export function recordings(core: Core, artistId: number, titleKey: string): Recording[] {
  return core.db.all<Recording>(
    `SELECT tracks.id, tracks.album_id, loved, loved_upstream, loved_at FROM tracks
     LEFT JOIN track_artist ON track_artist.track_id = tracks.id AND track_artist.position = 0
     WHERE title_key = ?2 AND ?1 = ifnull(track_artist.artist_id,
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1))
     ORDER BY tracks.id`,
    artistId,
    titleKey,
  );
}
