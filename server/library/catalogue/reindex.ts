import { distinctNames } from '#shared/matching/distinct.ts';
import { displayName } from '#shared/matching/identity.ts';
import { type Core, listed } from '../core.ts';

/** The names of a credit as JSON: each artist's own, and as they are printed. */
const NAMES = (table: 'album_artist' | 'track_artist', where: string): string =>
  `(SELECT json_group_array(json_array(name, credited_as)) FROM ${table} JOIN artists ON artists.id = artist_id WHERE ${where})`;
const namesIn = (json: string): string[] =>
  distinctNames(
    (JSON.parse(json) as [own: string, printed: string | null][]).flatMap(([own, printed]) => [
      displayName(own),
      ...(printed === null ? [] : [displayName(printed)]),
    ]),
  );

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
    `SELECT id, title, ${NAMES('album_artist', 'album_id = albums.id')}
     FROM albums WHERE id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  for (const [id, title, names] of rows) core.search.put('albums', id, [title, ...namesIn(names)]);
}

/** The tracks by their titles and artists: their own, else their album's. */
export function indexTracks(core: Core, ids: Iterable<number>): void {
  const rows = core.db.rows<[id: number, title: string, own: string, albums: string]>(
    `SELECT id, title, ${NAMES('track_artist', 'track_id = tracks.id')},
       ${NAMES('album_artist', 'album_artist.album_id = tracks.album_id')}
     FROM tracks WHERE id IN (SELECT value FROM json_each(?))`,
    listed(ids),
  );
  for (const [id, title, own, albums] of rows)
    core.search.put('tracks', id, [title, ...namesIn(own === '[]' ? albums : own)]);
}

const LOOSE_TRACK_ARTISTS = `SELECT DISTINCT artist_id FROM track_artist JOIN tracks ON tracks.id = track_id
  WHERE album_id IS NULL AND track_artist.position = 0 AND track_id IN (SELECT value FROM json_each(?))`;

/** Marks as changed and indexes all documents that show an artist's name: their own, and those of the albums and tracks that are credited to them. */
export function refreshArtist(
  core: Core,
  artistId: number,
  credited: { albums: readonly number[]; tracks: readonly number[] },
): void {
  const [albums, tracks] = [listed(credited.albums), listed(credited.tracks)];
  const there = core.db.rows<[number]>(
    `SELECT id FROM albums WHERE id IN (SELECT value FROM json_each(?))
     UNION SELECT album_id FROM tracks WHERE album_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    albums,
    tracks,
  );
  for (const [id] of there) core.feed.touch('albums', id);
  for (const [id] of core.db.rows<[number]>(LOOSE_TRACK_ARTISTS, tracks)) core.feed.touch('artists', id);
  const own = core.db.rows<[number]>(
    'SELECT id FROM tracks WHERE album_id IN (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?))',
    albums,
    tracks,
  );
  indexAlbums(
    core,
    there.map(([id]) => id),
  );
  indexTracks(
    core,
    own.map(([id]) => id),
  );
  indexArtist(core, artistId);
  core.feed.touch('artists', artistId);
}

/** The playlists that are there, by their names. */
export function indexPlaylists(core: Core, ids: Iterable<number>): void {
  const rows = core.db.rows<[id: number, name: string]>(
    'SELECT id, name FROM playlists WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))',
    listed(ids),
  );
  for (const [id, name] of rows) core.search.put('playlists', id, [name]);
}
