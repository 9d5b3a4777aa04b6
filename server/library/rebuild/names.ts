import { displayName, identityKey } from '#shared/matching/identity.ts';
import { type Core, isoNow } from '../core.ts';
import type { ForeignIds } from './ids.ts';

/** A name of which `displayName` makes just this one: a replica holds names as they are read. */
export const undisplayed = (name: string): string => (displayName(name) === name ? name : `${name} (2)`);

/** The exact name under which a document says something is stored. */
export const storedName = ({ name, numberedName }: { name: string; numberedName?: string | undefined }): string =>
  numberedName !== undefined && displayName(numberedName) === name ? numberedName : undisplayed(name);

/** The names an artist may be stored under, all read as this one: as it is, then with the numbers that distinguish namesakes. */
function* spellings(name: string): Generator<string> {
  yield undisplayed(name);
  for (let number = 2; number < 1900; number += 1) yield `${name} (${number})`;
}

/** The first spelling of an artist's name that no artist and no alias has. */
export function freeName({ db }: Core, name: string): string {
  for (const spelling of spellings(name)) {
    const key = identityKey(spelling);
    const taken = db.get(
      'SELECT 1 FROM artists WHERE name_key = ?1 UNION ALL SELECT 1 FROM artist_aliases WHERE name_key = ?1',
      key,
    );
    if (taken === undefined) return spelling;
  }
  throw new Error(`There are too many artists of the name ${name}`);
}

/** The first spelling that is free and whose key comes after another, so that a list of aliases keeps its order. */
export function freeAlias({ db }: Core, name: string, after: string): string {
  const free = (key: string) =>
    db.get(
      'SELECT 1 FROM artists WHERE name_key = ?1 UNION ALL SELECT 1 FROM artist_aliases WHERE name_key = ?1',
      key,
    ) === undefined;
  const candidates = [...spellings(name)].filter((spelling) => free(identityKey(spelling)));
  return (
    candidates.find((spelling) => Buffer.compare(Buffer.from(identityKey(spelling)), Buffer.from(after)) > 0) ??
    candidates[0]!
  );
}

/**
 * Gives an artist the exact name it was stored under, by which reports find it among its namesakes. A namesake of that life who was
 * made under it from a credit alone takes the other's in exchange, until its own document gives its own.
 *
 * @returns true when it had another one.
 */
export function bearName(core: Core, ids: ForeignIds, id: number, name: string): boolean {
  const now = nameOf(core, id);
  if (identityKey(now) === identityKey(name) || identityKey(displayName(now)) !== identityKey(displayName(name)))
    return false;
  const bearer = bearerOf(core, name);
  if (bearer === null) {
    rename(core, id, name);
    return true;
  }
  if (bearer === undefined || !ids.isTaken('artist', bearer)) return false;
  rename(core, bearer, freeName(core, displayName(name)));
  rename(core, id, name);
  rename(core, bearer, now);
  return true;
}

/** Makes a name free for an alias where a namesake of that life was made under it from a credit alone. @returns true when it is free. */
export function freeForAlias(core: Core, ids: ForeignIds, name: string): boolean {
  const bearer = bearerOf(core, name);
  if (bearer === null) return true;
  if (
    bearer === undefined ||
    !ids.isTaken('artist', bearer) ||
    identityKey(displayName(nameOf(core, bearer))) !== identityKey(displayName(name))
  )
    return false;
  rename(core, bearer, freeName(core, displayName(name)));
  return true;
}

const nameOf = ({ db }: Core, id: number): string =>
  db.get<{ name: string }>('SELECT name FROM artists WHERE id = ?', id)!.name;

/** Whose name this is stored as: null for nobody, undefined where it is an alias. */
function bearerOf({ db }: Core, name: string): number | null | undefined {
  const key = identityKey(name);
  if (db.get('SELECT 1 FROM artist_aliases WHERE name_key = ?', key) !== undefined) return undefined;
  return db.get<{ id: number }>('SELECT id FROM artists WHERE name_key = ?', key)?.id ?? null;
}

function rename(core: Core, id: number, name: string): void {
  const [before, after] = [identityKey(nameOf(core, id)), identityKey(name)];
  core.db.run('UPDATE artists SET name = ?, name_key = ?, updated_at = ? WHERE id = ?', name, after, isoNow(core), id);
  core.db.run(
    `UPDATE OR IGNORE album_apart SET one = ?2 || substr(one, length(?1) + 1) WHERE substr(one, 1, length(?1) + 1) = ?1 || char(10)`,
    before,
    after,
  );
}
