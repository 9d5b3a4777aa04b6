/** What mutations are about, how long they are kept, and what people wrote that is not shown any more. */
export const migration = {
  number: 5,
  name: 'meaning',
  schema: `
ALTER TABLE intents ADD COLUMN epoch TEXT;      -- the life of the database that its ids are of
ALTER TABLE intents ADD COLUMN targets TEXT;    -- JSON: what those ids named
ALTER TABLE intents ADD COLUMN days_kept INTEGER NOT NULL DEFAULT 0;
-- Made by a device whose clock was ahead: nothing is made later than it arrives.
UPDATE intents SET made_at = applied_at * 1000 WHERE made_at > applied_at * 1000 + 999;

ALTER TABLE playlists ADD COLUMN named_by TEXT; -- the device that gave it its name, or deleted it
ALTER TABLE playlists ADD COLUMN deleted_by TEXT;

-- What a person wrote and a later word, a merge or a removal took the place of.
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  subject TEXT NOT NULL,                        -- album-note:12, listen-note:7, playlist-name:<uuid>
  text TEXT NOT NULL,
  rating INTEGER,                               -- of an album that became part of another, where both had one
  device_id TEXT,                               -- who wrote it, where that is known
  written_at INTEGER,                           -- milliseconds since the epoch
  why TEXT NOT NULL,
  created_at INTEGER NOT NULL                   -- when it gave way, epoch seconds
) STRICT;
CREATE INDEX idx_revisions_subject ON revisions(subject, id);
`,
};
