import type { Database } from '../database.ts';
import { repairTexts } from '../repairTexts.ts';

/** A place for what other services list and nobody can read; texts of earlier versions are made such that they can be read. */
export const migration = {
  number: 7,
  name: 'border',
  sql: `
CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  service TEXT NOT NULL,
  list TEXT NOT NULL,                     -- plays, loved, collection …
  reason TEXT NOT NULL,
  entry_key TEXT NOT NULL,                -- digest of the whole entry, so that each is kept once
  at INTEGER,                             -- the moment it speaks of, where that can be read
  raw TEXT NOT NULL,                      -- the entry, JSON, at most 4,000 units of it
  whole INTEGER NOT NULL,                 -- 1 when raw is all of it
  reader INTEGER NOT NULL,                -- version of the reader that could not read it
  first_seen_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  UNIQUE (service, list, entry_key)
) STRICT;
CREATE INDEX idx_set_aside_at ON set_aside(service, list, at) WHERE at IS NOT NULL;
`,
  before: (db: Database) => void repairTexts(db),
};
