import { displayName, identityKey } from '#shared/matching/identity.ts';
import type { Core } from '../core.ts';

/** A name of which `displayName` makes just this one: a replica holds names as they are read. */
export const undisplayed = (name: string): string => (displayName(name) === name ? name : `${name} (2)`);

/** The names an artist may be kept under, all read as this one: as it is, then with the numbers that tell namesakes apart. */
function* spellings(name: string): Generator<string> {
  yield undisplayed(name);
  for (let number = 2; number < 1900; number += 1) yield `${name} (${number})`;
}

/** The first spelling of an artist's name that no artist and no alias has. */
export function freeName({ db }: Core, name: string): string {
  for (const spelling of spellings(name)) {
    const key = identityKey(spelling);
    const taken = db.get('SELECT 1 FROM artists WHERE name_key = ?1 UNION ALL SELECT 1 FROM artist_aliases WHERE name_key = ?1', key);
    if (taken === undefined) return spelling;
  }
  throw new Error(`There are too many artists of the name ${name}`);
}

/** The first spelling that is free and whose key comes after another, so that a list of aliases keeps its order. */
export function freeAlias({ db }: Core, name: string, after: string): string {
  const free = (key: string) => db.get('SELECT 1 FROM artists WHERE name_key = ?1 UNION ALL SELECT 1 FROM artist_aliases WHERE name_key = ?1', key) === undefined;
  const candidates = [...spellings(name)].filter((spelling) => free(identityKey(spelling)));
  return candidates.find((spelling) => Buffer.compare(Buffer.from(identityKey(spelling)), Buffer.from(after)) > 0) ?? candidates[0]!;
}
