import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import type { ArtistRow } from './artists.ts';

/** A track as a play names it. */
export interface HeardTrack {
  title: string;
  albumId: number | null;
  /** Who plays it, the first being the one it is known by, then those further credited. */
  artists: readonly ArtistRow[];
  durationSeconds?: number | null;
  mbid?: string | null;
}

export interface TrackRow {
  id: number;
  albumId: number | null;
  /** The artist whose document carries a track without album. */
  artistId: number;
}

interface Candidate {
  id: number;
  duration_seconds: number | null;
  mbid: string | null;
  /** The first credited artist, null where the track has only its album's. */
  artist_id: number | null;
  /** True when the album is by the artist who is asked for. */
  by_holder: number;
}

/** The track a play belongs to, made if there is none yet; credits that are new to it are added. */
export function trackNamed(core: Core, heard: HeardTrack): TrackRow {
  const holder = heard.artists[0]!;
  const found = heard.albumId === null ? looseTrack(core, heard, holder.id) : albumTrack(core, heard, heard.albumId, holder.id);
  if (found === undefined) return { id: createTrack(core, heard), albumId: heard.albumId, artistId: holder.id };
  const track = { id: found.id, albumId: heard.albumId, artistId: holder.id };
  fillIn(core, track, found, heard);
  if (heard.artists.length > 1) credit(core, track, heard.artists);
  return track;
}

/** Tells the document that carries a track that it changed. */
export function touchHolder(core: Core, { albumId, artistId }: Pick<TrackRow, 'albumId' | 'artistId'>): void {
  if (albumId === null) core.feed.touch('artists', artistId);
  else core.feed.touch('albums', albumId);
}

function looseTrack(core: Core, heard: HeardTrack, artistId: number): Candidate | undefined {
  return core.db.get<Candidate>(
    `SELECT tracks.id, duration_seconds, mbid, artist_id, 0 AS by_holder FROM tracks
     JOIN track_artist ON track_artist.track_id = tracks.id AND track_artist.position = 0
     WHERE title_key = ? AND album_id IS NULL AND artist_id = ? ORDER BY tracks.id LIMIT 1`,
    textKey(heard.title),
    artistId,
  );
}

/** Among an album's tracks of that title: the artist's own, else one that has no credits of its own. */
function albumTrack(core: Core, heard: HeardTrack, albumId: number, artistId: number): Candidate | undefined {
  const candidates = core.db.all<Candidate>(
    `SELECT tracks.id, duration_seconds, mbid, track_artist.artist_id,
       EXISTS (SELECT 1 FROM album_artist WHERE album_id = ?1 AND artist_id = ?3) AS by_holder
     FROM tracks LEFT JOIN track_artist ON track_artist.track_id = tracks.id AND track_artist.position = 0
     WHERE title_key = ?2 AND tracks.album_id = ?1 AND kind IS NOT 'heading'
     ORDER BY track_number IS NULL, track_number, tracks.id`,
    albumId,
    textKey(heard.title),
    artistId,
  );
  return (
    candidates.find((candidate) => candidate.artist_id === artistId) ??
    candidates.find((candidate) => candidate.artist_id === null && candidate.by_holder === 1)
  );
}

function createTrack(core: Core, heard: HeardTrack): number {
  const now = isoNow(core);
  const key = textKey(heard.title);
  const holder = heard.artists[0]!;
  const sibling = recordings(core, holder.id, key).find(({ loved, loved_upstream }) => loved === 1 || loved_upstream === 1);
  const { lastId: id } = core.db.run(
    `INSERT INTO tracks (album_id, title, title_key, duration_seconds, mbid, loved, loved_upstream, loved_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    heard.albumId,
    heard.title,
    key,
    heard.durationSeconds,
    heard.mbid,
    sibling?.loved ?? 0,
    sibling?.loved_upstream,
    sibling?.loved_at,
    now,
    now,
  );
  if (heard.albumId === null || heard.artists.length > 1 || !isFirstOf(core, heard.albumId, holder.id)) {
    insertCredits(core, id, heard.artists);
  }
  touchHolder(core, { albumId: heard.albumId, artistId: holder.id });
  core.search.put('tracks', id, [heard.title, ...heard.artists.map(({ name }) => name)]);
  return id;
}

function isFirstOf(core: Core, albumId: number, artistId: number): boolean {
  return core.db.get('SELECT 1 FROM album_artist WHERE album_id = ? AND artist_id = ? AND position = 0', albumId, artistId) !== undefined;
}

function fillIn(core: Core, track: TrackRow, known: Candidate, heard: HeardTrack): void {
  if (known.mbid === null && heard.mbid != null) core.db.run('UPDATE tracks SET mbid = ? WHERE id = ?', heard.mbid, track.id);
  if (known.duration_seconds !== null || heard.durationSeconds == null) return;
  core.db.run('UPDATE tracks SET duration_seconds = ?, updated_at = ? WHERE id = ?', heard.durationSeconds, isoNow(core), track.id);
  touchHolder(core, track);
}

/** Adds the credits that a track lacks; those it has keep their place. */
function credit(core: Core, track: TrackRow, artists: readonly ArtistRow[]): void {
  if (insertCredits(core, track.id, artists) === 0) return;
  touchHolder(core, track);
}

function insertCredits(core: Core, trackId: number, artists: readonly ArtistRow[]): number {
  return artists
    .map((artist) =>
      core.db.run(
        `INSERT OR IGNORE INTO track_artist (track_id, artist_id, position)
         VALUES (?1, ?2, (SELECT ifnull(max(position) + 1, 0) FROM track_artist WHERE track_id = ?1))`,
        trackId,
        artist.id,
      ),
    )
    .reduce((added, { changes }) => added + changes, 0);
}

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
