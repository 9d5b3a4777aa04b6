/** The lives of the database: whose library it is, and from which life each restore, rebuild or exchange of its file led to which. */
export const epochsTable = `
CREATE TABLE IF NOT EXISTS epochs (
  epoch TEXT PRIMARY KEY,
  parent TEXT,                            -- the life before; null for the first
  cause TEXT NOT NULL,                    -- new, restore, rebuild, swap
  common TEXT NOT NULL,                   -- JSON: the highest id of each table up to which this life and its parent speak of the same things
  begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const migration = {
  number: 3,
  name: 'lives',
  schema: `${epochsTable}
INSERT OR IGNORE INTO epochs SELECT epoch, NULL, 'new', '{}', unixepoch() FROM library_state;

ALTER TABLE library_state ADD COLUMN library_id TEXT;
ALTER TABLE library_state ADD COLUMN opening TEXT;  -- a token of the last time it was opened, held against the marker's
`,
};
