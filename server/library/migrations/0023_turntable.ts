/** Sessions at the turntable: what a person said they are playing, of which each track becomes a listen when its time has come. */
export const migration = {
  number: 23,
  name: 'turntable',
  schema: `
CREATE TABLE turntable_sessions (
  id TEXT PRIMARY KEY,                    -- the group of its listens: their source_key is <id>:<place>
  started_at INTEGER NOT NULL,            -- seconds since the epoch
  tracks TEXT NOT NULL,                   -- JSON, see TurntableSession; empty while only its moves have arrived
  moves TEXT NOT NULL,                    -- JSON, of all devices
  state TEXT NOT NULL                     -- awaited, open, over or removed
) STRICT;
CREATE INDEX idx_turntable_open ON turntable_sessions(state) WHERE state = 'open';
`,
};
