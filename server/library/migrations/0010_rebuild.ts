/** What a library that is built anew from replicas must remember of what no replica tells. */
export const migration = {
  number: 10,
  name: 'rebuild',
  schema: `
-- Made from a replica: 'exact' where source and moment are those of the report, 'assumed' for a further witness of which only
-- the number is known. The next report that fits takes its place; null for a report as it came.
ALTER TABLE scrobbles ADD COLUMN rebuilt TEXT CHECK (rebuilt IN ('exact', 'assumed'));
CREATE INDEX idx_scrobble_rebuilt ON scrobbles(source, played_at) WHERE rebuilt IS NOT NULL;

-- Figures of listens whose archive is not known here; what is archived from now on is added to them.
ALTER TABLE rollups ADD COLUMN base TEXT;

-- What the ids of a replica's life of the library mean here. Albums and artists have a row once they were given; tracks only
-- where they have another id here.
CREATE TABLE rebuilt_ids (
  life TEXT NOT NULL,                     -- the epoch that the replica is of
  kind TEXT NOT NULL CHECK (kind IN ('artist', 'album', 'track')),
  theirs INTEGER NOT NULL,
  ours INTEGER NOT NULL,
  PRIMARY KEY (life, kind, theirs)
) STRICT, WITHOUT ROWID;
CREATE INDEX idx_rebuilt_ours ON rebuilt_ids(life, kind, ours);

-- Documents that name what was not given yet.
CREATE TABLE waiting_documents (
  life TEXT NOT NULL,
  collection TEXT NOT NULL,
  document_id TEXT NOT NULL,
  document TEXT NOT NULL,
  needs TEXT NOT NULL,                    -- JSON: [[kind, id], …]
  PRIMARY KEY (life, collection, document_id)
) STRICT, WITHOUT ROWID;
`,
};
