import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import type { ArtistRow } from './artists.ts';

/** An album as a play names it. */
export interface HeardAlbum {
  title: string;
  /** Who holds it, the first being the one it is known by. */
  artists: readonly ArtistRow[];
  mbid?: string;
}

/**
 * The album a play belongs to: one merged by hand or by matching first, then an owned one of that title and artist,
 * then one that was only heard. Null when there is none yet.
 */
export function findAlbum(core: Core, { title, artists }: HeardAlbum): number | null {
  const [holder] = artists;
  if (holder === undefined) return null;
  const key = textKey(title);
  const merged = core.db.get<{ album_id: number }>(
    'SELECT album_id FROM album_merges WHERE title_key = ? AND artist_key = ? ORDER BY by_hand DESC, former_id LIMIT 1',
    key,
    holder.name_key,
  );
  if (merged !== undefined) return merged.album_id;
  const found = core.db.get<{ id: number }>(
    `SELECT albums.id FROM albums JOIN album_artist ON album_artist.album_id = albums.id
     WHERE title_key = ?1 AND artist_id = ?2
       AND NOT EXISTS (SELECT 1 FROM album_apart WHERE one = ?3 AND other = albums.id)
     ORDER BY EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id) DESC, album_artist.position, albums.id LIMIT 1`,
    key,
    holder.id,
    heardKey(holder.name_key, key),
  );
  return found?.id ?? null;
}

/** Names a heard album by its spelling alone, as decisions about it are kept. */
export const heardKey = (artistKey: string, titleKey: string): string => `${artistKey}\n${titleKey}`;

export function albumNamed(core: Core, heard: HeardAlbum): number {
  return findAlbum(core, heard) ?? createAlbum(core, heard);
}

export function createAlbum(core: Core, { title, artists, mbid }: HeardAlbum): number {
  const now = isoNow(core);
  const { lastId: id } = core.db.run(
    'INSERT INTO albums (title, title_key, mbid, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    title,
    textKey(title),
    mbid,
    now,
    now,
  );
  artists.forEach((artist, position) =>
    core.db.run('INSERT OR IGNORE INTO album_artist (album_id, artist_id, position) VALUES (?, ?, ?)', id, artist.id, position),
  );
  core.feed.touch('albums', id);
  core.search.put('albums', id, [title, ...artists.map(({ name }) => name)]);
  return id;
}

/** Keeps a picture's address for an album, once for each address. */
export function keepAlbumImage(core: Core, albumId: number, url: string, source: string): void {
  const { changes } = core.db.run(
    `INSERT OR IGNORE INTO images (url, image_type, source, album_id, created_at) VALUES (?, 'album', ?, ?, ?)`,
    url,
    source,
    albumId,
    isoNow(core),
  );
  if (changes > 0) core.feed.touch('albums', albumId);
}
