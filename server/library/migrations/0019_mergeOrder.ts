/** Merges are undone in the reverse order of their making, so each has its place among all of them. */
export const migration = {
  number: 19,
  name: 'merge-order',
  schema: `
-- What became one in one go has one number; 0 for what a replica told, and for names that nobody had.
ALTER TABLE album_merges ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;
ALTER TABLE artist_aliases ADD COLUMN nth INTEGER NOT NULL DEFAULT 0;
CREATE INDEX idx_album_merges_nth ON album_merges(nth);
CREATE INDEX idx_alias_nth ON artist_aliases(nth);
CREATE TEMP TABLE made AS SELECT created_at, row_number() OVER (ORDER BY created_at) AS nth FROM (
  SELECT created_at FROM album_merges WHERE snapshot ->> 'album' IS NOT NULL
  UNION SELECT created_at FROM artist_aliases WHERE snapshot IS NOT NULL);
UPDATE album_merges SET nth = made.nth FROM made WHERE made.created_at = album_merges.created_at AND snapshot ->> 'album' IS NOT NULL;
UPDATE artist_aliases SET nth = made.nth FROM made WHERE made.created_at = artist_aliases.created_at AND snapshot IS NOT NULL;
DROP TABLE made;
`,
};
