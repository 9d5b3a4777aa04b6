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

/** What a new track of a recording takes over from its other rows: whether it is loved, here and at Last.fm. */
export type Love = Pick<Recording, 'loved' | 'loved_upstream' | 'loved_at'>;

/** The love that each of these recordings has on another album, by its place in the list; most have none. */
export function lovesOf(core: Core, wanted: readonly { artistId: number; titleKey: string }[]): Map<number, Love> {
  const rows = core.db.rows<[place: number, loved: number, upstream: number | null, at: number | null]>(
    `WITH wanted AS (SELECT key AS place, value ->> 0 AS title_key, value ->> 1 AS artist_id FROM json_each(?))
     SELECT place, loved, loved_upstream, loved_at FROM wanted CROSS JOIN tracks ON tracks.title_key = wanted.title_key
     LEFT JOIN track_artist ON track_artist.track_id = tracks.id AND track_artist.position = 0
     WHERE (loved = 1 OR loved_upstream = 1) AND wanted.artist_id = ifnull(track_artist.artist_id,
       (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1))
     ORDER BY place, tracks.id DESC`,
    JSON.stringify(wanted.map(({ artistId, titleKey }) => [titleKey, artistId])),
  );
  return new Map(
    rows.map(([place, loved, upstream, at]) => [place, { loved, loved_upstream: upstream, loved_at: at }]),
  );
}
