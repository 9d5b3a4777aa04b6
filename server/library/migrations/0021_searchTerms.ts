/** Chinese, Japanese and Korean characters: from the radicals to the syllables, and the planes of rare ideographs. */
const UNSPACED = `GLOB '*[' || char(0x2e80) || '-' || char(0xd7ff) || char(0xf900) || '-' || char(0xfaff) || char(0x20000) || '-' || char(0x3ffff) || ']*'`;

/** Names in scripts without spaces are found by any part of them: what is indexed of them is indexed anew, a slice at a time. */
export const migration = {
  number: 21,
  name: 'search-terms',
  sql: `
CREATE TABLE follow_ups_next (
  kind TEXT NOT NULL CHECK (kind IN ('listen', 'album', 'track', 'month', 'find-artist', 'find-album', 'find-track', 'find-playlist')),
  what ANY NOT NULL,
  PRIMARY KEY (kind, what)
) STRICT, WITHOUT ROWID;
INSERT INTO follow_ups_next (kind, what) SELECT kind, what FROM follow_ups;
DROP TABLE follow_ups;
ALTER TABLE follow_ups_next RENAME TO follow_ups;
INSERT INTO follow_ups (kind, what)
  SELECT 'find-artist', rowid FROM search_artists WHERE folded ${UNSPACED}
  UNION ALL SELECT 'find-album', rowid FROM search_albums WHERE folded ${UNSPACED}
  UNION ALL SELECT 'find-track', rowid FROM search_tracks WHERE folded ${UNSPACED}
  UNION ALL SELECT 'find-playlist', rowid FROM search_playlists WHERE folded ${UNSPACED};
`,
};
