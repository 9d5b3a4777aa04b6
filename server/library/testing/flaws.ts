import Libsql from 'libsql';

/** What must be true of a library's file whatever was done to it: each query lists what is wrong, so each must be empty. */
const FLAWS: Record<string, string> = {
  'a listen that counts other reports than it has': `
    SELECT id FROM listening_history AS l WHERE witnesses <> (SELECT count(*) FROM scrobbles WHERE listen_id = l.id AND state = 'resolved') OR witnesses < 1`,
  'a scrobble that is resolved to no listen': `
    SELECT id FROM scrobbles WHERE state = 'resolved' AND listen_id NOT IN (SELECT id FROM listening_history) OR state = 'resolved' AND listen_id IS NULL`,
  'a deleted scrobble whose listen is in the journal without another report': `
    SELECT id FROM scrobbles WHERE state <> 'resolved' AND listen_id IN (
      SELECT l.id FROM listening_history AS l WHERE NOT EXISTS (SELECT 1 FROM scrobbles WHERE listen_id = l.id AND state = 'resolved'))`,
  'two scrobbles of one source in one listen': `
    SELECT listen_id FROM scrobbles WHERE state = 'resolved' GROUP BY listen_id, source HAVING count(*) > 1`,
  'a listen on the page of another month': `
    SELECT id FROM listening_history WHERE substr(page, 1, 7) <> strftime('%Y-%m', timestamp, 'unixepoch')`,
  'a page that miscounts its listens': `
    SELECT id FROM journal_pages AS p WHERE listens <> (SELECT count(*) FROM listening_history WHERE page = p.id) OR listens > 500`,
  'a listen on no page': 'SELECT id FROM listening_history WHERE page NOT IN (SELECT id FROM journal_pages)',
  'a track that miscounts its plays': `
    SELECT id FROM tracks AS t WHERE plays <> (SELECT count(*) FROM listening_history WHERE track_id = t.id)
      OR first_played_at IS NOT (SELECT min(timestamp) FROM listening_history WHERE track_id = t.id AND timestamp <> 1108290000)
      OR last_played_at IS NOT (SELECT max(timestamp) FROM listening_history WHERE track_id = t.id AND timestamp <> 1108290000)`,
  'a listen that is not loved as its track is': `
    SELECT l.id FROM listening_history AS l JOIN tracks ON tracks.id = track_id WHERE l.loved <> tracks.loved`,
  'a track that nobody carries': `
    SELECT id FROM tracks WHERE album_id IS NULL AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_id = tracks.id AND position = 0)`,
  'two tracks without album of one title and artist': `
    SELECT title_key FROM tracks JOIN track_artist ON track_id = tracks.id AND track_artist.position = 0 WHERE album_id IS NULL GROUP BY artist_id, title_key HAVING count(*) > 1`,
  'a document that is missing from the feed': `
    SELECT 'albums', id FROM albums WHERE NOT EXISTS (SELECT 1 FROM change_feed WHERE collection = 'albums' AND document_id = albums.id AND deleted = 0)
    UNION ALL SELECT 'artists', id FROM artists WHERE NOT EXISTS (SELECT 1 FROM change_feed WHERE collection = 'artists' AND document_id = artists.id AND deleted = 0)
    UNION ALL SELECT 'journal', id FROM journal_pages WHERE listens > 0 AND NOT EXISTS (SELECT 1 FROM change_feed WHERE collection = 'journal' AND document_id = journal_pages.id AND deleted = 0)`,
  'a document in the feed that is gone': `
    SELECT collection, document_id FROM change_feed WHERE deleted = 0 AND (
      collection = 'albums' AND CAST(document_id AS INTEGER) NOT IN (SELECT id FROM albums)
      OR collection = 'artists' AND CAST(document_id AS INTEGER) NOT IN (SELECT id FROM artists)
      OR collection = 'journal' AND document_id NOT IN (SELECT id FROM journal_pages WHERE listens > 0))`,
  'something that search does not know, or knows though it is gone': `
    SELECT 'artist', id FROM artists WHERE id NOT IN (SELECT rowid FROM search_artists) UNION ALL SELECT 'album', id FROM albums WHERE id NOT IN (SELECT rowid FROM search_albums)
    UNION ALL SELECT 'track', id FROM tracks WHERE kind IS NOT 'heading' AND id NOT IN (SELECT rowid FROM search_tracks) UNION ALL SELECT 'gone artist', rowid FROM search_artists WHERE rowid NOT IN (SELECT id FROM artists)
    UNION ALL SELECT 'gone album', rowid FROM search_albums WHERE rowid NOT IN (SELECT id FROM albums) UNION ALL SELECT 'gone track', rowid FROM search_tracks WHERE rowid NOT IN (SELECT id FROM tracks)`,
  'a seq beyond the last': 'SELECT seq FROM change_feed WHERE seq > (SELECT last_seq FROM library_state)',
};

/** Looks at a library's file from the outside. @returns what is wrong with it, by the rule it breaks; empty for a sound one. */
export function flawsOf(file: string): [rule: string, row: unknown][] {
  const db = new Libsql(file);
  try {
    const rules = { ...FLAWS, 'a row that refers to none': 'PRAGMA foreign_key_check' };
    return Object.entries(rules).flatMap(([rule, sql]) =>
      db
        .prepare(sql)
        .all()
        .map((row): [string, unknown] => [rule, row]),
    );
  } finally {
    db.close();
  }
}
