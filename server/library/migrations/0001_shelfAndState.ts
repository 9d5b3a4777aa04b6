/** The shelf as Discogs describes it, settings, what services and jobs must remember. */
export const shelfAndStateTables = `
-- ── The shelf as Discogs describes it ───────────────────────────────────────────────────────────────────────────────

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
CREATE INDEX idx_copies_album ON copies(album_id);

CREATE TABLE discogs_folders (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE discogs_fields (id TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- ── Settings, services, long work ───────────────────────────────────────────────────────────────────────────────────

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One JSON value a service or piece of work: cursor, choice, run state, blocked-until. Survives restarts.
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
CREATE INDEX idx_enrichment_next ON enrichment_queue(upstream, state, priority DESC, next_try_at);

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
CREATE INDEX idx_job_runs ON job_runs(job_id, started_at DESC);

CREATE TABLE rollups (
  id TEXT PRIMARY KEY,                    -- 2024-03, the household's month
  document TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
