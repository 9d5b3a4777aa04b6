import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import { libraryForTest } from '../testing/library.ts';

/** What docs/decisions/0011-tables.md promises to programs that read the file: these names stay. */
const TABLES = {
  artists: 'id name spotify_id lastfm_url created_at updated_at',
  albums: 'id title year support discogs_id spotify_url discogs_url created_at updated_at',
  album_artist: 'album_id artist_id',
  tracks: 'id title album_id track_number duration_seconds created_at updated_at',
  listening_history: 'id track_id timestamp date loved source created_at',
  images: 'id url image_type source artist_id album_id created_at',
  metadata: 'id album_id ai_info resume labels film_title film_year film_director created_at updated_at',
  playlists: 'id name algorithm ai_prompt track_count created_at',
  playlist_tracks: 'id playlist_id track_id position created_at',
};
const INDEXES = {
  idx_artist_name: 'name',
  idx_album_title: 'title',
  idx_album_year: 'year',
  idx_track_album: 'album_id',
  idx_history_track: 'track_id',
  idx_history_timestamp: 'timestamp',
  idx_history_date: 'date',
  idx_history_source: 'source',
  idx_image_artist: 'artist_id',
  idx_image_album: 'album_id',
  idx_metadata_album: 'album_id',
};
const UNIQUE = {
  artists: ['name'],
  albums: ['discogs_id'],
  tracks: ['album_id', 'track_number'],
  metadata: ['album_id'],
};

it('the tables, columns, indexes and uniqueness that others may rely on are there', () => {
  const { library, folder } = libraryForTest();
  library.close();
  const db = openDatabase(join(folder, 'musique.db'));
  try {
    const names = (sql: string) => db.all<{ name: string }>(sql).map(({ name }) => name);
    for (const [table, columns] of Object.entries(TABLES))
      expect(names(`SELECT name FROM pragma_table_info('${table}')`), table).toEqual(
        expect.arrayContaining(columns.split(' ')),
      );
    for (const [index, first] of Object.entries(INDEXES))
      expect(names(`SELECT name FROM pragma_index_info('${index}')`)[0], index).toBe(first);
    for (const [table, columns] of Object.entries(UNIQUE)) {
      const unique = names(`SELECT name FROM pragma_index_list('${table}') WHERE "unique" = 1`).map((index) =>
        names(`SELECT name FROM pragma_index_info('${index}')`),
      );
      expect(unique, table).toContainEqual(columns);
    }
  } finally {
    db.close();
  }
});
