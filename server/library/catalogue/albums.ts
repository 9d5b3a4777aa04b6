import { textKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import { findLostImage } from './lostImages.ts';
import type { ArtistRow } from './artists.ts';

/** An album as a play names it, with the artist it is known by first. */
export interface HeardAlbum {
  title: string;
  artists: readonly ArtistRow[];
  mbid: string | null;
}

export interface AlbumRow {
  id: number;
  /** The artist it is known by. */
  artistId: number;
}

/** Names a heard album by its spelling alone, as decisions about it are stored. */
export const heardKey = (artistKey: string, titleKey: string): string => `${artistKey}\n${titleKey}`;

/** Names a heard album among those looked up together. */
export const albumKey = ({ title, artists }: Pick<HeardAlbum, 'title' | 'artists'>): string =>
  heardKey(artists[0]!.name_key, textKey(title));

/**
 * The albums that plays belong to, by `albumKey`: one merged manually or by matching first, then an owned one of that title
 * and artist, then one that was only heard; of those, one that a person keeps separate from such a spelling comes last, so that nothing is
 * made where only that one has it since its artists became one with others. Those that do not exist yet are left out.
 */
export function findAlbums(core: Core, wanted: readonly HeardAlbum[]): Map<string, AlbumRow> {
  const rows = core.db.rows<[key: string, id: number, artistId: number]>(
    `WITH wanted AS (
       SELECT value ->> 0 AS key, value ->> 1 AS title_key, value ->> 2 AS artist_id, value ->> 3 AS artist_key FROM json_each(?)
     ), found AS (
       SELECT key, ifnull(
         (SELECT album_id FROM album_merges WHERE album_merges.title_key = wanted.title_key AND album_merges.artist_key = wanted.artist_key
          ORDER BY by_hand DESC, former_id LIMIT 1),
         (SELECT albums.id FROM albums JOIN album_artist ON album_artist.album_id = albums.id AND album_artist.artist_id = wanted.artist_id
            LEFT JOIN album_apart ON one = wanted.key AND other = albums.id
          WHERE albums.title_key = wanted.title_key
          ORDER BY one IS NOT NULL, EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id) DESC, album_artist.position, albums.id LIMIT 1)) AS id
       FROM wanted
     )
     SELECT key, id, ifnull((SELECT artist_id FROM album_artist WHERE album_id = id ORDER BY position LIMIT 1), 0) FROM found WHERE id IS NOT NULL`,
    JSON.stringify(
      wanted.map((album) => [albumKey(album), textKey(album.title), album.artists[0]!.id, album.artists[0]!.name_key]),
    ),
  );
  return new Map(rows.map(([key, id, artistId]) => [key, { id, artistId }]));
}

export function createAlbum(core: Core, { title, artists, mbid }: HeardAlbum): AlbumRow {
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
    core.db.run(
      'INSERT OR IGNORE INTO album_artist (album_id, artist_id, position) VALUES (?, ?, ?)',
      id,
      artist.id,
      position,
    ),
  );
  core.feed.touch('albums', id);
  core.search.put('albums', id, [title, ...artists.map(({ name }) => name)]);
  return { id, artistId: artists[0]!.id };
}

/** Keeps pictures' addresses for albums, each once. */
export function keepAlbumImages(core: Core, images: readonly { albumId: number; url: string; source: string }[]): void {
  if (images.length === 0) return;
  for (const image of images) findLostImage(core, image);
  const added = core.db.rows<[number]>(
    `INSERT OR IGNORE INTO images (url, image_type, source, album_id, created_at)
     SELECT value ->> 'url', 'album', value ->> 'source', value ->> 'albumId', ? FROM json_each(?) RETURNING album_id`,
    isoNow(core),
    JSON.stringify(images),
  );
  for (const [albumId] of added) core.feed.touch('albums', albumId);
}
