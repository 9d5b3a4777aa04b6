import { displayName } from '#shared/matching/identity.ts';
import type { Credit } from '#shared/library/track.ts';
import type { Core } from '../core.ts';

type CreditRow = [owner: number, id: number, name: string, creditedAs: string | null, join: string | null];

/** The credits of these albums or tracks, by their ids, in the order as printed. */
export function creditsOf(core: Core, kind: 'album' | 'track', ids: string): Map<number, Credit[]> {
  const rows = core.db.rows<CreditRow>(
    `SELECT ${kind}_id, artist_id, name, credited_as, join_phrase FROM ${kind}_artist JOIN artists ON artists.id = artist_id
     WHERE ${kind}_id IN (SELECT value FROM json_each(?)) ORDER BY ${kind}_id, position, artist_id`,
    ids,
  );
  return grouped(rows, ([, id, name, creditedAs, join]) => ({
    id: String(id),
    name: displayName(name),
    ...(creditedAs !== null && { creditedAs: displayName(creditedAs) }),
    ...(join !== null && join !== '' && { join }),
  }));
}

/** Rows under their first column, each made into a value. */
export function grouped<K extends number | string, R extends [K, ...unknown[]], T>(
  rows: readonly R[],
  make: (row: R) => T,
): Map<R[0], T[]> {
  const groups = new Map<R[0], T[]>();
  for (const row of rows) {
    const group = groups.get(row[0]);
    if (group === undefined) groups.set(row[0], [make(row)]);
    else group.push(make(row));
  }
  return groups;
}
