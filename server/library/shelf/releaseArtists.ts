import { displayName, identityKey } from '#shared/matching/identity.ts';
import { sortName } from '#shared/matching/sortName.ts';
import { findArtist } from '../catalogue/artists.ts';
import { type Core, isoNow } from '../core.ts';

/** An artist in a release's credit, as Discogs has it. */
export interface CreditFacts {
  /** Discogs' own id; null for one it gives none. */
  discogsId: string | null;
  /** With the " (2)" that tells namesakes apart. */
  name: string;
  creditedAs: string;
  join: string;
}

/**
 * The library's artist for a Discogs credit. One that Discogs' id names is the one; else a namesake that no other Discogs artist
 * has claimed; else a new one, which keeps Discogs' " (2)" only when the plain name is taken.
 */
function releaseArtist(core: Core, credit: CreditFacts): number {
  const { db, feed, search } = core;
  if (credit.discogsId !== null) {
    const claimed = db.get<{ id: number }>('SELECT id FROM artists WHERE discogs_id = ?', credit.discogsId);
    if (claimed) return claimed.id;
  }
  const plain = displayName(credit.name);
  for (const name of new Set([plain, credit.name])) {
    const namesake = findArtist(core, name);
    if (!namesake) return create(name);
    const { discogs_id: owner } = db.get<{ discogs_id: string | null }>('SELECT discogs_id FROM artists WHERE id = ?', namesake.id)!;
    if (owner !== null && owner !== credit.discogsId && credit.discogsId !== null) continue;
    if (owner === null && credit.discogsId !== null) db.run('UPDATE artists SET discogs_id = ? WHERE id = ?', credit.discogsId, namesake.id);
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
      name, identityKey(name), sortName(displayName(name)), credit.discogsId, now, now,
    );
    feed.touch('artists', lastId);
    search.put('artists', lastId, [displayName(name)]);
    return lastId;
  }
}

/** Writes the credits of an album or a track in order. @returns true when they changed. */
export function writeCredits(core: Core, owner: { albumId: number } | { trackId: number }, credits: readonly CreditFacts[]): boolean {
  const { db } = core;
  const [table, column, id] = 'albumId' in owner ? (['album_artist', 'album_id', owner.albumId] as const) : (['track_artist', 'track_id', owner.trackId] as const);
  const wanted = new Map<number, (string | number | null)[]>();
  for (const credit of credits) {
    const artistId = releaseArtist(core, credit);
    const printed = credit.creditedAs === displayName(credit.name) ? null : credit.creditedAs;
    if (!wanted.has(artistId)) wanted.set(artistId, [artistId, wanted.size, printed, credit.join === '' ? null : credit.join]);
  }
  const before = db.rows<[number, number, string | null, string | null]>(
    `SELECT artist_id, position, credited_as, join_phrase FROM ${table} WHERE ${column} = ? ORDER BY position`,
    id,
  );
  if (JSON.stringify(before) === JSON.stringify([...wanted.values()])) return false;
  db.run(`DELETE FROM ${table} WHERE ${column} = ?`, id);
  for (const [artistId, position, printed, join] of wanted.values()) {
    db.run(`INSERT INTO ${table} (${column}, artist_id, position, credited_as, join_phrase) VALUES (?, ?, ?, ?, ?)`, id, artistId, position, printed, join);
  }
  return true;
}
