import { touched } from '../database/touched.ts';

/** What a person took out of the journal goes to the devices too, so that a library that is brought back from one knows of it. */
export const migration = {
  number: 12,
  name: 'deletions',
  schema: `
-- Listens that were deleted and put back: the later word, held against a device that knows only of the deletion.
CREATE TABLE restored_listens (
  listen_id INTEGER PRIMARY KEY,
  month TEXT NOT NULL,                    -- 2026-11, UTC
  restored_at INTEGER NOT NULL
) STRICT;

-- Listens of a replica's life that have another id here.
CREATE TABLE rebuilt_listens (
  life TEXT NOT NULL,
  theirs INTEGER NOT NULL,
  ours INTEGER NOT NULL,
  PRIMARY KEY (life, theirs)
) STRICT, WITHOUT ROWID;
${touched('deletions', `SELECT DISTINCT strftime('%Y-%m', listen ->> 'timestamp', 'unixepoch') AS document, 0 AS gone FROM deleted_listens WHERE listen ->> 'reports' IS NULL`)}
`,
};
