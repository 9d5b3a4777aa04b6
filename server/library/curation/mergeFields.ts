import type { Core } from '../core.ts';
import type { Snapshot } from './snapshots.ts';

type Value = string | number | null;

/** What one that was merged into another gave it, by column. */
export type Given = Record<string, Value>;

interface MergedTable {
  table: 'albums' | 'artists';
  /** What goes over where the survivor has none. */
  columns: readonly string[];
  /** What of that no two rows may have. */
  unique: readonly string[];
}

/** Everything an album has but its name and its own dates: what a person chose or wrote, and what services gave. */
export const ALBUM: MergedTable = {
  table: 'albums',
  columns: [
    ...['rating', 'note', 'cover_image_id', 'lent_hue', 'lent_chroma', 'wanted', 'want_pass', 'uid', 'by_hand'],
    ...['year', 'support', 'genres', 'styles', 'formats', 'details_at'],
    ...['mbid', 'master_id', 'discogs_id', 'discogs_url', 'spotify_url'],
  ],
  unique: ['uid', 'discogs_id'],
};

export const ARTIST: MergedTable = {
  table: 'artists',
  columns: ['spotify_id', 'lastfm_url', 'discogs_id', 'mbid'],
  unique: ['discogs_id'],
};

export const isEmpty = (value: unknown): boolean =>
  value === null || value === 0 || value === '[]' || value === undefined;

/** True for a year that a person wrote on their record, where the survivor has a service's. */
const isPersonsOwn = (column: string, former: Snapshot, survivor: Snapshot): boolean =>
  column === 'year' && former.by_hand === 1 && survivor.by_hand !== 1;

/**
 * What the survivor has none of, and what a person wrote where it has a service's value.
 *
 * @param except columns that the survivor keeps as they are.
 */
export function fieldsToMerge(
  { columns }: MergedTable,
  former: Snapshot,
  survivor: Snapshot,
  except: readonly string[] = [],
): Given {
  const given = columns.filter(
    (column) =>
      !except.includes(column) &&
      !isEmpty(former[column]) &&
      former[column] !== survivor[column] &&
      (isEmpty(survivor[column]) || isPersonsOwn(column, former, survivor)),
  );
  return Object.fromEntries(given.map((column) => [column, former[column] ?? null]));
}

export function give(core: Core, { table }: MergedTable, given: Given, survivorId: number): void {
  for (const [column, value] of Object.entries(given)) {
    // A picture may have gone by now.
    const stored = column === 'cover_image_id' ? '(SELECT id FROM images WHERE id = ?)' : '?';
    core.db.run(`UPDATE ${table} SET ${column} = ${stored} WHERE id = ?`, value, survivorId);
  }
}

/** Columns in which a survivor differs from what the merge made of it: what a person or a service changed since. */
export function saidSince(core: Core, { table, columns }: MergedTable, survivor: Snapshot, given: Given): string[] {
  const now = core.db.get<Snapshot>(`SELECT * FROM ${table} WHERE id = ?`, survivor.id);
  const became: Snapshot = { ...survivor, ...given };
  return now === undefined ? [] : columns.filter((column) => now[column] !== became[column]);
}

/** Takes back from a survivor what it was given, unless it was changed since. */
export function takeBack(
  core: Core,
  { table }: MergedTable,
  survivor: Snapshot,
  given: Given,
  survivorId: number,
): void {
  for (const [column, value] of Object.entries(given)) {
    core.db.run(
      `UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} IS ?`,
      survivor[column],
      survivorId,
      value,
    );
  }
}

const isTaken = (core: Core, { table, unique }: MergedTable, column: string, row: Snapshot): boolean =>
  unique.includes(column) &&
  core.db.get(`SELECT 1 FROM ${table} WHERE ${column} = ? AND id <> ?`, row[column], row.id) !== undefined;

/** A row as it may be written again: what only one can have, and another has by now, stays with that one. */
export function withoutTaken(core: Core, kind: MergedTable, row: Snapshot): Snapshot {
  const taken = kind.unique.filter((column) => !isEmpty(row[column]) && isTaken(core, kind, column, row));
  return { ...row, ...Object.fromEntries(taken.map((column) => [column, null])) };
}

/** Takes from a survivor the unique values of the row that is restored: it can only have got them since the merge. */
export function freeUnique(core: Core, { table, unique }: MergedTable, row: Snapshot, survivorId: number): void {
  for (const column of unique)
    if (!isEmpty(row[column]))
      core.db.run(`UPDATE ${table} SET ${column} = NULL WHERE id = ? AND ${column} = ?`, survivorId, row[column]);
}
