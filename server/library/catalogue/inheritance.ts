import type { Core } from '../core.ts';
import type { Snapshot } from './merging.ts';

type Value = string | number | null;

/** What one that became part of another gave it, by column. */
export type Given = Record<string, Value>;

/** One that became part of another: its row then, the row of the other before, and what that took of it. */
export interface Joined {
  former: number;
  row: Snapshot;
  heir: Snapshot;
  given: Given;
}

interface Heritage {
  table: 'albums' | 'artists';
  /** What goes over where the heir has none. */
  columns: readonly string[];
  /** What of that no two rows may have. */
  unique: readonly string[];
}

/** Everything an album has but its name and its own dates: what a person chose or wrote, and what services told. */
export const ALBUM: Heritage = {
  table: 'albums',
  columns: [
    ...['rating', 'note', 'cover_image_id', 'lent_hue', 'lent_chroma', 'wanted', 'want_pass', 'uid', 'by_hand'],
    ...['year', 'support', 'genres', 'styles', 'formats', 'details_at'],
    ...['mbid', 'master_id', 'discogs_id', 'discogs_url', 'spotify_url'],
  ],
  unique: ['uid', 'discogs_id'],
};

export const ARTIST: Heritage = { table: 'artists', columns: ['spotify_id', 'lastfm_url', 'discogs_id', 'mbid'], unique: ['discogs_id'] };

export const isEmpty = (value: unknown): boolean => value === null || value === 0 || value === '[]' || value === undefined;

/** True for a year that a person wrote on their record, where the heir has a service's. */
const isPersonsOwn = (column: string, former: Snapshot, heir: Snapshot): boolean => column === 'year' && former.by_hand === 1 && heir.by_hand !== 1;

/** What the heir has none of, and what a person wrote where it has a service's word. */
export function heritage({ columns }: Heritage, former: Snapshot, heir: Snapshot): Given {
  const given = columns.filter((column) => !isEmpty(former[column]) && former[column] !== heir[column] && (isEmpty(heir[column]) || isPersonsOwn(column, former, heir)));
  return Object.fromEntries(given.map((column) => [column, former[column] ?? null]));
}

export function give(core: Core, { table }: Heritage, given: Given, heirId: number): void {
  for (const [column, value] of Object.entries(given)) {
    // A picture may have gone by now.
    const kept = column === 'cover_image_id' ? '(SELECT id FROM images WHERE id = ?)' : '?';
    core.db.run(`UPDATE ${table} SET ${column} = ${kept} WHERE id = ?`, value, heirId);
  }
}

/**
 * Takes back from an heir what `parted` gave it, also by way of another that became part of the heir since, unless it was changed
 * since. What of the others fits in its place is given instead.
 *
 * @param others what else is part of the heir, the earliest first; they are changed to what they would be had `parted` never been.
 */
export function takeBack(core: Core, kind: Heritage, parted: Joined, others: readonly Joined[], heirId: number): void {
  let [given, before] = [parted.given, parted.heir];
  const passed = new Set<unknown>();
  while (before.id !== heirId) {
    const next = others.find(({ row }) => row.id === before.id);
    if (next === undefined || passed.has(next)) return;
    passed.add(next);
    given = withdrawn(next, given, before);
    before = next.heir;
  }
  for (const [column, value] of Object.entries(given)) {
    const own = before[column] ?? null;
    const direct = others.filter(({ heir }) => heir.id === heirId);
    for (const { heir } of direct) if (heir[column] === value) heir[column] = own;
    const { changes } = core.db.run(`UPDATE ${kind.table} SET ${column} = ? WHERE id = ? AND ${column} IS ?`, own, heirId, value);
    const next = isEmpty(own) ? direct.find(({ row }) => !isEmpty(row[column])) : undefined;
    if (changes === 0 || next === undefined || isTaken(core, kind, column, next.row)) continue;
    next.given[column] = next.row[column] ?? null;
    give(core, kind, { [column]: next.given[column] }, heirId);
  }
}

/** Takes from a former one what it had of another. @returns what of that it gave its own heir. */
function withdrawn(from: Joined, given: Given, before: Snapshot): Given {
  const passedOn: Given = {};
  for (const [column, value] of Object.entries(given)) {
    if (from.row[column] !== value) continue;
    from.row[column] = before[column] ?? null;
    if (!(column in from.given)) continue;
    passedOn[column] = from.given[column]!;
    delete from.given[column];
  }
  return passedOn;
}

const isTaken = (core: Core, { table, unique }: Heritage, column: string, row: Snapshot): boolean =>
  unique.includes(column) && core.db.get(`SELECT 1 FROM ${table} WHERE ${column} = ? AND id <> ?`, row[column], row.id) !== undefined;

/** A row as it may be written again: what only one can have, and another has by now, stays with that one. */
export function withoutTaken(core: Core, kind: Heritage, row: Snapshot): Snapshot {
  const taken = kind.unique.filter((column) => !isEmpty(row[column]) && isTaken(core, kind, column, row));
  return { ...row, ...Object.fromEntries(taken.map((column) => [column, null])) };
}

/** What an heir was told of one thing alone since the two became one goes with it: before, it cannot have been the heir's. */
export function freeUnique(core: Core, { table, unique }: Heritage, row: Snapshot, heirId: number): void {
  for (const column of unique) if (!isEmpty(row[column])) core.db.run(`UPDATE ${table} SET ${column} = NULL WHERE id = ? AND ${column} = ?`, heirId, row[column]);
}
