/** What is known of music: the specification's nine tables, credits, other names, merges, and the index for search. */
export const catalogueTables = `
-- ── The specification's nine tables ─────────────────────────────────────────────────────────────────────────────────

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

-- The pages of the journal: at most 500 listens of one UTC month each.
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
-- NULLs are distinct in a UNIQUE constraint, so the rule is an index over their stand-ins.
CREATE UNIQUE INDEX images_once ON images(url, ifnull(artist_id, 0), ifnull(album_id, 0));

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

-- Counts of pages and tracks follow the history: by triggers where listens go or change, by who adds them where they come,
-- many at a time. The placeholder stamp of plays whose date is unknown counts as a play, but is no time.
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

-- ── Credits of tracks, other names, merges ──────────────────────────────────────────────────────────────────────────

CREATE TABLE track_artist (
  track_id INTEGER NOT NULL REFERENCES tracks(id) ON DELETE CASCADE,
  artist_id INTEGER NOT NULL REFERENCES artists(id) ON DELETE CASCADE,
  position INTEGER NOT NULL DEFAULT 0,
  credited_as TEXT,
  join_phrase TEXT,
  PRIMARY KEY (track_id, artist_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_track_artist_artist ON track_artist(artist_id);

-- Tracks and listens that became one with another, so that what names the former still finds the one that stayed.
CREATE TABLE former_ids (
  kind TEXT NOT NULL CHECK (kind IN ('track', 'listen')),
  former_id INTEGER NOT NULL,
  id INTEGER NOT NULL,
  PRIMARY KEY (kind, former_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_former_ids_id ON former_ids(kind, id);

-- Where a name leads when it is not the artist's own: aliases by hand, and merged artists with their former id.
CREATE TABLE artist_aliases (
  name_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  artist_id INTEGER NOT NULL REFERENCES artists(id) ON DELETE CASCADE,
  former_id INTEGER,
  snapshot TEXT,                          -- JSON: what a split needs to take it out again
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_alias_artist ON artist_aliases(artist_id);

-- Albums that became one, with why, and what a split needs to take them apart again.
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
CREATE INDEX idx_album_merges_album ON album_merges(album_id);
CREATE INDEX idx_album_merges_key ON album_merges(title_key, artist_key);
CREATE INDEX idx_album_merges_release ON album_merges(json_extract(snapshot, '$.album[0].discogs_id'));

-- A person's word that two albums are not one; matching never joins them again.
CREATE TABLE album_apart (
  one TEXT NOT NULL,                      -- artist key + title key of the heard album
  other INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- ── Search: columns folded by shared/matching, because FTS5 does not fold ø ß ł æ ───────────────────────────────────

CREATE VIRTUAL TABLE search_artists USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_albums USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_tracks USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_playlists USING fts5(folded, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE VIRTUAL TABLE search_artists_words USING fts5vocab(search_artists, row);
CREATE VIRTUAL TABLE search_albums_words USING fts5vocab(search_albums, row);
CREATE VIRTUAL TABLE search_tracks_words USING fts5vocab(search_tracks, row);
`;
