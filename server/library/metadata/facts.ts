import type { Facts } from '../api/facts.ts';
import { distinctNames } from '#shared/matching/distinct.ts';
import { displayName } from '#shared/matching/identity.ts';
import { resolveAlbumId, resolveArtistId } from '../curation/redirects.ts';
import { type Core, isoNow } from '../core.ts';

/** Discogs' numbers of "Various" and "Unknown Artist", who have no face. */
const NOBODY = `'194', '355'`;

/** From the queue to the albums: the other way round, each album would be held against the whole queue. */
export const ALBUMS_WITHOUT_DESCRIPTION = `enrichment_queue CROSS JOIN albums ON albums.id = CAST(substr(subject, 7) AS INTEGER) LEFT JOIN metadata ON metadata.album_id = albums.id
  WHERE upstream = 'euria' AND state IN ('waiting', 'running') AND kind = 'words' AND ai_info ->> 'language' IS NOT ?`;

interface AlbumRow {
  id: number;
  title: string;
  year: number | null;
  support: string | null;
  discogs_id: string | null;
  master_id: string | null;
  spotify_url: string | null;
  mbid: string | null;
  genres: string;
  styles: string;
  labels: string | null;
  ai_info: string | null;
  owned: number;
}

export function openFacts(core: Core): Facts {
  const { db, feed } = core;
  const hasAlbumText = (albumId: number, language: string) =>
    db.get(`SELECT 1 FROM metadata WHERE album_id = ? AND ai_info ->> 'language' = ?`, albumId, language) !== undefined;
  return {
    album(id) {
      const row = db.get<AlbumRow>(
        `SELECT albums.id, title, year, support, discogs_id, master_id, spotify_url, albums.mbid, genres, styles, labels, ai_info,
           EXISTS (SELECT 1 FROM copies WHERE album_id = albums.id) AS owned
         FROM albums LEFT JOIN metadata ON metadata.album_id = albums.id WHERE albums.id = ?`,
        id,
      );
      if (!row) return null;
      const artists = db.all<{ name: string }>(
        'SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = ? ORDER BY position',
        id,
      );
      const tracks = db.all<{ title: string }>(
        `SELECT title FROM tracks WHERE album_id = ? AND kind IS NOT 'heading' ORDER BY track_number IS NULL, track_number, id LIMIT 60`,
        id,
      );
      const albumText = row.ai_info === null ? null : (JSON.parse(row.ai_info) as { language: string });
      return {
        id: row.id,
        title: row.title,
        year: row.year,
        support: row.support,
        discogsId: row.discogs_id,
        masterId: row.master_id,
        spotifyUrl: row.spotify_url,
        mbid: row.mbid,
        owned: row.owned === 1,
        artists: artists.map(({ name }) => displayName(name)),
        tracks: tracks.map(({ title }) => title),
        labels: (JSON.parse(row.labels ?? '[]') as { name: string }[]).map(({ name }) => name),
        genres: distinctNames(JSON.parse(row.genres) as string[]),
        styles: distinctNames(JSON.parse(row.styles) as string[]),
        albumText,
      };
    },
    artist(id) {
      const row = db.get<{ id: number; name: string; spotify_id: string | null; discogs_id: string | null }>(
        'SELECT id, name, spotify_id, discogs_id FROM artists WHERE id = ?',
        id,
      );
      return row
        ? { id: row.id, name: displayName(row.name), spotifyId: row.spotify_id, discogsId: row.discogs_id }
        : null;
    },
    fillAlbum(id, { year, spotifyUrl, mbid }) {
      db.transaction(() => {
        const albumId = resolveAlbumId(core, id);
        if (albumId === null) return;
        if (mbid) db.run('UPDATE albums SET mbid = ifnull(mbid, ?) WHERE id = ?', mbid, albumId);
        const { changes } = db.run(
          `UPDATE albums SET year = ifnull(year, ?1), spotify_url = ifnull(spotify_url, ?2), updated_at = ?3 WHERE id = ?4
           AND (ifnull(year, ?1) IS NOT year OR ifnull(spotify_url, ?2) IS NOT spotify_url)`,
          year,
          spotifyUrl,
          isoNow(core),
          albumId,
        );
        if (changes > 0) feed.touch('albums', albumId);
      });
    },
    fillArtist(id, { spotifyId }) {
      db.run(
        'UPDATE artists SET spotify_id = ifnull(spotify_id, ?) WHERE id = ?',
        spotifyId,
        resolveArtistId(core, id),
      );
    },
    saveAlbumText(id, { haiku, summary, film, model, language, promptVersion }) {
      const now = isoNow(core);
      const info = JSON.stringify({
        haiku,
        model,
        language,
        promptVersion,
        writtenAt: Math.floor(core.clock.now() / 1000),
      });
      db.transaction(() => {
        const albumId = resolveAlbumId(core, id);
        if (albumId === null || (albumId !== id && hasAlbumText(albumId, language))) return;
        db.run(
          `INSERT INTO metadata (album_id, ai_info, resume, film_title, film_year, film_director, created_at, updated_at)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
           ON CONFLICT (album_id) DO UPDATE SET ai_info = ?2, resume = ?3, film_title = ?4, film_year = ?5, film_director = ?6, updated_at = ?7`,
          albumId,
          info,
          summary,
          film?.title,
          film?.year,
          film?.director,
          now,
        );
        feed.touch('albums', albumId);
      });
    },
    withoutAlbumText(language) {
      const { owned, total } = db.get<{ owned: number; total: number }>(
        `SELECT count(*) AS total, ifnull(sum(EXISTS (SELECT 1 FROM copies WHERE album_id = albums.id)), 0) AS owned
         FROM ${ALBUMS_WITHOUT_DESCRIPTION}`,
        language,
      )!;
      return { owned, others: total - owned };
    },
    hasAlbumsWithoutDescription: (language) =>
      db.get(`SELECT 1 FROM ${ALBUMS_WITHOUT_DESCRIPTION} LIMIT 1`, language) !== undefined,
    newEntities(albumsAbove, artistsAbove, limit) {
      const albums = db.all<{ id: number; owned: number; discogs_id: string | null }>(
        `SELECT id, discogs_id, EXISTS (SELECT 1 FROM copies WHERE album_id = albums.id) AS owned FROM albums WHERE id > ? ORDER BY id LIMIT ?`,
        albumsAbove,
        limit,
      );
      const artists = db.all<{ id: number }>(
        'SELECT id FROM artists WHERE id > ? ORDER BY id LIMIT ?',
        artistsAbove,
        limit,
      );
      return {
        albums: albums.map(({ id, owned, discogs_id: discogsId }) => ({ id, owned: owned === 1, discogsId })),
        artists: artists.map(({ id }) => id),
      };
    },
    notAskedAtDiscogs: (limit) =>
      db
        .rows<[number]>(
          `SELECT id FROM artists WHERE discogs_id NOT IN (${NOBODY})
             AND NOT EXISTS (SELECT 1 FROM enrichment_queue WHERE kind = 'discogs-artist' AND subject = 'artist:' || artists.id) ORDER BY id LIMIT ?`,
          limit,
        )
        .map(([id]) => id),
  };
}
