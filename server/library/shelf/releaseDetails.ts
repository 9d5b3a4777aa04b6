import { displayName, textKey } from '#shared/matching/identity.ts';
import { keepAlbumImages } from '../catalogue/albums.ts';
import { albumToday } from '../catalogue/heirs.ts';
import { type Core, isoNow } from '../core.ts';
import { writeCredits, type CreditFacts } from './releaseArtists.ts';

/** A line of a tracklist, sub-tracks following their index. */
export interface TrackFacts {
  kind: 'heading' | 'index' | 'sub-track' | null;
  position: string | null;
  title: string;
  durationSeconds: number | null;
  artists: readonly CreditFacts[];
}

export interface DetailFacts {
  tracks: readonly TrackFacts[];
  imageUrls: readonly string[];
  /** Of this pressing. */
  year: number | null;
}

interface TrackRow {
  id: number;
  title_key: string;
  track_number: number | null;
  plays: number;
}

/**
 * Writes a release's tracklist over an album's tracks: a track that is known by its title keeps its id, its listens and its love;
 * one that the list does not name any more goes only when nothing holds it.
 *
 * @param asked the album's id when the details were asked for: it may have become part of another since, or be gone.
 */
export function writeReleaseDetails(core: Core, asked: number, details: DetailFacts): void {
  const { db, feed, search } = core;
  db.transaction(() => {
    const albumId = albumToday(core, asked);
    if (albumId === null) return;
    const now = isoNow(core);
    const albumArtists = db.all<{ name: string }>('SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ?', albumId);
    const unused = db.all<TrackRow>('SELECT id, title_key, track_number, plays FROM tracks WHERE album_id = ? ORDER BY track_number IS NULL, track_number, id', albumId);
    db.run('UPDATE tracks SET track_number = NULL WHERE album_id = ?', albumId);
    details.tracks.forEach((track, index) => {
      const key = textKey(track.title);
      const at = unused.findIndex((row) => row.title_key === key);
      const known = at < 0 ? undefined : unused.splice(at, 1)[0];
      const values = [track.title, key, index + 1, track.position, track.kind, track.durationSeconds, now] as const;
      const trackId = known
        ? (db.run('UPDATE tracks SET title = ?, title_key = ?, track_number = ?, position = ?, kind = ?, duration_seconds = ifnull(?, duration_seconds), updated_at = ? WHERE id = ?', ...values, known.id), known.id)
        : db.run('INSERT INTO tracks (title, title_key, track_number, position, kind, duration_seconds, updated_at, created_at, album_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', ...values, now, albumId).lastId;
      if (track.artists.length > 0) writeCredits(core, { trackId }, track.artists);
      if (track.kind !== 'heading') search.put('tracks', trackId, [track.title, ...(track.artists.length > 0 ? track.artists : albumArtists).map(({ name }) => displayName(name))]);
    });
    for (const row of unused.filter(({ track_number: number, plays }) => number !== null && plays === 0)) {
      const { changes } = db.run('DELETE FROM tracks WHERE id = ?1 AND loved = 0 AND NOT EXISTS (SELECT 1 FROM playlist_tracks WHERE track_id = ?1)', row.id);
      if (changes > 0) search.remove('tracks', row.id);
    }
    keepAlbumImages(core, details.imageUrls.map((url) => ({ albumId, url, source: 'discogs' })));
    db.run('UPDATE albums SET details_at = ?, year = ifnull(year, ?), updated_at = ? WHERE id = ?', Math.floor(core.clock.now() / 1000), details.year, now, albumId);
    feed.touch('albums', albumId);
  });
}
