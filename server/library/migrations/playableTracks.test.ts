import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../kit/clock.ts';
import { silentLog } from '../../kit/log.ts';
import { openDatabase } from '../database/database.ts';
import { migrate, type Migration } from './migrate.ts';
import { flawsOf } from '../testing/flaws.ts';
import { migration as library } from './0001_library.ts';
import { migration as playableTracks } from './0004_playableTracks.ts';

/** A library of before, with an album whose headings took the rows of tracks that were heard. */
function damaged() {
  const folder = mkdtempSync(join(tmpdir(), 'aime-migration-'));
  const db = openDatabase(join(folder, 'musique.db'));
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const migrated = (steps: readonly Migration[]) =>
    migrate(db, { backupsDir: join(folder, 'backups'), clock: systemClock, log: silentLog, steps });
  migrated([library]);
  db.exec(`
    INSERT INTO library_state VALUES (1, 'e', 20);
    INSERT INTO artists (id, name, name_key, sort_name, created_at, updated_at) VALUES (1, 'Pat', 'pat', 'Pat', '', '');
    INSERT INTO albums (id, title, title_key, created_at, updated_at) VALUES (1, 'Live', 'live', '', '');
    INSERT INTO album_artist (album_id, artist_id) VALUES (1, 1);
    INSERT INTO tracks (id, album_id, title, title_key, track_number, kind, loved, loved_at, created_at, updated_at) VALUES
      (1, 1, 'First Circle', 'first circle', 1, 'heading', 1, 5, '', ''), (2, 1, 'First Circle', 'first circle', 2, NULL, 0, NULL, '', ''),
      (3, 1, 'Suite', 'suite', 3, 'index', 0, NULL, '', ''), (4, 1, 'Prelude', 'prelude', 4, 'sub-track', 0, NULL, '', ''),
      (5, 1, 'Side two', 'side two', 5, 'heading', 0, NULL, '', ''), (6, 1, 'Encore', 'encore', 6, 'index', 0, NULL, '', '');
    INSERT INTO journal_pages (id, month, number, listens) VALUES ('2023-11', '2023-11', 0, 4);
    INSERT INTO listening_history (id, track_id, timestamp, date, loved, source, page, created_at) VALUES
      (1, 1, 1700000000, '2023-11-14', 1, 'lastfm', '2023-11', ''), (2, 3, 1700001000, '2023-11-14', 0, 'lastfm', '2023-11', ''),
      (3, 2, 1700002000, '2023-11-14', 0, 'lastfm', '2023-11', ''), (4, 6, 1700003000, '2023-11-14', 0, 'lastfm', '2023-11', '');
    INSERT INTO scrobbles (source, source_key, played_at, artist, title, payload, listen_id, recorded_at)
      SELECT 'lastfm', id, timestamp, 'Pat', 'x', '{}', id, 0 FROM listening_history;
    UPDATE tracks SET (plays, first_played_at, last_played_at) = (SELECT count(*), min(timestamp), max(timestamp) FROM listening_history WHERE track_id = tracks.id);
    INSERT INTO playlists (id, uid, name, track_count, created_at, updated_at) VALUES (1, 'p', 'Mine', 1, '', '');
    INSERT INTO playlist_tracks (playlist_id, track_id, position, entry, created_at) VALUES (1, 1, 0, 'a', '');
    INSERT INTO change_feed (collection, document_id, seq) VALUES ('albums', '1', 1), ('artists', '1', 2), ('journal', '2023-11', 3), ('playlists', 'p', 4);
    INSERT INTO search_tracks (rowid, folded) SELECT id, title_key FROM tracks WHERE id <> 5;
    INSERT INTO search_albums (rowid, folded) VALUES (1, 'live');
    INSERT INTO search_artists (rowid, folded) VALUES (1, 'pat');
  `);
  return { db, mend: () => migrated([library, playableTracks]) };
}

it('gives what headings took back to tracks that can be played', () => {
  const { db, mend } = damaged();
  const heard = () =>
    db.rows(
      'SELECT listening_history.id, title, kind, listening_history.loved FROM listening_history JOIN tracks ON tracks.id = track_id ORDER BY listening_history.id',
    );
  expect(heard().map(([, , kind]) => kind as string | null)).toEqual(['heading', 'index', null, 'index']);
  mend();
  expect(heard()).toEqual([
    [1, 'First Circle', null, 1],
    [2, 'Suite', null, 0],
    [3, 'First Circle', null, 1],
    // An index without parts is played as a whole.
    [4, 'Encore', 'index', 0],
  ]);
  const list = db.rows(
    'SELECT title, kind, plays FROM tracks WHERE album_id = 1 ORDER BY track_number IS NULL, track_number, id',
  );
  expect(list).toEqual([
    ['First Circle', 'heading', 0],
    ['First Circle', null, 2],
    ['Suite', 'index', 0],
    ['Prelude', 'sub-track', 0],
    ['Side two', 'heading', 0],
    ['Encore', 'index', 1],
    ['Suite', null, 1],
  ]);
  expect(db.rows('SELECT title, kind FROM playlist_tracks JOIN tracks ON tracks.id = track_id')).toEqual([
    ['First Circle', null],
  ]);
  expect(db.rows('SELECT collection, seq > 20 FROM change_feed ORDER BY collection')).toEqual([
    ['albums', 1],
    ['artists', 0],
    ['journal', 1],
    ['playlists', 1],
  ]);
  expect(flawsOf(db.file)).toEqual([]);
});
