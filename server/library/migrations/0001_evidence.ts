/** What sources reported and what became of it; what devices sent and what they are to pull. */
export const evidenceTables = `
-- ── The evidence ────────────────────────────────────────────────────────────────────────────────────────────────────

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
CREATE INDEX idx_scrobble_played ON scrobbles(source, played_at);
CREATE INDEX idx_scrobble_listen ON scrobbles(listen_id) WHERE listen_id IS NOT NULL;

-- Listens that a person deleted, as they were, so that it can be undone.
CREATE TABLE deleted_listens (
  listen_id INTEGER PRIMARY KEY,
  listen TEXT NOT NULL,                   -- JSON: the row
  deleted_at INTEGER NOT NULL
) STRICT;

-- Listens that fell out of the retention period: which file of the archive holds each, and what its month's rollup counts.
CREATE TABLE archived_listens (
  listen_id INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  track_id INTEGER NOT NULL,
  holder INTEGER NOT NULL,                -- album id, or minus the artist's, where the track was then
  timestamp INTEGER NOT NULL,
  source TEXT NOT NULL,
  zone TEXT
) STRICT;
CREATE INDEX idx_archived_file ON archived_listens(file);
CREATE INDEX idx_archived_timestamp ON archived_listens(timestamp);
CREATE INDEX idx_archived_track ON archived_listens(track_id);

-- A person's decisions about which scrobbles are one play: they outlive every re-resolution.
CREATE TABLE witness_decisions (
  one TEXT NOT NULL,                      -- source:source_key, the smaller first
  other TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- ── Sync ────────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE change_feed (
  collection TEXT NOT NULL,
  document_id TEXT NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  deleted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (collection, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_feed_seq ON change_feed(collection, seq);

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
CREATE INDEX idx_intents_device ON intents(device_id, number);
CREATE INDEX idx_intents_subject ON intents(subject, made_at) WHERE subject IS NOT NULL;

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  name TEXT,
  user_agent TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  last_seq INTEGER
) STRICT, WITHOUT ROWID;
`;
