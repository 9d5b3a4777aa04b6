import { touched } from '../database/touched.ts';

/** What cannot be played: a heading, and an index whose parts follow it in the list. */
const UNPLAYABLE = (track: string): string => `(${track}.kind IS 'heading' OR (${track}.kind IS 'index' AND EXISTS (
  SELECT 1 FROM tracks AS part WHERE part.album_id = ${track}.album_id AND part.track_number = ${track}.track_number + 1 AND part.kind = 'sub-track')))`;

const HELD = `(track.plays > 0 OR track.loved = 1 OR track.loved_at IS NOT NULL
  OR EXISTS (SELECT 1 FROM archived_listens WHERE track_id = track.id)
  OR EXISTS (SELECT 1 FROM playlist_tracks WHERE track_id = track.id))`;

/**
 * A tracklist's heading took the row of a played track of its title: its listens could not be found any more. They get a
 * track again that can be played: the album's own of that title, or the row itself, out of the list. The heading gets a row of its own.
 */
export const migration = {
  number: 4,
  name: 'playable-tracks',
  schema: `
CREATE TEMP TABLE mended AS
  SELECT track.id, track.album_id, (
    SELECT twin.id FROM tracks AS twin WHERE twin.album_id = track.album_id AND twin.id <> track.id AND twin.title_key = track.title_key
      AND NOT ${UNPLAYABLE('twin')}
    ORDER BY twin.track_number IS NULL, twin.track_number, twin.id LIMIT 1) AS twin
  FROM tracks AS track WHERE track.album_id IS NOT NULL AND ${UNPLAYABLE('track')} AND ${HELD};
CREATE TEMP TABLE mended_lines AS SELECT * FROM tracks WHERE id IN (SELECT id FROM mended);
${touched('albums', 'SELECT DISTINCT CAST(album_id AS TEXT) AS document, 0 AS gone FROM mended')}
${touched('journal', 'SELECT DISTINCT page AS document, 0 AS gone FROM listening_history WHERE track_id IN (SELECT id FROM mended WHERE twin IS NOT NULL)')}
${touched(
  'playlists',
  `SELECT DISTINCT uid AS document, deleted_at IS NOT NULL AS gone FROM playlists JOIN playlist_tracks ON playlist_id = playlists.id
   WHERE track_id IN (SELECT id FROM mended WHERE twin IS NOT NULL)`,
)}
UPDATE tracks SET kind = NULL, track_number = NULL, position = NULL WHERE id IN (SELECT id FROM mended);
INSERT INTO tracks (album_id, title, title_key, track_number, position, kind, created_at, updated_at)
  SELECT album_id, title, title_key, track_number, position, kind, created_at, updated_at FROM mended_lines ORDER BY id;
INSERT INTO search_tracks (rowid, folded)
  SELECT line.id, found.folded FROM mended_lines AS old JOIN tracks AS line ON line.album_id = old.album_id AND line.track_number = old.track_number
    JOIN search_tracks AS found ON found.rowid = old.id WHERE line.kind = 'index';
UPDATE tracks SET loved = max(tracks.loved, former.loved),
    loved_upstream = ifnull(max(tracks.loved_upstream, former.loved_upstream), ifnull(tracks.loved_upstream, former.loved_upstream)),
    loved_at = ifnull(max(tracks.loved_at, former.loved_at), ifnull(tracks.loved_at, former.loved_at)),
    duration_seconds = ifnull(tracks.duration_seconds, former.duration_seconds)
  FROM tracks AS former JOIN mended ON mended.id = former.id WHERE tracks.id = mended.twin;
UPDATE playlist_tracks SET track_id = (SELECT twin FROM mended WHERE mended.id = track_id) WHERE track_id IN (SELECT id FROM mended WHERE twin IS NOT NULL);
UPDATE listening_history SET track_id = (SELECT twin FROM mended WHERE mended.id = track_id) WHERE track_id IN (SELECT id FROM mended WHERE twin IS NOT NULL);
UPDATE listening_history SET loved = (SELECT loved FROM tracks WHERE tracks.id = track_id) WHERE track_id IN (SELECT twin FROM mended);
UPDATE former_ids SET id = (SELECT twin FROM mended WHERE mended.id = former_ids.id) WHERE kind = 'track' AND id IN (SELECT id FROM mended WHERE twin IS NOT NULL);
INSERT OR REPLACE INTO former_ids (kind, former_id, id) SELECT 'track', id, twin FROM mended WHERE twin IS NOT NULL;
DELETE FROM search_tracks WHERE rowid IN (SELECT id FROM mended WHERE twin IS NOT NULL);
DELETE FROM tracks WHERE id IN (SELECT id FROM mended WHERE twin IS NOT NULL);
DROP TABLE mended;
DROP TABLE mended_lines;
`,
};
