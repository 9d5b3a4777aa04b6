import { splitCredits } from '#shared/matching/credits.ts';
import { identityKey, textKey } from '#shared/matching/identity.ts';
import type { Core } from '../core.ts';
import { albumKey, findAlbums, type HeardAlbum } from './albums.ts';
import { findArtists } from './artists.ts';
import type { ReportedNames } from './reported.ts';
import { isWhole } from './tracks.ts';

type Naming = Pick<ReportedNames, 'artist' | 'albumArtist' | 'title' | 'album'>;

/** Names of nothing on the shelf, of an album that is owned, or of a track on it. */
export type Precedence = 0 | 1 | 2;

/** What these names say of the shelf, in the order given. Makes nothing of what it does not find. */
export function shelfPrecedence(core: Core, namings: readonly Naming[]): Precedence[] {
  const asked = namings.map(({ artist, albumArtist, title, album }) => ({
    performer: identityKey(splitCredits(artist).primary),
    ownerKey: identityKey(splitCredits(albumArtist ?? artist).primary),
    title,
    album,
  }));
  const artists = findArtists(core, new Set(asked.flatMap(({ performer, ownerKey }) => [performer, ownerKey])));
  const heard = asked.map(({ ownerKey, album }): HeardAlbum | null => {
    const artist = artists.get(ownerKey);
    return album === null || artist === undefined ? null : { title: album, artists: [artist], mbid: null };
  });
  const albums = findAlbums(core, [
    ...new Map(heard.flatMap((album) => (album === null ? [] : [[albumKey(album), album] as const]))).values(),
  ]);
  const known = asked.flatMap(({ performer, title }, place) => {
    const album = heard[place] ? albums.get(albumKey(heard[place])) : undefined;
    return album === undefined ? [] : [[place, album.id, textKey(title), artists.get(performer)?.id ?? 0]];
  });
  const rows = core.db.rows<[place: number, hasTrack: number]>(
    `WITH asked AS (SELECT value ->> 0 AS place, value ->> 1 AS album_id, value ->> 2 AS title_key, value ->> 3 AS artist_id FROM json_each(?))
     SELECT place, EXISTS (
       SELECT 1 FROM tracks LEFT JOIN track_artist AS first ON first.track_id = tracks.id AND first.position = 0
       WHERE tracks.album_id = asked.album_id AND tracks.title_key = asked.title_key AND kind IS NOT 'heading' AND NOT ${isWhole('tracks')} AND (first.artist_id = asked.artist_id
         OR first.artist_id IS NULL AND EXISTS (SELECT 1 FROM album_artist WHERE album_artist.album_id = asked.album_id AND album_artist.artist_id = asked.artist_id)))
     FROM asked WHERE EXISTS (SELECT 1 FROM copies WHERE copies.album_id = asked.album_id)`,
    JSON.stringify(known),
  );
  const precedences = new Map(rows);
  return namings.map((_, place) => (precedences.has(place) ? (precedences.get(place) === 1 ? 2 : 1) : 0));
}
