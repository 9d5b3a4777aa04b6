import { displayName } from '#shared/matching/identity.ts';
import { type Core, listed } from '../core.ts';

/** A track as a report of it would name it. */
export interface TrackNames {
  id: number;
  title: string;
  titleKey: string;
  album: string | null;
  artist: string;
  albumArtist: string | null;
  durationSeconds: number | null;
}

type Row = [id: number, title: string, titleKey: string, seconds: number | null, album: string | null, own: string | null, albumArtist: string | null];

const FIRST = (table: string, column: string, owner: string) =>
  `(SELECT name FROM ${table} JOIN artists ON artists.id = artist_id WHERE ${table}.${column} = ${owner} ORDER BY position LIMIT 1)`;

/** The names of these tracks, by id; those that are not here are left out. */
export function trackNames({ db }: Core, ids: Iterable<number>): Map<number, TrackNames> {
  const rows = db.rows<Row>(
    `SELECT tracks.id, tracks.title, tracks.title_key, duration_seconds, albums.title, ${FIRST('track_artist', 'track_id', 'tracks.id')},
       ${FIRST('album_artist', 'album_id', 'tracks.album_id')}
     FROM tracks LEFT JOIN albums ON albums.id = album_id WHERE tracks.id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  return new Map(
    rows.map(([id, title, titleKey, seconds, album, own, holder]) => {
      const artist = displayName(own ?? holder ?? '');
      const albumArtist = holder === null || displayName(holder) === artist ? null : displayName(holder);
      return [id, { id, title, titleKey, album, artist, albumArtist, durationSeconds: seconds }];
    }),
  );
}
