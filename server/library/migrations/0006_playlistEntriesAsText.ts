/**
 * A place in a playlist also says in words what it holds. Where the track is unknown it is text alone: nothing of a list is lost with
 * a track, and `playlist_entries_due` collects the places that may find one again (see playlists/entries.ts).
 */
export const migration = {
  number: 6,
  name: 'playlist-entries-as-text',
  schema: `
CREATE TABLE playlist_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
  track_id INTEGER REFERENCES tracks(id) ON DELETE SET NULL,
  position INTEGER NOT NULL,
  entry TEXT NOT NULL,                    -- the place's own name, for merging edits of two devices
  artist TEXT,                            -- what it holds, in words, as when it was put there
  title TEXT,
  album TEXT,
  name_key TEXT,                          -- the title's key while there is no track
  reason TEXT,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO playlist_entries (id, playlist_id, track_id, position, entry, artist, title, album, reason, created_at)
SELECT playlist_tracks.id, playlist_id, track_id, playlist_tracks.position, entry,
  (SELECT group_concat(CASE WHEN name GLOB '* ([0-9])' THEN substr(name, 1, length(name) - 4) ELSE name END, ', ') FROM (
     SELECT name FROM track_artist JOIN artists ON artists.id = artist_id WHERE track_artist.track_id = tracks.id
     UNION ALL
     SELECT name FROM album_artist JOIN artists ON artists.id = artist_id WHERE album_artist.album_id = tracks.album_id
       AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_artist.track_id = tracks.id))),
  tracks.title, albums.title, reason, playlist_tracks.created_at
FROM playlist_tracks JOIN tracks ON tracks.id = track_id LEFT JOIN albums ON albums.id = tracks.album_id;
DROP TABLE playlist_tracks;
ALTER TABLE playlist_entries RENAME TO playlist_tracks;
CREATE INDEX idx_playlist_track ON playlist_tracks(playlist_id, position);
CREATE INDEX idx_playlist_track_track ON playlist_tracks(track_id);
CREATE INDEX idx_playlist_track_name ON playlist_tracks(name_key) WHERE name_key IS NOT NULL;

-- Places to be looked at before the transaction ends: their track went, or one of their name came.
CREATE TABLE playlist_entries_due (entry_id INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER playlist_track_goes BEFORE DELETE ON tracks BEGIN
  INSERT OR IGNORE INTO playlist_entries_due SELECT id FROM playlist_tracks WHERE track_id = OLD.id;
END;
CREATE TRIGGER playlist_track_comes AFTER INSERT ON tracks BEGIN
  INSERT OR IGNORE INTO playlist_entries_due SELECT id FROM playlist_tracks WHERE name_key = NEW.title_key;
END;
CREATE TRIGGER playlist_track_renamed AFTER UPDATE OF title_key ON tracks BEGIN
  INSERT OR IGNORE INTO playlist_entries_due SELECT id FROM playlist_tracks WHERE name_key = NEW.title_key;
END;

-- Every device learns the words.
UPDATE change_feed SET seq = (SELECT last_seq FROM library_state) + placed.place
FROM (SELECT document_id, row_number() OVER (ORDER BY seq) AS place FROM change_feed WHERE collection = 'playlists') AS placed
WHERE collection = 'playlists' AND change_feed.document_id = placed.document_id;
UPDATE library_state SET last_seq = last_seq + (SELECT count(*) FROM change_feed WHERE collection = 'playlists');
`,
};
