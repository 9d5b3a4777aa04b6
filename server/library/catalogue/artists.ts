import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { type Core, isoNow, listed } from '../core.ts';

export interface ArtistRow {
  id: number;
  name: string;
  name_key: string;
  lastfm_url: string | null;
}

/** The artists whose names or aliases these keys are, by key. */
export function findArtists(core: Core, keys: Iterable<string>): Map<string, ArtistRow> {
  const rows = core.db.rows<[key: string, id: number, name: string, nameKey: string, url: string | null]>(
    `WITH wanted AS (SELECT value AS key FROM json_each(?))
     SELECT key, id, name, name_key, lastfm_url FROM wanted JOIN artists ON name_key = key
     UNION ALL
     SELECT key, artists.id, artists.name, artists.name_key, lastfm_url FROM wanted
       JOIN artist_aliases ON artist_aliases.name_key = key JOIN artists ON artists.id = artist_id`,
    listed(keys),
  );
  return new Map(rows.map(([key, id, name, nameKey, url]) => [key, { id, name, name_key: nameKey, lastfm_url: url }]));
}

/** The artist whose name or alias this is, whatever its case and the Unicode form of its accents. */
export function findArtist(core: Core, name: string): ArtistRow | undefined {
  return findArtists(core, [identityKey(name)])
    .values()
    .next().value;
}

/** The artist whom Discogs knows by this number, or under another name whom that one leads to; undefined where none has it. */
export function artistNumbered({ db }: Core, discogsId: string): { id: number; isFormer: boolean } | undefined {
  const own = db.get<{ id: number }>('SELECT id FROM artists WHERE discogs_id = ?', discogsId);
  if (own !== undefined) return { id: own.id, isFormer: false };
  const survivor = db.get<{ id: number }>(
    'SELECT artist_id AS id FROM artist_aliases WHERE discogs_id = ? ORDER BY name_key LIMIT 1',
    discogsId,
  );
  return survivor && { id: survivor.id, isFormer: true };
}

/** The artist of this name, made if there is none yet. */
export function artistNamed(core: Core, name: string): ArtistRow {
  return findArtist(core, name) ?? createArtist(core, name);
}

export function createArtist(core: Core, name: string, mbid: string | null = null): ArtistRow {
  const now = isoNow(core);
  const key = identityKey(name);
  const { lastId } = core.db.run(
    'INSERT INTO artists (name, name_key, sort_name, mbid, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
    name,
    key,
    sortName(displayName(name)),
    mbid,
    now,
    now,
  );
  core.feed.touch('artists', lastId);
  core.search.put('artists', lastId, [displayName(name)]);
  return { id: lastId, name, name_key: key, lastfm_url: null };
}
