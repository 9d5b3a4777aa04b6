import { displayName } from '#shared/matching/identity.ts';
import { type Core, listed } from '../core.ts';

/** Writes anew under which names an artist, and what is theirs, is found by search. */
export function indexArtist(core: Core, id: number): void {
  const artist = core.db.get<{ name: string }>('SELECT name FROM artists WHERE id = ?', id);
  if (artist === undefined) return core.search.remove('artists', id);
  const aliases = core.db.rows<[string]>('SELECT name FROM artist_aliases WHERE artist_id = ? ORDER BY name_key', id);
  core.search.put('artists', id, [artist.name, ...aliases.map(([name]) => name)].map(displayName));
}

/** The albums by their titles and artists. */
export function indexAlbums(core: Core, ids: Iterable<number>): void {
  const rows = core.db.rows<[id: number, title: string, names: string]>(
    `SELECT id, title, (SELECT json_group_array(name) FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_id = albums.id)
     FROM albums WHERE id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  for (const [id, title, names] of rows) core.search.put('albums', id, [title, ...(JSON.parse(names) as string[]).map(displayName)]);
}

/** The tracks by their titles and artists: their own, else their album's. */
export function indexTracks(core: Core, ids: Iterable<number>): void {
  const rows = core.db.rows<[id: number, title: string, own: string, albums: string]>(
    `SELECT id, title, (SELECT json_group_array(name) FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_id = tracks.id),
       (SELECT json_group_array(name) FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id)
     FROM tracks WHERE id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  for (const [id, title, own, albums] of rows) {
    const names = JSON.parse(own === '[]' ? albums : own) as string[];
    core.search.put('tracks', id, [title, ...names.map(displayName)]);
  }
}
