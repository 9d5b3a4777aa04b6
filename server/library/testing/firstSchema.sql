-- A library as the first schema left it, with rows in every table; see ../upgrade.test.ts. It stays as it is whatever becomes of the migrations.
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE artists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  name_key TEXT NOT NULL UNIQUE,          -- whatever the case and the Unicode form of accents
  sort_name TEXT NOT NULL,
  spotify_id TEXT,
  lastfm_url TEXT,
  discogs_id TEXT UNIQUE,
  mbid TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE albums (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  year INTEGER,
  support TEXT,
  discogs_id TEXT UNIQUE,
  spotify_url TEXT,
  discogs_url TEXT,
  master_id TEXT,                         -- Discogs' master: pressings that share it form a group
  mbid TEXT,
  genres TEXT NOT NULL DEFAULT '[]',      -- JSON arrays of names
  styles TEXT NOT NULL DEFAULT '[]',
  formats TEXT NOT NULL DEFAULT '[]',     -- JSON, as Discogs describes them
  wanted INTEGER NOT NULL DEFAULT 0,
  want_pass TEXT,                         -- the import that last saw it on the wantlist
  rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
  note TEXT,
  cover_image_id INTEGER REFERENCES images(id) ON DELETE SET NULL,  -- a person's choice; null follows the rule
  lent_hue REAL,
  lent_chroma REAL,
  uid TEXT UNIQUE,                        -- the device's name for a record added by hand
  by_hand INTEGER NOT NULL DEFAULT 0,
  details_at INTEGER,                     -- when the release's details were last read, epoch seconds
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE album_artist (
  album_id INTEGER NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists(id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  credited_as TEXT,                       -- the name as printed, where it differs
  join_phrase TEXT,                       -- what stands between this name and the next
  PRIMARY KEY (album_id, artist_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tracks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  album_id INTEGER REFERENCES albums(id) ON DELETE CASCADE,   -- null for a play without album
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  track_number INTEGER,                   -- running order on the album
  position TEXT,                          -- as printed: A1, 1-4
  kind TEXT CHECK (kind IN ('heading', 'index', 'sub-track')),
  duration_seconds INTEGER,
  loved INTEGER NOT NULL DEFAULT 0,
  loved_upstream INTEGER,                 -- Last.fm's value when last seen there; null when never seen
  loved_at INTEGER,                       -- when a person last loved it or took that back, epoch seconds
  mbid TEXT,
  plays INTEGER NOT NULL DEFAULT 0,       -- kept in step, so that no list counts the history
  first_played_at INTEGER,
  last_played_at INTEGER,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (album_id, track_number)
) STRICT;
CREATE TABLE listening_history (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  timestamp INTEGER NOT NULL,             -- start of the play, epoch seconds
  date TEXT NOT NULL,                     -- the household's date, ISO 8601
  loved INTEGER NOT NULL DEFAULT 0,       -- follows the track
  source TEXT NOT NULL,                   -- of the witness that is believed first
  zone TEXT,
  ended_at INTEGER,
  listened_seconds INTEGER,
  witnesses INTEGER NOT NULL DEFAULT 1,
  note TEXT,
  gone_upstream INTEGER NOT NULL DEFAULT 0,
  page TEXT NOT NULL,                     -- the journal page it was first put on
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE journal_pages (
  id TEXT PRIMARY KEY,                    -- 2026-11, 2026-11.1 …
  month TEXT NOT NULL,
  number INTEGER NOT NULL,
  listens INTEGER NOT NULL DEFAULT 0,
  UNIQUE (month, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE images (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  url TEXT NOT NULL,
  image_type TEXT NOT NULL CHECK (image_type IN ('artist', 'album')),
  source TEXT NOT NULL,
  artist_id INTEGER REFERENCES artists(id) ON DELETE CASCADE,
  album_id INTEGER REFERENCES albums(id) ON DELETE CASCADE,
  width INTEGER,
  height INTEGER,
  state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('unknown', 'good', 'dead')),
  checked_at INTEGER,
  created_at TEXT NOT NULL,
  CHECK ((artist_id IS NULL) <> (album_id IS NULL))
) STRICT;
CREATE TABLE metadata (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  album_id INTEGER NOT NULL UNIQUE REFERENCES albums(id) ON DELETE CASCADE,
  ai_info TEXT,                           -- JSON: {haiku, model, language, promptVersion, writtenAt}
  resume TEXT,
  labels TEXT NOT NULL DEFAULT '[]',      -- JSON: [{name, catalogueNumber}]
  film_title TEXT,
  film_year INTEGER,
  film_director TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE playlists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,               -- its id in the API and the replica
  name TEXT NOT NULL,
  algorithm TEXT,
  ai_prompt TEXT,
  options TEXT,                           -- JSON
  track_count INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('writing', 'ready', 'failed')),
  failure TEXT,
  deleted_at INTEGER,                     -- kept as a tombstone so that a delete can be undone
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TABLE playlist_tracks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
  track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  entry TEXT NOT NULL,                    -- the place's own name, for merging edits of two devices
  reason TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE track_artist (
  track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists(id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  credited_as TEXT,
  join_phrase TEXT,
  PRIMARY KEY (track_id, artist_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE former_ids (
  kind TEXT NOT NULL CHECK (kind IN ('track', 'listen')),
  former_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (kind, former_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE artist_aliases (
  name_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  artist_id INTEGER NOT NULL REFERENCES artists(id) ON DELETE CASCADE,
  former_id INTEGER,
  snapshot TEXT,                          -- JSON: what a split needs to take it out again
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE album_merges (
  former_id INTEGER PRIMARY KEY,
  album_id INTEGER NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  artist_key TEXT NOT NULL,
  by_hand INTEGER NOT NULL,
  reason TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE TABLE album_apart (
  one TEXT NOT NULL,                      -- artist key + title key of the heard album
  other INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE search_artists USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_albums USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_tracks USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_playlists USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_artists_words USING fts5vocab(search_artists, row);
CREATE VIRTUAL TABLE search_albums_words USING fts5vocab(search_albums, row);
CREATE VIRTUAL TABLE search_tracks_words USING fts5vocab(search_tracks, row);
CREATE TABLE scrobbles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  source_key TEXT NOT NULL,
  played_at INTEGER NOT NULL,
  ended_at INTEGER,
  listened_seconds INTEGER,
  artist TEXT NOT NULL,
  album_artist TEXT,
  title TEXT NOT NULL,
  album TEXT,
  duration_seconds INTEGER,
  artist_mbid TEXT,
  track_mbid TEXT,
  album_mbid TEXT,
  zone TEXT,                              -- Roon's zone, or the client that reported it
  payload TEXT NOT NULL,                  -- the report as it came, JSON
  track_id INTEGER,                       -- the very track a person named; null where only the names are known
  listen_id INTEGER,                      -- what it was resolved to; kept when the listen is deleted or archived
  state TEXT NOT NULL DEFAULT 'resolved' CHECK (state IN ('resolved', 'deleted', 'archived', 'withdrawn')),
  gone_upstream INTEGER NOT NULL DEFAULT 0,
  reasons TEXT,                           -- JSON: why it was joined to its listen
  corrected_from TEXT,                    -- JSON: earlier spellings under the same key
  recorded_at INTEGER NOT NULL,
  UNIQUE (source, source_key)
) STRICT;
CREATE TABLE deleted_listens (
  listen_id INTEGER PRIMARY KEY,
  listen TEXT NOT NULL,                   -- JSON: the row
  deleted_at INTEGER NOT NULL
) STRICT;
CREATE TABLE archived_listens (
  listen_id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  track_id INTEGER NOT NULL,
  holder INTEGER NOT NULL,                -- album id, or minus the artist's, where the track was then
  timestamp INTEGER NOT NULL,
  source TEXT NOT NULL,
  zone TEXT
) STRICT;
CREATE TABLE witness_decisions (
  one TEXT NOT NULL,                      -- source:source_key, the smaller first
  other TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_feed (
  collection TEXT NOT NULL,
  document_id TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  deleted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (collection, document_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE library_state (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  last_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE intents (
  id TEXT PRIMARY KEY,
  device_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  intent TEXT NOT NULL,
  verdict TEXT NOT NULL,
  subject TEXT,                           -- what it decided (rating:12), where a later word goes before an earlier one
  applied_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  name TEXT,
  user_agent TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  last_seq INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE copies (
  instance_id TEXT PRIMARY KEY,
  album_id INTEGER NOT NULL REFERENCES albums(id) ON DELETE CASCADE,
  folder_id TEXT,
  date_added INTEGER,
  rating INTEGER,
  notes TEXT NOT NULL DEFAULT '[]',       -- JSON: [{field, value}]
  format TEXT,
  source TEXT NOT NULL DEFAULT 'discogs',
  seen_in_pass TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE discogs_folders (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE discogs_fields (id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE service_states (service TEXT PRIMARY KEY, state TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE enrichment_queue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,                  -- album:12, artist:7
  upstream TEXT NOT NULL,
  priority INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'given-up')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at INTEGER NOT NULL DEFAULT 0,
  reason TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (kind, subject)
) STRICT;
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  schedule TEXT,                          -- a person's own; null follows the job's
  enabled INTEGER NOT NULL DEFAULT 1,
  due_at INTEGER,
  state TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE job_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('done', 'failed', 'timed-out', 'stopped', 'interrupted', 'waiting')),
  summary TEXT,
  error TEXT,
  trigger TEXT NOT NULL
) STRICT;
CREATE TABLE rollups (
  id TEXT PRIMARY KEY,                    -- 2024-03, the household's month
  document TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO artists (id, name, name_key, sort_name, spotify_id, lastfm_url, discogs_id, mbid, created_at, updated_at) VALUES
  (1, 'Sigur Rós', 'sigur rós', 'Sigur Rós', NULL, 'https://www.last.fm/music/Sigur+R%C3%B3s', '24673', 'f6f2326f-6b25-4170-b89d-e235b25508e8', '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (2, 'The Notwist', 'the notwist', 'Notwist, The', NULL, NULL, '13465', NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (3, '椎名林檎', '椎名林檎', '椎名林檎', NULL, NULL, NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (4, 'Nirvana (2)', 'nirvana (2)', 'Nirvana', NULL, NULL, '307513', NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO albums (id, title, title_key, year, support, discogs_id, spotify_url, discogs_url, master_id, mbid, genres, styles, formats, wanted, want_pass, rating, note, cover_image_id, lent_hue, lent_chroma, uid, by_hand, details_at, created_at, updated_at) VALUES
  (1, 'Ágætis Byrjun', 'ágætis byrjun', 1999, 'Vinyl', '1234567', NULL, 'https://www.discogs.com/release/1234567', '2700', NULL, '["Rock"]', '["Post Rock"]', '[{"name":"Vinyl","qty":"2","descriptions":["LP","Album"]}]', 0, NULL, 5, 'Bought in Reykjavík.', 1, 210.5, 0.08, NULL, 0, 1709320000, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (2, 'Neon Golden', 'neon golden', 2002, NULL, NULL, NULL, NULL, NULL, NULL, '[]', '[]', '[]', 1, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (3, 'All of Us', 'all of us', 1968, 'CD', NULL, NULL, NULL, NULL, NULL, '[]', '[]', '[]', 0, NULL, 3, NULL, NULL, NULL, NULL, '33333333-3333-4333-8333-333333333333', 1, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO album_artist (album_id, artist_id, position, credited_as, join_phrase) VALUES
  (1, 1, 0, NULL, NULL),
  (2, 2, 0, 'Notwist', NULL),
  (3, 4, 0, NULL, NULL);
INSERT INTO tracks (id, album_id, title, title_key, track_number, position, kind, duration_seconds, loved, loved_upstream, loved_at, mbid, plays, first_played_at, last_played_at, created_at, updated_at) VALUES
  (1, 1, 'First side', 'first side', 1, NULL, 'heading', NULL, 0, NULL, NULL, NULL, 0, NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (2, 1, 'Svefn-g-englar', 'svefn-g-englar', 2, 'A1', NULL, 604, 1, 0, 1709323900, NULL, 2, 1709323200, 1709323200, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (3, 1, 'Starálfur', 'starálfur', 3, 'A2', NULL, 407, 0, NULL, NULL, NULL, 0, NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (4, 2, 'Pick Up the Phone', 'pick up the phone', NULL, NULL, NULL, NULL, 1, 1, NULL, NULL, 1, 1709327200, 1709327200, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (5, NULL, '正しい街', '正しい街', NULL, NULL, NULL, 233, 0, NULL, NULL, NULL, 1, 1709413200, 1709413200, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (6, 3, 'Rainbow Chaser', 'rainbow chaser', 1, '1', NULL, 157, 0, NULL, NULL, NULL, 0, NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO listening_history (id, track_id, timestamp, date, loved, source, zone, ended_at, listened_seconds, witnesses, note, gone_upstream, page, created_at) VALUES
  (1, 2, 1709323200, '2024-03-01', 1, 'roon', 'Living room', 1709323804, 604, 2, 'With the lights off.', 0, '2024-03', '2024-03-01T20:00:00.000Z'),
  (2, 4, 1709327200, '2024-03-01', 1, 'lastfm', NULL, NULL, NULL, 1, NULL, 0, '2024-03', '2024-03-01T21:06:40.000Z'),
  (3, 5, 1709413200, '2024-03-02', 0, 'manual', NULL, NULL, NULL, 1, NULL, 0, '2024-03', '2024-03-02T21:00:00.000Z'),
  (4, 2, 1108290000, '2005-02-13', 1, 'lastfm', NULL, NULL, NULL, 1, NULL, 0, '2005-02', '2024-03-01T20:00:00.000Z');
INSERT INTO journal_pages (id, month, number, listens) VALUES
  ('2005-02', '2005-02', 0, 1),
  ('2024-03', '2024-03', 0, 3);
INSERT INTO images (id, url, image_type, source, artist_id, album_id, width, height, state, checked_at, created_at) VALUES
  (1, 'https://i.discogs.com/agaetis.jpg', 'album', 'discogs', NULL, 1, 600, 600, 'good', 1709323200, '2024-03-01T20:00:00.000Z'),
  (2, 'https://i.discogs.com/sigur.jpg', 'artist', 'discogs', 1, NULL, NULL, NULL, 'unknown', NULL, '2024-03-01T20:00:00.000Z');
INSERT INTO metadata (id, album_id, ai_info, resume, labels, film_title, film_year, film_director, created_at, updated_at) VALUES
  (1, 1, '{"haiku":"Ice sings","model":"m","language":"en","promptVersion":1,"writtenAt":1709323200}', 'A record of ice.', '[{"name":"Smekkleysa","catalogueNumber":"SM79"}]', NULL, NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO playlists (id, uid, name, algorithm, ai_prompt, options, track_count, state, failure, deleted_at, created_at, updated_at) VALUES
  (1, '55555555-5555-4555-8555-555555555555', 'Evening', NULL, NULL, NULL, 2, 'ready', NULL, NULL, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z'),
  (2, '66666666-6666-4666-8666-666666666666', 'Gone', NULL, NULL, NULL, 0, 'ready', NULL, 1709323300, '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO playlist_tracks (id, playlist_id, track_id, position, entry, reason, created_at) VALUES
  (1, 1, 5, 0, 'a', NULL, '2024-03-01T20:00:00.000Z'),
  (2, 1, 2, 1, 'b', 'It begins softly.', '2024-03-01T20:00:00.000Z');
INSERT INTO track_artist (track_id, artist_id, position, credited_as, join_phrase) VALUES
  (4, 2, 0, NULL, NULL),
  (5, 3, 0, NULL, NULL);
INSERT INTO former_ids (kind, former_id, id) VALUES
  ('listen', 8, 1),
  ('track', 9, 2);
INSERT INTO artist_aliases (name_key, name, artist_id, former_id, snapshot, created_at) VALUES
  ('notwist', 'Notwist', 2, 7, '{"artist":[{"id":7,"name":"Notwist","name_key":"notwist","sort_name":"Notwist","spotify_id":null,"lastfm_url":null,"discogs_id":null,"mbid":null,"created_at":"2024-02-01T20:00:00.000Z","updated_at":"2024-02-01T20:00:00.000Z"}],"albumArtist":[{"album_id":2,"artist_id":7,"position":0,"credited_as":null,"join_phrase":null}],"trackArtist":[],"aliases":[],"images":[],"albums":[],"merges":[]}', '2024-02-02T20:00:00.000Z'),
  ('sigur ros', 'Sigur Ros', 1, NULL, NULL, '2024-03-01T20:00:00.000Z');
INSERT INTO album_merges (former_id, album_id, title, title_key, artist_key, by_hand, reason, snapshot, created_at) VALUES
  (8, 1, 'Agaetis Byrjun', 'agaetis byrjun', 'sigur rós', 0, 'same-record title', '{"album":[{"id":8,"title":"Agaetis Byrjun","title_key":"agaetis byrjun","year":null,"support":null,"discogs_id":null,"spotify_url":null,"discogs_url":null,"master_id":null,"mbid":null,"genres":"[]","styles":"[]","formats":"[]","wanted":0,"want_pass":null,"rating":0,"note":null,"cover_image_id":null,"lent_hue":null,"lent_chroma":null,"uid":null,"by_hand":0,"details_at":null,"created_at":"2024-02-01T20:00:00.000Z","updated_at":"2024-02-01T20:00:00.000Z"}],"heir":[],"artists":[{"album_id":8,"artist_id":1,"position":0,"credited_as":null,"join_phrase":null}],"tracks":[],"trackArtists":[],"images":[],"metadata":[],"copies":[]}', '2024-02-03T20:00:00.000Z');
INSERT INTO album_apart (one, other, created_at) VALUES
  ('the notwist
neon golden live', 2, '2024-02-03T20:00:00.000Z');
INSERT INTO search_artists (rowid, folded) VALUES
  (1, 'sigur ros sigur ros'),
  (2, 'the notwist notwist'),
  (3, '椎名林檎'),
  (4, 'nirvana');
INSERT INTO search_albums (rowid, folded) VALUES
  (1, 'agaetis byrjun sigur ros'),
  (2, 'neon golden notwist'),
  (3, 'all of us nirvana');
INSERT INTO search_tracks (rowid, folded) VALUES
  (2, 'svefn g englar sigur ros'),
  (3, 'staralfur sigur ros'),
  (4, 'pick up the phone the notwist'),
  (5, '正しい街 椎名林檎'),
  (6, 'rainbow chaser nirvana');
INSERT INTO search_playlists (rowid, folded) VALUES
  (1, 'evening');
INSERT INTO scrobbles (id, source, source_key, played_at, ended_at, listened_seconds, artist, album_artist, title, album, duration_seconds, artist_mbid, track_mbid, album_mbid, zone, payload, track_id, listen_id, state, gone_upstream, reasons, corrected_from, recorded_at) VALUES
  (1, 'roon', '1709323200|Living room', 1709323200, 1709323804, 604, 'Sigur Rós', NULL, 'Svefn-g-englar', 'Ágætis Byrjun', 604, NULL, NULL, NULL, 'Living room', '{"zone":"Living room"}', NULL, 1, 'resolved', 0, NULL, NULL, 1709323804),
  (2, 'lastfm', '1709323202|Sigur Ros|Svefn-g-englar', 1709323202, NULL, NULL, 'Sigur Rós', NULL, 'Svefn-g-englar', 'Ágætis Byrjun', NULL, NULL, NULL, NULL, NULL, '{}', NULL, 1, 'resolved', 0, '["same-title"]', '[{"artist":"Sigur Ros","albumArtist":null,"title":"Svefn-g-englar","album":null}]', 1709323900),
  (3, 'lastfm', '1709327200|The Notwist|Pick Up the Phone', 1709327200, NULL, NULL, 'The Notwist', NULL, 'Pick Up the Phone', 'Neon Golden', NULL, NULL, NULL, NULL, NULL, '{}', NULL, 2, 'resolved', 0, NULL, NULL, 1709327500),
  (4, 'manual', '44444444-4444-4444-8444-444444444444:0', 1709413200, NULL, NULL, '椎名林檎', NULL, '正しい街', NULL, 233, NULL, NULL, NULL, NULL, '{}', 5, 3, 'resolved', 0, NULL, NULL, 1709413700),
  (5, 'lastfm', '1108290000|Sigur Rós|Svefn-g-englar', 1108290000, NULL, NULL, 'Sigur Rós', NULL, 'Svefn-g-englar', 'Ágætis Byrjun', NULL, NULL, NULL, NULL, NULL, '{}', NULL, 4, 'resolved', 0, NULL, NULL, 1709323200),
  (6, 'lastfm', '1709331200|Sigur Rós|Starálfur', 1709331200, NULL, NULL, 'Sigur Rós', NULL, 'Starálfur', 'Ágætis Byrjun', NULL, NULL, NULL, NULL, NULL, '{}', NULL, 5, 'deleted', 0, NULL, NULL, 1709331700),
  (7, 'lastfm', '1646164800|The Notwist|Pick Up the Phone', 1646164800, NULL, NULL, 'The Notwist', NULL, 'Pick Up the Phone', 'Neon Golden', NULL, NULL, NULL, NULL, NULL, '{}', NULL, 6, 'archived', 0, NULL, NULL, 1646165000);
INSERT INTO deleted_listens (listen_id, listen, deleted_at) VALUES
  (5, '{"id":5,"track_id":3,"timestamp":1709331200,"date":"2024-03-01","loved":0,"source":"lastfm","zone":null,"ended_at":null,"listened_seconds":null,"witnesses":1,"note":null,"gone_upstream":0,"page":"2024-03","created_at":"2024-03-01T22:20:00.000Z"}', 1709332200);
INSERT INTO archived_listens (listen_id, file, track_id, holder, timestamp, source, zone) VALUES
  (6, 'archive-2022-03.jsonl', 4, 2, 1646164800, 'lastfm', NULL);
INSERT INTO witness_decisions (one, other, verdict, created_at) VALUES
  ('lastfm:a', 'roon:b', 'different', 1709323200);
INSERT INTO change_feed (collection, document_id, seq, deleted) VALUES
  ('albums', '1', 5, 0),
  ('albums', '2', 6, 0),
  ('albums', '3', 7, 0),
  ('albums', '8', 15, 1),
  ('artists', '1', 1, 0),
  ('artists', '2', 2, 0),
  ('artists', '3', 3, 0),
  ('artists', '4', 4, 0),
  ('artists', '7', 16, 1),
  ('household', 'household', 12, 0),
  ('intents', '77777777-7777-4777-8777-777777777777', 14, 0),
  ('journal', '2005-02', 9, 0),
  ('journal', '2024-03', 8, 0),
  ('playlists', '55555555-5555-4555-8555-555555555555', 10, 0),
  ('playlists', '66666666-6666-4666-8666-666666666666', 11, 1),
  ('rollups', '2022-03', 13, 0);
INSERT INTO library_state (only, epoch, last_seq) VALUES
  (1, '22222222-2222-4222-8222-222222222222', 24);
INSERT INTO intents (id, device_id, number, made_at, intent, verdict, subject, applied_at) VALUES
  ('77777777-7777-4777-8777-777777777777', '11111111-1111-4111-8111-111111111111', 1, 1709323200000, '{"kind":"rate-album","albumId":"1","rating":5}', '{"state":"applied","at":1709323200}', 'rating:1', 1709323200);
INSERT INTO devices (id, name, user_agent, first_seen, last_seen, last_seq) VALUES
  ('11111111-1111-4111-8111-111111111111', 'Phone', 'Mozilla/5.0', 1709323100, 1709332200, 14);
INSERT INTO copies (instance_id, album_id, folder_id, date_added, rating, notes, format, source, seen_in_pass, created_at, updated_at) VALUES
  ('9001', 1, '1', 1700000000, 4, '[{"field":"3","value":"Sealed"}]', 'Vinyl', 'discogs', 'p1', '2024-03-01T20:00:00.000Z', '2024-03-01T20:00:00.000Z');
INSERT INTO discogs_folders (id, name) VALUES
  ('1', 'Uncategorized');
INSERT INTO discogs_fields (id, name, position) VALUES
  ('3', 'Notes', 3);
INSERT INTO settings (key, value, updated_at) VALUES
  ('timeZone', '"Europe/Paris"', '2024-03-01T20:00:00.000Z');
INSERT INTO service_states (service, state, updated_at) VALUES
  ('lastfm', '{"cursor":1709323200}', '2024-03-01T20:00:00.000Z');
INSERT INTO enrichment_queue (id, kind, subject, upstream, priority, state, attempts, next_try_at, reason, created_at, updated_at) VALUES
  (1, 'artist-images', 'artist:3', 'discogs', 0, 'waiting', 0, 0, NULL, 1709323200, 1709323200);
INSERT INTO jobs (id, schedule, enabled, due_at, state) VALUES
  ('backup', NULL, 1, 1709343200, NULL);
INSERT INTO job_runs (id, job_id, started_at, ended_at, outcome, summary, error, trigger) VALUES
  (1, 'backup', 1709323200, 1709323205, 'done', NULL, NULL, 'schedule');
INSERT INTO rollups (id, document, updated_at) VALUES
  ('2022-03', '{"id":"2022-03","listens":1,"seconds":0,"weekdayHours":[],"tracks":[[4,1,0]],"albums":[[2,1,0]],"artists":[[2,1,0]],"sources":[["lastfm",1]],"zones":[],"days":[]}', '2024-03-01T03:00:00.000Z');
CREATE UNIQUE INDEX images_once ON images(url, ifnull(artist_id, 0), ifnull(album_id, 0));
CREATE INDEX idx_artist_name ON artists(name);
CREATE INDEX idx_album_title ON albums(title);
CREATE INDEX idx_album_year ON albums(year);
CREATE INDEX idx_track_album ON tracks(album_id);
CREATE INDEX idx_history_track ON listening_history(track_id, timestamp);
CREATE INDEX idx_history_timestamp ON listening_history(timestamp DESC);
CREATE INDEX idx_history_date ON listening_history(date);
CREATE INDEX idx_history_source ON listening_history(source, timestamp);
CREATE INDEX idx_image_artist ON images(artist_id);
CREATE INDEX idx_image_album ON images(album_id);
CREATE INDEX idx_metadata_album ON metadata(album_id);
CREATE INDEX idx_album_key ON albums(title_key);
CREATE INDEX idx_album_master ON albums(master_id) WHERE master_id IS NOT NULL;
CREATE INDEX idx_album_artist_artist ON album_artist(artist_id);
CREATE INDEX idx_track_key ON tracks(title_key, album_id);
CREATE INDEX idx_track_loved ON tracks(loved) WHERE loved = 1;
CREATE INDEX idx_track_untold ON tracks(loved_at) WHERE loved <> ifnull(loved_upstream, 0);
CREATE INDEX idx_track_loved_upstream ON tracks(loved_upstream) WHERE loved_upstream = 1;
CREATE INDEX idx_history_page ON listening_history(page);
CREATE INDEX idx_playlist_track ON playlist_tracks(playlist_id, position);
CREATE INDEX idx_playlist_track_track ON playlist_tracks(track_id);
CREATE TRIGGER listen_removed AFTER DELETE ON listening_history BEGIN
  UPDATE journal_pages SET listens = listens - 1 WHERE id = old.page;
  UPDATE tracks SET plays = plays - 1,
    first_played_at = (SELECT min(timestamp) FROM listening_history WHERE track_id = old.track_id AND timestamp <> 1108290000),
    last_played_at = (SELECT max(timestamp) FROM listening_history WHERE track_id = old.track_id AND timestamp <> 1108290000)
    WHERE id = old.track_id;
END;
CREATE TRIGGER listen_repaged AFTER UPDATE OF page ON listening_history WHEN old.page <> new.page BEGIN
  UPDATE journal_pages SET listens = listens - 1 WHERE id = old.page;
  UPDATE journal_pages SET listens = listens + 1 WHERE id = new.page;
END;
CREATE TRIGGER listen_moved AFTER UPDATE OF track_id, timestamp ON listening_history WHEN old.track_id <> new.track_id OR old.timestamp <> new.timestamp BEGIN
  UPDATE tracks SET plays = plays - (id = old.track_id) + (id = new.track_id),
    first_played_at = (SELECT min(timestamp) FROM listening_history WHERE track_id = tracks.id AND timestamp <> 1108290000),
    last_played_at = (SELECT max(timestamp) FROM listening_history WHERE track_id = tracks.id AND timestamp <> 1108290000)
    WHERE id IN (old.track_id, new.track_id);
END;
CREATE INDEX idx_track_artist_artist ON track_artist(artist_id);
CREATE INDEX idx_former_ids_id ON former_ids(kind, id);
CREATE INDEX idx_alias_artist ON artist_aliases(artist_id);
CREATE INDEX idx_album_merges_album ON album_merges(album_id);
CREATE INDEX idx_album_merges_key ON album_merges(title_key, artist_key);
CREATE INDEX idx_album_merges_release ON album_merges(json_extract(snapshot, '$.album[0].discogs_id'));
CREATE INDEX idx_scrobble_played ON scrobbles(source, played_at);
CREATE INDEX idx_scrobble_listen ON scrobbles(listen_id) WHERE listen_id IS NOT NULL;
CREATE INDEX idx_archived_file ON archived_listens(file);
CREATE INDEX idx_archived_timestamp ON archived_listens(timestamp);
CREATE INDEX idx_archived_track ON archived_listens(track_id);
CREATE INDEX idx_feed_seq ON change_feed(collection, seq);
CREATE INDEX idx_intents_device ON intents(device_id, number);
CREATE INDEX idx_intents_subject ON intents(subject, made_at) WHERE subject IS NOT NULL;
CREATE INDEX idx_copies_album ON copies(album_id);
CREATE INDEX idx_enrichment_next ON enrichment_queue(upstream, state, priority DESC, next_try_at);
CREATE INDEX idx_job_runs ON job_runs(job_id, started_at DESC);
-- What was given and is gone is given to nothing else.
UPDATE sqlite_sequence SET seq = CASE name WHEN 'artists' THEN 7 WHEN 'albums' THEN 8 WHEN 'tracks' THEN 9 ELSE 8 END
  WHERE name IN ('artists', 'albums', 'tracks', 'listening_history');
PRAGMA user_version = 1;
PRAGMA application_id = 1095322949;
COMMIT;
PRAGMA foreign_keys = ON;
