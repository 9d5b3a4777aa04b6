import type { Images, StoredImage } from '../api/images.ts';
import type { ImageSource } from '#shared/library/image.ts';
import { type Core, isoNow } from '../core.ts';
import { resolveAlbumId, resolveArtistId } from '../curation/redirects.ts';
import { shownCover } from '../documents/images.ts';
import { findLostImage, IS_LOST } from '../catalogue/lostImages.ts';

interface Row {
  id: number;
  url: string;
  source: ImageSource;
  album_id: number | null;
  artist_id: number | null;
  state: StoredImage['state'];
  has_colour: number;
}

const REVIVED_AFTER = 7 * 86_400;

export function openImages(core: Core): Images {
  const { db, feed } = core;
  const get = (id: number): StoredImage | null => {
    const row = db.get<Row>(
      'SELECT id, url, source, album_id, artist_id, state, lent_hue IS NOT NULL AS has_colour FROM images WHERE id = ?',
      id,
    );
    return row
      ? {
          id: row.id,
          url: row.url,
          source: row.source,
          albumId: row.album_id,
          artistId: row.artist_id,
          state: row.state,
          hasColour: row.has_colour === 1,
        }
      : null;
  };
  const touchOwner = (image: Pick<StoredImage, 'albumId' | 'artistId'>) => {
    if (image.albumId !== null) feed.touch('albums', image.albumId);
    if (image.artistId !== null) feed.touch('artists', image.artistId);
  };
  return {
    get,
    add({ url, source, owner, width, height }) {
      db.transaction(() => {
        const albumId = 'albumId' in owner ? resolveAlbumId(core, owner.albumId) : null;
        const artistId = 'artistId' in owner ? resolveArtistId(core, owner.artistId) : null;
        if (albumId === null && artistId === null) return;
        const known = db.get<{ id: number; state: string; checked_at: number | null }>(
          'SELECT id, state, checked_at FROM images WHERE url = ? AND ifnull(artist_id, 0) = ifnull(?, 0) AND ifnull(album_id, 0) = ifnull(?, 0)',
          url,
          artistId,
          albumId,
        );
        const now = Math.floor(core.clock.now() / 1000);
        if (known && (known.state !== 'dead' || (known.checked_at ?? 0) > now - REVIVED_AFTER)) return;
        if (!known && findLostImage(core, { url, source, albumId, artistId })) return;
        touchOwner({ albumId, artistId });
        if (known) {
          db.run(`UPDATE images SET state = 'unknown', source = ? WHERE id = ?`, source, known.id);
          return;
        }
        db.run(
          'INSERT INTO images (url, image_type, source, artist_id, album_id, width, height, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          url,
          albumId === null ? 'artist' : 'album',
          source,
          artistId,
          albumId,
          width,
          height,
          isoNow(core),
        );
      });
    },
    good(id, accent) {
      const image = get(id);
      if (!image) return;
      db.transaction(() => {
        db.run(
          `UPDATE images SET state = 'good', checked_at = ? WHERE id = ?`,
          Math.floor(core.clock.now() / 1000),
          id,
        );
        const { changes } = db.run(
          'UPDATE images SET lent_hue = ?1, lent_chroma = ?2 WHERE id = ?3 AND (lent_hue IS NOT ?1 OR lent_chroma IS NOT ?2)',
          accent.hue,
          accent.chroma,
          id,
        );
        if (changes > 0 && image.albumId !== null && shownCover(core, image.albumId)?.id === id)
          feed.touch('albums', image.albumId);
      });
    },
    dead(id) {
      const image = get(id);
      if (!image || image.state === 'dead') return;
      db.transaction(() => {
        db.run(
          `UPDATE images SET state = 'dead', checked_at = ? WHERE id = ?`,
          Math.floor(core.clock.now() / 1000),
          id,
        );
        touchOwner(image);
      });
    },
    sourcesOf(owner) {
      const rows =
        'albumId' in owner
          ? db.all<{ source: ImageSource }>(
              `SELECT DISTINCT source FROM images WHERE album_id = ? AND state <> 'dead' AND NOT ${IS_LOST}`,
              owner.albumId,
            )
          : db.all<{ source: ImageSource }>(
              `SELECT DISTINCT source FROM images WHERE artist_id = ? AND state <> 'dead' AND NOT ${IS_LOST}`,
              owner.artistId,
            );
      return rows.map(({ source }) => source);
    },
  };
}
