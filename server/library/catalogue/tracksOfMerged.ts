import { textKey } from '#shared/matching/identity.ts';
import type { Core } from '../core.ts';
import type { HeardTrack } from './heardTrack.ts';

/**
 * The tracks of albums that were merged into another, by where they are on that one today: whatever is credited there, a play of them
 * is filed there.
 *
 * @returns ids by the place in the list; where there is none, nothing.
 */
export function tracksOfMerged(core: Core, heard: readonly HeardTrack[]): Map<number, number> {
  const asked = heard.flatMap(({ title, album, artists }, place) =>
    album === null ? [] : [[place, album.id, textKey(title), artists[0]!.id, artists[0]!.name_key]],
  );
  return new Map(
    asked.length === 0 ? [] : core.db.rows<[place: number, id: number]>(FORMER_TRACKS, JSON.stringify(asked)),
  );
}

/** Whom a former artist is one with today. */
const TODAY = (artistId: string) =>
  `ifnull((SELECT artist_id FROM artist_aliases WHERE former_id = ${artistId}), ${artistId})`;

const FORMER_TRACKS = `WITH asked AS (
    SELECT value ->> 0 AS place, value ->> 1 AS album_id, value ->> 2 AS title_key, value ->> 3 AS artist_id, value ->> 4 AS artist_key FROM json_each(?)
  )
  SELECT place, tracks.id FROM asked CROSS JOIN album_merges ON album_merges.album_id = asked.album_id
    CROSS JOIN json_each(snapshot, '$.tracks') AS former
    JOIN tracks ON tracks.album_id = asked.album_id AND tracks.kind IS NOT 'heading'
      AND tracks.id = ifnull((SELECT id FROM former_ids WHERE kind = 'track' AND former_id = former.value ->> 'id'), former.value ->> 'id')
  WHERE former.value ->> 'title_key' = asked.title_key AND asked.artist_id = ifnull(
    (SELECT ${TODAY(`(value ->> 'artist_id')`)} FROM json_each(snapshot, '$.trackArtists')
     WHERE value ->> 'track_id' = former.value ->> 'id' ORDER BY value ->> 'position' LIMIT 1),
    CASE WHEN album_merges.artist_key = asked.artist_key THEN asked.artist_id END)
  ORDER BY album_merges.former_id DESC`;
