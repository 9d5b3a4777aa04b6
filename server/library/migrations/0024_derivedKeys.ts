import type { Database } from '../database/database.ts';
import { noteKnown } from '../derivedKeys/rebuild.ts';

/** Which versions of their rules made the keys that are stored, and how far they are made anew where those are not today's. */
export const migration = {
  number: 24,
  name: 'derived-keys',
  schema: `
CREATE TABLE derived_keys (
  name TEXT PRIMARY KEY,                  -- see derivedKeys/index.ts
  version TEXT NOT NULL,                  -- of the rules that made all of them; '' where that is not known
  target TEXT,                            -- of the rules by which they are being made anew; null when they are not
  step INTEGER NOT NULL DEFAULT 0,        -- how far that is: the step, and the last id that is done in it
  done INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What is found under which names is made anew by its version. What shares a key by a new rule is noted: 'namesake', an artist whose
-- name has become another's; 'twins', an artist whose tracks without album are held against each other.
CREATE TABLE follow_ups_next (
  kind TEXT NOT NULL CHECK (kind IN ('listen', 'album', 'track', 'month', 'namesake', 'twins')),
  what ANY NOT NULL,
  PRIMARY KEY (kind, what)
) STRICT, WITHOUT ROWID;
INSERT INTO follow_ups_next (kind, what) SELECT kind, what FROM follow_ups WHERE kind NOT LIKE 'find-%';
DROP TABLE follow_ups;
ALTER TABLE follow_ups_next RENAME TO follow_ups;
`,
  data(db: Database) {
    // No earlier rule made anything where there is nothing.
    if (db.get('SELECT 1 FROM artists UNION ALL SELECT 1 FROM albums UNION ALL SELECT 1 FROM playlists') === undefined)
      noteKnown(db);
  },
};
