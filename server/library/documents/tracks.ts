import type { Track } from '#shared/library/track.ts';
import { type Core, listed } from '../core.ts';
import { creditsOf } from './credits.ts';

type TrackRow = [
  owner: number,
  id: number,
  title: string,
  position: string | null,
  seconds: number | null,
  loved: number,
  kind: Track['kind'] | null,
  credited: number,
];

const COLUMNS = `tracks.id, title, tracks.position, duration_seconds, loved, kind,
  EXISTS (SELECT 1 FROM track_artist WHERE track_artist.track_id = tracks.id)`;

/** The tracks of these albums in running order; those known only from listening come last. */
export function albumTracks(core: Core, albumIds: string): Map<number, Track[]> {
  return documentsOf(
    core,
    core.db.rows<TrackRow>(
      `SELECT album_id, ${COLUMNS} FROM tracks WHERE album_id IN (SELECT value FROM json_each(?))
       ORDER BY album_id, track_number IS NULL, track_number, tracks.id`,
      albumIds,
    ),
  );
}

/** The tracks heard without an album, which ride on their artist's document. */
export function looseTracks(core: Core, artistIds: string): Map<number, Track[]> {
  return documentsOf(
    core,
    core.db.rows<TrackRow>(
      `SELECT track_artist.artist_id, ${COLUMNS} FROM track_artist JOIN tracks ON tracks.id = track_id
       WHERE track_artist.artist_id IN (SELECT value FROM json_each(?)) AND track_artist.position = 0 AND album_id IS NULL
       ORDER BY track_artist.artist_id, tracks.id`,
      artistIds,
    ),
    (owner, credits) => credits.length > 1 || credits[0]?.id !== String(owner),
  );
}

type Credits = NonNullable<Track['artists']>;

function documentsOf(
  core: Core,
  rows: readonly TrackRow[],
  differs = (_ownerId: number, _credits: Credits) => true,
): Map<number, Track[]> {
  const credited = rows.filter((row) => row[7] === 1).map((row) => row[1]);
  const credits = credited.length === 0 ? new Map<number, Credits>() : creditsOf(core, 'track', listed(credited));
  const tracks = new Map<number, Track[]>();
  for (const [owner, id, title, position, seconds, loved, kind] of rows) {
    const track: Track = { id, title };
    if (position !== null) track.position = position;
    if (seconds !== null) track.durationSeconds = seconds;
    if (loved === 1) track.loved = true;
    const artists = credits.get(id);
    if (artists !== undefined && differs(owner, artists)) track.artists = artists;
    if (kind !== null) track.kind = kind;
    const list = tracks.get(owner);
    if (list === undefined) tracks.set(owner, [track]);
    else list.push(track);
  }
  return tracks;
}
