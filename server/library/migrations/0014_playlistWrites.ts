/** What each device wrote last of each playlist, so that what it writes later is never held against that. */
export const migration = {
  number: 14,
  name: 'playlist-writes',
  schema: `
CREATE TABLE playlist_writes (
  uid TEXT NOT NULL,
  device_id TEXT NOT NULL,
  epoch TEXT NOT NULL,                    -- the life of the library in which it was taken
  over TEXT NOT NULL,                     -- digest of what the device took to be the library's state
  document TEXT NOT NULL,                 -- JSON of the playlist as it stood afterwards
  deleted INTEGER NOT NULL,
  PRIMARY KEY (uid, device_id)
) STRICT, WITHOUT ROWID;
`,
};
