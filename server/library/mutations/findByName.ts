import { displayName, identityKey, textKey } from '#shared/matching/identity.ts';
import type { TargetOf } from '#shared/mutations/targets.ts';
import { recordings } from '../catalogue/recordings.ts';
import { type Core, listed } from '../core.ts';
import { resolveId } from '../curation/redirects.ts';
import { ALL_SOURCES } from '../listens/evidence.ts';

type Named<K extends 'listen' | 'track' | 'album' | 'artist' | 'scrobble'> = Omit<TargetOf<K>, 'kind' | 'id'>;

/** The one in a list of one; undefined where there is none, or several that cannot be distinguished. */
const only = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);

/** The ids of the artists that a device shows under this name, or that have it as another name. */
export function artistsShownAs(core: Core, name: string): number[] {
  const key = identityKey(name);
  const rows = core.db.rows<[id: number, name: string, nameKey: string]>(
    `SELECT id, name, name_key FROM artists WHERE name_key = ?1 OR (name_key > ?1 || ' (' AND name_key < ?1 || ' )')
     UNION SELECT artists.id, artist_aliases.name, artist_aliases.name_key FROM artist_aliases JOIN artists ON artists.id = artist_id WHERE artist_aliases.name_key = ?1`,
    key,
  );
  return [
    ...new Set(
      rows.filter(([, full, full_key]) => full_key === key || identityKey(displayName(full)) === key).map(([id]) => id),
    ),
  ];
}

export const findArtistByName = (core: Core, { name }: Named<'artist'>): number | undefined =>
  only(artistsShownAs(core, name));

/** A former artist, merged into `into`, under the name they had. */
export function findMergedArtist(core: Core, { name }: Named<'artist'>, into: number): number | undefined {
  return core.db.get<{ former_id: number }>(
    'SELECT former_id FROM artist_aliases WHERE artist_id = ? AND name_key = ? AND former_id IS NOT NULL',
    into,
    identityKey(name),
  )?.former_id;
}

const FIRST_ARTIST = '(SELECT artist_id FROM album_artist WHERE album_id = albums.id ORDER BY position LIMIT 1)';

/** The album of this title by this artist; of several pressings the one with the same number at Discogs. */
export function findAlbumByName(core: Core, { title, artist, discogsId }: Named<'album'>): number | undefined {
  const rows = core.db.rows<[id: number, discogsId: string | null]>(
    `SELECT id, discogs_id FROM albums WHERE title_key = ? AND CASE WHEN ? THEN ${FIRST_ARTIST} IS NULL ELSE ${FIRST_ARTIST} IN (SELECT value FROM json_each(?)) END`,
    textKey(title),
    Number(artist === ''),
    listed(artist === '' ? [] : artistsShownAs(core, artist)),
  );
  return only(pressing(rows, discogsId))?.[0];
}

/** An album that was merged into `into`, under the title it had. */
export function findMergedAlbum(
  core: Core,
  { title }: Pick<Named<'album'>, 'title'>,
  into: number,
): number | undefined {
  return only(
    core.db.rows<[number]>(
      'SELECT former_id FROM album_merges WHERE album_id = ? AND title_key = ?',
      into,
      textKey(title),
    ),
  )?.[0];
}

function pressing<R extends [id: number, discogsId: string | null, ...unknown[]]>(
  rows: readonly R[],
  discogsId: string | null | undefined,
): readonly R[] {
  return rows.length < 2 || discogsId === undefined ? rows : rows.filter((row) => row[1] === discogsId);
}

/** The track of this title by this artist on that album; of a title that the album has twice, the first. */
export function findTrackByName(core: Core, { title, artist, album, discogsId }: Named<'track'>): number | undefined {
  const rows = tracksOf(core, title, artist).filter(
    ([, , albumKey]) => albumKey === (album === null ? null : textKey(album)),
  );
  const fitting = pressing(rows, discogsId);
  return new Set(fitting.map(([, , , albumId]) => albumId)).size === 1 ? fitting[0]![0] : undefined;
}

