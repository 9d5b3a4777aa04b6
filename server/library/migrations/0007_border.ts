import type { Database } from '../database/database.ts';
import { repairTexts } from '../textRepair/repairTexts.ts';

/** A place for what other services list and nobody can read; texts of earlier versions are made such that they can be read. */
export const migration = {
  number: 7,
  name: 'border',
  schema: `
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
-- Nothing can have been heard before 2002 or more than a day from now. Such listens stay, with their date unknown; what was reported
-- keeps its own word on when that was.
UPDATE scrobbles SET
  payload = CASE WHEN json_valid(payload) AND json_type(payload) = 'object' THEN json_set(payload, '$.reportedPlayedAt', played_at) ELSE payload END,
  reasons = json_array('impossible-time'),
  played_at = 1108290000, ended_at = NULL
WHERE played_at < 1009843200 OR played_at > unixepoch() + 86400;
UPDATE listening_history SET
  note = CASE WHEN note IS NULL OR note = '' THEN '' ELSE note || char(10) END || '(' || CASE
    WHEN timestamp BETWEEN -62135596800 AND 253402300799 THEN strftime('%Y-%m-%d %H:%M:%S', timestamp, 'unixepoch') ELSE timestamp END || ' UTC ?)',
  timestamp = 1108290000, date = '2005-02-13', ended_at = NULL
WHERE timestamp < 1009843200 OR timestamp > unixepoch() + 86400;
CREATE INDEX idx_set_aside_at ON set_aside(service, list, at) WHERE at IS NOT NULL;
`,
  before: (db: Database) => void repairTexts(db),
};
