/** All that a device may still take a playlist to be, since nobody else changed it, and which of its pushes came last. */
export const migration = {
  number: 18,
  name: 'playlist-states',
  schema: `
ALTER TABLE playlist_writes ADD COLUMN states TEXT NOT NULL DEFAULT '[]';  -- JSON: digests, the latest last
ALTER TABLE playlist_writes ADD COLUMN push INTEGER NOT NULL DEFAULT 0;    -- the device's own number of that push; 0 from an older app
UPDATE playlist_writes SET states = json_array(over);
ALTER TABLE playlist_writes DROP COLUMN over;
`,
};
