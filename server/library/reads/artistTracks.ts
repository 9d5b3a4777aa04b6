/** The tracks of an artist, bound once: those credited to them, and those of their albums that have no credits of their own. */
export const ARTIST_TRACKS = `
  SELECT track_id FROM track_artist WHERE artist_id = ?1
  UNION
  SELECT tracks.id FROM album_artist JOIN tracks ON tracks.album_id = album_artist.album_id
  WHERE album_artist.artist_id = ?1 AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_artist.track_id = tracks.id)`;

/** The same for many artists at once, as pairs of artist and track. Bound to a JSON list of artist ids. */
export const TRACKS_OF_ARTISTS = `
  SELECT artist_id, track_id FROM track_artist WHERE artist_id IN (SELECT value FROM json_each(?1))
  UNION
  SELECT album_artist.artist_id, tracks.id FROM album_artist JOIN tracks ON tracks.album_id = album_artist.album_id
  WHERE album_artist.artist_id IN (SELECT value FROM json_each(?1)) AND NOT EXISTS (SELECT 1 FROM track_artist WHERE track_artist.track_id = tracks.id)`;
