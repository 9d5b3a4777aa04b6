/** What became of listens logged by hand that Last.fm was to be told of; one that is not here was not told yet. */
export const migration = {
  number: 2,
  name: 'told-scrobbles',
  schema: `
CREATE TABLE told_scrobbles (
  scrobble_id INTEGER PRIMARY KEY REFERENCES scrobbles(id) ON DELETE CASCADE,
  outcome TEXT NOT NULL CHECK (outcome IN ('taken', 'ignored', 'too-old')),
  code INTEGER,                           -- Last.fm's own number for why it ignored it
  reason TEXT,                            -- the same in words
  noted_at INTEGER NOT NULL
) STRICT;
`,
};
