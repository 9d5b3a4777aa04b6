/** What is indexed anew was noted here, until 0024 had the index made anew by the versions of its rules. */
export const migration = {
  number: 21,
  name: 'search-terms',
  schema: `
CREATE TABLE follow_ups_next (
  kind TEXT NOT NULL CHECK (kind IN ('listen', 'album', 'track', 'month', 'find-artist', 'find-album', 'find-track', 'find-playlist')),
  what ANY NOT NULL,
  PRIMARY KEY (kind, what)
) STRICT, WITHOUT ROWID;
INSERT INTO follow_ups_next (kind, what) SELECT kind, what FROM follow_ups;
DROP TABLE follow_ups;
ALTER TABLE follow_ups_next RENAME TO follow_ups;
`,
};
