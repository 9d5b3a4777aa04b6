import { type Core, listed } from '../core.ts';

export interface Plays {
  plays: number;
  lastPlayedAt: number | null;
}

type PlaysRow = [id: number, plays: number | null, last: number | null];

const plain = (rows: readonly PlaysRow[]): Map<number, Plays> =>
  new Map(rows.map(([id, plays, last]) => [id, { plays: plays ?? 0, lastPlayedAt: last }]));

/** Plays of these albums, each summed over its pressings. */
export function playsOfAlbums(core: Core, ids: readonly number[]): Map<number, Plays> {
  return plain(
    core.db.rows<PlaysRow>(
      `WITH pressings AS (
         SELECT one.id AS id, one.id AS pressing FROM albums AS one WHERE one.id IN (SELECT value FROM json_each(?1))
         UNION
         SELECT one.id, other.id FROM albums AS one JOIN albums AS other ON other.master_id = one.master_id
         WHERE one.master_id IS NOT NULL AND one.id IN (SELECT value FROM json_each(?1))
       )
       SELECT pressings.id, sum(plays), max(last_played_at) FROM pressings JOIN tracks ON tracks.album_id = pressing GROUP BY pressings.id`,
      listed(ids),
    ),
  );
}

/** Plays of every album, each summed over its pressings: reads the tracks, not the history. */
export function playsOfAllAlbums(core: Core): Map<number, Plays> {
  return plain(
    core.db.rows<PlaysRow>(
      `WITH own AS (SELECT album_id, sum(plays) AS plays, max(last_played_at) AS last FROM tracks WHERE album_id IS NOT NULL GROUP BY album_id),
       groups AS (SELECT master_id, sum(plays) AS plays, max(last) AS last FROM own JOIN albums ON albums.id = album_id WHERE master_id IS NOT NULL GROUP BY master_id)
       SELECT albums.id, ifnull(groups.plays, own.plays), ifnull(groups.last, own.last) FROM albums
         LEFT JOIN own ON own.album_id = albums.id LEFT JOIN groups ON groups.master_id = albums.master_id`,
    ),
  );
}
