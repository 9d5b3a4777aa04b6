/**
 * What became part of another keeps the number by which Discogs knows it, beside what a split needs: an import still finds it, and
 * devices hold it.
 */
export const migration = {
  number: 17,
  name: 'numbers',
  schema: `
ALTER TABLE artist_aliases ADD COLUMN discogs_id TEXT;
ALTER TABLE album_merges ADD COLUMN discogs_id TEXT;
UPDATE artist_aliases SET discogs_id = snapshot ->> '$.artist[0].discogs_id' WHERE json_valid(snapshot);
UPDATE album_merges SET discogs_id = snapshot ->> '$.album[0].discogs_id' WHERE json_valid(snapshot);
DROP INDEX idx_album_merges_release;
CREATE INDEX idx_album_merges_release ON album_merges(discogs_id) WHERE discogs_id IS NOT NULL;
CREATE INDEX idx_alias_discogs ON artist_aliases(discogs_id) WHERE discogs_id IS NOT NULL;
`,
};
