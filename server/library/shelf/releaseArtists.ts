import type { CreditFacts } from '../api/shelf.ts';
import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { artistNumbered, findArtist } from '../catalogue/artists.ts';
import { refreshArtist } from '../catalogue/reindex.ts';
import { type Core, isoNow } from '../core.ts';

/** Whether a credit decides which number an artist has: that of a release does, one in a tracklist only where no release of theirs will. */
export type Claims = 'all' | 'unreleased';

/**
 * The library's artist for a Discogs credit. One that Discogs' number names is the one, under a former or other name too; else a
 * namesake that no other Discogs artist has claimed; else a new one, which keeps Discogs' " (2)" only when the plain name is taken.
 */
function releaseArtist(core: Core, credit: CreditFacts, claims: Claims): number {
  const { db, feed, search } = core;
  const known = credit.discogsId === null ? undefined : artistNumbered(core, credit.discogsId);
  if (known !== undefined) return known.id;
  const plain = displayName(credit.name);
  for (const name of new Set([plain, credit.name])) {
    const namesake = bearerOf(core, name);
    if (namesake === undefined) return create(name);
    if (namesake.discogsId !== null && credit.discogsId !== null) continue;
    if (credit.discogsId !== null && (claims === 'all' || !isReleased(core, namesake.id)))
      claim(core, namesake, credit.discogsId);
    return namesake.id;
  }
  // The plain name and its number are both taken: count on.
  for (let number = 2; ; number += 1) {
    const name = `${plain} (${number})`;
    if (!findArtist(core, name)) return create(name);
  }

  function create(name: string): number {
    const now = isoNow(core);
    const { lastId } = db.run(
      'INSERT INTO artists (name, name_key, sort_name, discogs_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      name,
      identityKey(name),
      sortName(displayName(name)),
      credit.discogsId,
      now,
      now,
    );
    feed.touch('artists', lastId);
    search.put('artists', lastId, [displayName(name)]);
    return lastId;
  }
}

/** Who has a name, and the number that Discogs has for who is meant by it: the artist, or one that was merged into them. */
interface Bearer {
  id: number;
  name: string;
  discogsId: string | null;
  isAlias: boolean;
}

const bearerOf = (core: Core, name: string): Bearer | undefined =>
  core.db.get<Bearer>(
    `SELECT id, name, discogs_id AS discogsId, 0 AS isAlias FROM artists WHERE name_key = ?1
     UNION ALL SELECT artist_id, name, discogs_id, 1 FROM artist_aliases WHERE name_key = ?1`,
    identityKey(name),
  );

function claim(core: Core, { id, name, isAlias }: Bearer, discogsId: string): void {
  core.db.run(
    `UPDATE ${isAlias ? 'artist_aliases' : 'artists'} SET discogs_id = ? WHERE name_key = ?`,
    discogsId,
    identityKey(name),
  );
  core.feed.touch('artists', id);
}

/** True for an artist of a Discogs release: that decides whose number is theirs. */
const isReleased = (core: Core, id: number): boolean =>
  core.db.get(
    'SELECT 1 FROM album_artist JOIN albums ON albums.id = album_id WHERE artist_id = ? AND albums.discogs_id IS NOT NULL',
    id,
  ) !== undefined;

/**
 * Learns the numbers of artists from a release that the library has: who is credited there is who Discogs credits, whoever else
 * has the name. Nothing is made or moved.
 */
export function knowArtists(
  core: Core,
  { discogsId, artists }: { discogsId: string; artists: readonly CreditFacts[] },
): void {
  const unknown = artists.filter(
    (credit) => credit.discogsId !== null && artistNumbered(core, credit.discogsId) === undefined,
  );
  if (unknown.length === 0) return;
  for (const credit of unknown) {
    const credited = core.db.all<Bearer>(CREDITED, discogsId);
    const wanted = identityKey(displayName(credit.name));
    const meant = credited.find(
      (bearer) => bearer.discogsId === null && identityKey(displayName(bearer.name)) === wanted,
    );
    if (meant !== undefined) claim(core, meant, credit.discogsId!);
  }
}

/**
 * The artist's own name wins over how one report or record spelt it, by which the artist came into the library: Discogs has it with
 * the artist's number. Nothing else is written: it is one name, in another case or typography.
 */
function spell(core: Core, id: number, credit: CreditFacts): void {
  const { db } = core;
  const artist = db.get<{ name: string; discogs_id: string | null }>(
    'SELECT name, discogs_id FROM artists WHERE id = ?',
    id,
  )!;
  if (credit.discogsId === null || artist.discogs_id !== credit.discogsId) return;
  const plain = displayName(credit.name);
  const now = displayName(artist.name);
  if (now === plain || identityKey(now) !== identityKey(plain)) return;
  const name = plain + artist.name.slice(now.length);
  db.run(
    'UPDATE artists SET name = ?, sort_name = ?, updated_at = ? WHERE id = ?',
    name,
    sortName(plain),
    isoNow(core),
    id,
  );
  const credits = (table: 'album_artist' | 'track_artist', owner: 'album_id' | 'track_id') =>
    db.rows<[number]>(`SELECT ${owner} FROM ${table} WHERE artist_id = ?`, id).map(([each]) => each);
  refreshArtist(core, id, { albums: credits('album_artist', 'album_id'), tracks: credits('track_artist', 'track_id') });
}

const CREDITED = `WITH credited AS (SELECT artist_id, position FROM album_artist JOIN albums ON albums.id = album_id WHERE albums.discogs_id = ?)
  SELECT id, name, artists.discogs_id AS discogsId, 0 AS isAlias, position FROM credited JOIN artists ON artists.id = artist_id
  UNION ALL SELECT artist_id, name, discogs_id, 1, position FROM credited JOIN artist_aliases USING (artist_id) ORDER BY isAlias, position`;

/** Writes the credits of an album or a track in order. @returns true when they changed. */
export function writeCredits(
  core: Core,
  owner: { albumId: number } | { trackId: number },
  credits: readonly CreditFacts[],
  claims: Claims = 'all',
): boolean {
  const { db } = core;
  const [table, column, id] =
    'albumId' in owner
      ? (['album_artist', 'album_id', owner.albumId] as const)
      : (['track_artist', 'track_id', owner.trackId] as const);
  const wanted = new Map<number, (string | number | null)[]>();
  for (const credit of credits) {
    const artistId = releaseArtist(core, credit, claims);
    spell(core, artistId, credit);
    // Another name that leads to the artist stays on the record that has it.
    const { name } = db.get<{ name: string }>('SELECT name FROM artists WHERE id = ?', artistId)!;
    const printed = credit.creditedAs === displayName(name) ? null : credit.creditedAs;
    if (!wanted.has(artistId))
      wanted.set(artistId, [artistId, wanted.size, printed, credit.join === '' ? null : credit.join]);
  }
  const before = db.rows<[number, number, string | null, string | null]>(
    `SELECT artist_id, position, credited_as, join_phrase FROM ${table} WHERE ${column} = ? ORDER BY position`,
    id,
  );
  if (JSON.stringify(before) === JSON.stringify([...wanted.values()])) return false;
  db.run(`DELETE FROM ${table} WHERE ${column} = ?`, id);
  for (const [artistId, position, printed, join] of wanted.values()) {
    db.run(
      `INSERT INTO ${table} (${column}, artist_id, position, credited_as, join_phrase) VALUES (?, ?, ?, ?, ?)`,
      id,
      artistId,
      position,
      printed,
      join,
    );
  }
  return true;
}
