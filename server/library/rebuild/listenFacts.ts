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

/** `own`: JSON of the names of all who are credited for the track itself, in their order. */
type Row = [
  id: number,
  title: string,
  titleKey: string,
  seconds: number | null,
  album: string | null,
  own: string,
  albumArtist: string | null,
];

const CREDITED = `(SELECT json_group_array(name) FROM (SELECT name FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id ORDER BY track_artist.position, artist_id))`;
const ALBUM_ARTIST = `(SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1)`;
/** Between the artists of a credit: it is read as that again, whatever a name holds besides. */
const JOINED = ' / ';

/** The names of these tracks, by id; those that are not here are left out. */
export function trackNames({ db }: Core, ids: Iterable<number>): Map<number, TrackNames> {
  const rows = db.rows<Row>(
    `SELECT tracks.id, tracks.title, tracks.title_key, duration_seconds, albums.title, ${CREDITED}, ${ALBUM_ARTIST}
     FROM tracks LEFT JOIN albums ON albums.id = album_id WHERE tracks.id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  return new Map(
    rows.map(([id, title, titleKey, seconds, album, own, albumOwner]) => {
      const credited = (JSON.parse(own) as string[]).map(displayName);
      const first = credited[0] ?? displayName(albumOwner ?? '');
      const artist = credited.length > 1 ? credited.join(JOINED) : first;
      const albumArtist = albumOwner === null || displayName(albumOwner) === first ? null : displayName(albumOwner);
      return [id, { id, title, titleKey, album, artist, albumArtist, durationSeconds: seconds }];
    }),
  );
}