/** Any track of the recording, on whichever album. */
export function findRecordingByName(
  core: Core,
  { title, artist }: Pick<Named<'track'>, 'title' | 'artist'>,
): number | undefined {
  const artistId = only(artistsShownAs(core, artist));
  return artistId === undefined ? undefined : recordings(core, artistId, textKey(title))[0]?.id;
}

const PERFORMER = `ifnull((SELECT artist_id FROM track_artist WHERE track_id = tracks.id ORDER BY position LIMIT 1),
  (SELECT artist_id FROM album_artist WHERE album_artist.album_id = tracks.album_id ORDER BY position LIMIT 1))`;

type TrackRow = [id: number, discogsId: string | null, albumKey: string | null, albumId: number | null];

function tracksOf(core: Core, title: string, artist: string): TrackRow[] {
  return core.db.rows<TrackRow>(
    `SELECT tracks.id, albums.discogs_id, albums.title_key, album_id FROM tracks LEFT JOIN albums ON albums.id = album_id
     WHERE tracks.title_key = ? AND kind IS NOT 'heading' AND ${PERFORMER} IN (SELECT value FROM json_each(?)) ORDER BY track_number IS NULL, track_number, tracks.id`,
    textKey(title),
    listed(artistsShownAs(core, artist)),
  );
}

/** The listen of that moment and these names in the journal, or the one that has a report of them. */
export function findListenByName(core: Core, { playedAt, title, artist }: Named<'listen'>): number | undefined {
  const artists = listed(artistsShownAs(core, artist));
  const inJournal = core.db.rows<[number]>(
    `SELECT listening_history.id FROM listening_history JOIN tracks ON tracks.id = track_id
     WHERE timestamp = ? AND tracks.title_key = ? AND ${PERFORMER} IN (SELECT value FROM json_each(?))`,
    playedAt,
    textKey(title),
    artists,
  );
  if (inJournal.length > 0) return only(inJournal)?.[0];
  const reportedTitles = core.db.rows<[listenId: number, title: string]>(
    `SELECT DISTINCT listening_history.id, scrobbles.title FROM scrobbles JOIN listening_history ON listening_history.id = listen_id JOIN tracks ON tracks.id = listening_history.track_id
     WHERE scrobbles.source IN (${ALL_SOURCES}) AND played_at = ? AND state = 'resolved' AND ${PERFORMER} IN (SELECT value FROM json_each(?))`,
    playedAt,
    artists,
  );
  return only([...new Set(reportedTitles.filter(([, name]) => textKey(name) === textKey(title)).map(([id]) => id))]);
}

/** The listen of that moment and these names that a person took out of the journal. */
export function findDeletedListen(core: Core, { playedAt, title, artist }: Named<'listen'>): number | undefined {
  const rows = core.db.rows<[id: number, trackId: number]>(
    `SELECT listen_id, listen ->> 'track_id' FROM deleted_listens WHERE listen ->> 'timestamp' = ?`,
    playedAt,
  );
  const tracks = new Set(tracksOf(core, title, artist).map(([id]) => id));
  return only(rows.filter(([, trackId]) => tracks.has(resolveId(core, 'track', trackId))))?.[0];
}

/** A source's report of that moment; of a listen where one is given. */
export function findScrobbleByName(
  core: Core,
  { source, playedAt }: Named<'scrobble'>,
  listenId?: number,
): number | undefined {
  const rows = core.db.rows<[number]>(
    `SELECT id FROM scrobbles WHERE source = ?1 AND played_at = ?2 AND state = 'resolved' AND (?3 IS NULL OR listen_id = ?3)`,
    source,
    playedAt,
    listenId ?? null,
  );
  return only(rows)?.[0];
}

/** The album's only picture from that source. */
export function imageOf(core: Core, albumId: number, source: string): number | undefined {
  return only(core.db.rows<[number]>('SELECT id FROM images WHERE album_id = ? AND source = ?', albumId, source))?.[0];
}
