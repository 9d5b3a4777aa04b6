import { relateAlbumTitles } from '#shared/matching/albumTitles.ts';
import { heardKey } from '../catalogue/albums.ts';
import { type Core, isoNow } from '../core.ts';
import { compareStoredAlbums } from '../shelf/joinHeard.ts';
import type { ForeignIds } from './ids.ts';

interface Album {
  id: number;
  title: string;
  title_key: string;
  owned: number;
  artist_key: string | null;
}

const COLUMNS = `albums.id, title, title_key, EXISTS (SELECT 1 FROM copies WHERE copies.album_id = albums.id) AS owned,
  (SELECT name_key FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = albums.id ORDER BY position LIMIT 1) AS artist_key`;

/**
 * A heard and an owned album that matching would join, and that are separate in the replica, were separated by a person: they
 * stay so.
 */
export function keepSeparate(core: Core, ids: ForeignIds, albumId: number): void {
  const album = core.db.get<Album>(`SELECT ${COLUMNS} FROM albums WHERE id = ?`, albumId)!;
  const others = core.db.all<Album>(
    `SELECT DISTINCT ${COLUMNS} FROM albums JOIN album_artist ON album_artist.album_id = albums.id
     WHERE albums.id <> ?1 AND artist_id IN (SELECT artist_id FROM album_artist WHERE album_id = ?1)`,
    albumId,
  );
  for (const other of others) {
    if (
      other.owned === album.owned ||
      relateAlbumTitles(other.title, album.title) === 'different' ||
      !ids.isTaken('album', other.id)
    )
      continue;
    const [heard, owned] = album.owned === 1 ? [other, album] : [album, other];
    if (compareStoredAlbums(core, heard, owned).decision !== 'same') continue;
    core.db.run(
      'INSERT OR IGNORE INTO album_apart (one, other, created_at) VALUES (?, ?, ?)',
      heardKey(heard.artist_key ?? '', heard.title_key),
      owned.id,
      isoNow(core),
    );
  }
}
