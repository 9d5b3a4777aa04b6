import { displayName, identityKey } from '#shared/matching/identity.ts';
import type { Database } from '../database/database.ts';
import { rekeyedHeard, rekeyedSnapshot } from './snapshots.ts';

/** An artist, or another name that leads to one. */
interface Bearer {
  kind: 'artist' | 'alias';
  artistId: number;
  /** The key it is stored under. */
  former: string;
  name: string;
  /** Another name that a person gave; it says nothing where it leads to the artist anyway. */
  isManual: boolean;
}

/** What a bearer is called by today's rule; null where it goes. */
type Named = { name: string; key: string } | null;

/**
 * Gives every artist, and every other name of one, the key that today's rule makes of it, with all that is stored under their keys. Where
 * several have one key now, one keeps it: an artist before another name, and who had it before; the others are distinguished by a number,
 * as namesakes are.
 *
 * @returns the artists that have become namesakes.
 */
export function rekeyArtists(db: Database): number[] {
  const bearers = bearersIn(db);
  const named = namesOf(bearers);
  const changed = bearers.filter((bearer) => named.get(bearer)?.key !== bearer.former);
  if (changed.length > 0) rename(db, changed, named);
  rekeyReferences(
    db,
    new Map(changed.flatMap((bearer) => (bearer.kind === 'artist' ? [[bearer.former, named.get(bearer)!.key]] : []))),
  );
  return changed
    .filter((bearer) => bearer.kind === 'artist' && named.get(bearer)!.name !== bearer.name)
    .map(({ artistId }) => artistId);
}

function bearersIn(db: Database): Bearer[] {
  const artists = db.rows<[number, string, string]>('SELECT id, name_key, name FROM artists ORDER BY id');
  const aliases = db.rows<[number, string, string, number]>(
    'SELECT artist_id, name_key, name, former_id IS NULL FROM artist_aliases ORDER BY name_key',
  );
  return [
    ...artists.map(([artistId, former, name]): Bearer => ({ kind: 'artist', artistId, former, name, isManual: false })),
    ...aliases.map(([artistId, former, name, manual]): Bearer => ({
      kind: 'alias',
      artistId,
      former,
      name,
      isManual: manual === 1,
    })),
  ];
}

function namesOf(bearers: readonly Bearer[]): Map<Bearer, Named> {
  const keys = new Map(bearers.map((bearer) => [bearer, identityKey(bearer.name)]));
  const taken = new Map<string, Bearer>();
  const named = new Map<Bearer, Named>();
  const had = (bearer: Bearer) => Number(keys.get(bearer) === bearer.former);
  const order = [...bearers].sort(
    (one, other) => Number(other.kind === 'artist') - Number(one.kind === 'artist') || had(other) - had(one),
  );
  const give = (bearer: Bearer, name: string): boolean => {
    const key = name === bearer.name ? keys.get(bearer)! : identityKey(name);
    if (taken.has(key)) return false;
    taken.set(key, bearer);
    named.set(bearer, { name, key });
    return true;
  };
  // Who is distinguished by a number takes none that somebody is called by.
  for (const bearer of order.filter((one) => !give(one, one.name))) {
    const other = taken.get(keys.get(bearer)!)!;
    if (bearer.isManual && other.artistId === bearer.artistId) named.set(bearer, null);
    else for (let number = 2; !give(bearer, `${displayName(bearer.name)} (${number})`); number += 1);
  }
  return named;
}

function rename(db: Database, changed: readonly Bearer[], named: ReadonlyMap<Bearer, Named>): void {
  // A key that one leaves and another takes must not stand twice meanwhile; no key has a line break.
  for (const { kind, artistId, former } of changed) {
    if (kind === 'artist') db.run('UPDATE artists SET name_key = char(10) || id WHERE id = ?', artistId);
    else db.run('UPDATE artist_aliases SET name_key = char(10) || name_key WHERE name_key = ?', former);
  }
  for (const bearer of changed) {
    const now = named.get(bearer) ?? null;
    if (bearer.kind === 'artist')
      db.run('UPDATE artists SET name = ?, name_key = ? WHERE id = ?', now!.name, now!.key, bearer.artistId);
    else if (now === null) db.run('DELETE FROM artist_aliases WHERE name_key = char(10) || ?', bearer.former);
    else
      db.run(
        'UPDATE artist_aliases SET name = ?, name_key = ? WHERE name_key = char(10) || ?',
        now.name,
        now.key,
        bearer.former,
      );
  }
}

/** What is stored under artists' keys. @param artists today's by the former ones. */
function rekeyReferences(db: Database, artists: ReadonlyMap<string, string>): void {
  const today = (key: string) => artists.get(key) ?? identityKey(key);
  for (const [id, key] of db.rows<[number, string]>('SELECT former_id, artist_key FROM album_merges'))
    if (today(key) !== key) db.run('UPDATE album_merges SET artist_key = ? WHERE former_id = ?', today(key), id);
  const separated = db.rows<[string, number, string]>('SELECT one, other, created_at FROM album_apart');
  db.run('DELETE FROM album_apart');
  for (const [one, other, at] of separated) {
    const [artist = '', ...title] = one.split('\n');
    const now = [today(artist), rekeyedHeard(title.join('\n'))].join('\n');
    db.run('INSERT OR IGNORE INTO album_apart (one, other, created_at) VALUES (?, ?, ?)', now, other, at);
  }
  for (const [key, snapshot] of db.rows<[string, string]>(
    'SELECT name_key, snapshot FROM artist_aliases WHERE json_valid(snapshot)',
  ))
    db.run('UPDATE artist_aliases SET snapshot = ? WHERE name_key = ?', rekeyedSnapshot(snapshot), key);
}
