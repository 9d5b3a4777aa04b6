import type { Ancestor, EpochCause, HighestIds } from '../api/libraryIdentity.ts';
import { randomUUID } from 'node:crypto';
import { epochsTable } from '../migrations/0003_lives.ts';
import { beyond, clipped, MAX_HIGHEST_ID, GAP, higher, lower, possible, WIDE_GAP } from './highestIds.ts';
import type { Marker } from './marker.ts';
import { type OpeningMark, parsedOpening } from './opening.ts';

/** What a database says of itself. */
export interface DatabaseIdentity {
  /** Null in a file from before libraries had an id. */
  libraryId: string | null;
  epoch: string;
  lastSeq: number;
  /** Its last opening; null when there was none. */
  opening: OpeningMark | null;
  highestIds: HighestIds;
}

/** Lives that a marker remembers. */
export const REMEMBERED = 10;

type Rows = <R>(sql: string) => R[];

/** True for a database with the tables of a library. @param rows answers a query of it. */
export const holdsLibrary = (rows: Rows): boolean =>
  rows("SELECT 1 FROM sqlite_master WHERE name = 'library_state'").length > 0;

/** @param rows answers a query of the database. @returns null for one that holds no library yet. */
export function readIdentity(rows: Rows): DatabaseIdentity | null {
  if (!holdsLibrary(rows)) return null;
  const columns = rows<{ name: string }>("SELECT name FROM pragma_table_info('library_state')").map(({ name }) => name);
  const column = (name: string) => (columns.includes(name) ? name : `NULL AS ${name}`);
  const [state] = rows<{ library_id: string | null; epoch: string; last_seq: number; opening: string | null }>(
    `SELECT epoch, last_seq, ${column('library_id')}, ${column('opening')} FROM library_state`,
  );
  if (state === undefined) return null;
  const given = rows<{ name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence');
  return {
    libraryId: state.library_id,
    epoch: state.epoch,
    lastSeq: state.last_seq,
    opening: parsedOpening(state.opening),
    highestIds: Object.fromEntries(given.map(({ name, seq }) => [name, seq])),
  };
}

/** True for a file of the library that the marker is of, whatever its age. */
function isSameLibrary(life: Pick<DatabaseIdentity, 'libraryId' | 'epoch'>, marker: Marker): boolean {
  if (life.libraryId !== null) return life.libraryId === marker.libraryId;
  return life.epoch === marker.epoch || marker.lives.some(({ epoch }) => epoch === life.epoch);
}

export interface NewEpoch {
  libraryId: string;
  /** Its own row first; then what is known of those before. */
  lives: Ancestor[];
  highestIds: HighestIds;
  /** Makes it so in the database, in statements that answer nothing. */
  sql: string;
}

/**
 * A new life of a database: devices that follow a former one pull anew, no id is given again that was given in any of them, and what
 * this one shares with the one before is written down.
 *
 * @param life what the file holds. @param marker what was known of the library in this place; null when nothing is.
 * @param now seconds since the epoch
 */
export function newEpoch(life: DatabaseIdentity, marker: Marker | null, cause: EpochCause, now: number): NewEpoch {
  const same = marker !== null && isSameLibrary(life, marker);
  const { parent, common } = same ? sharedWith(life, marker) : { parent: life.epoch, common: clipped(life.highestIds) };
  const begun: Ancestor = { epoch: randomUUID(), parent, cause, common, begunAt: now };
  const lives = [begun, ...(same ? marker.lives : [])].slice(0, REMEMBERED);
  const highestIds = beyond(
    higher(possible(life.highestIds), marker?.highestIds ?? {}),
    marker?.self == null ? WIDE_GAP : GAP,
  );
  const sql = [
    epochsTable,
    ...lives.map(insertion),
    `INSERT OR IGNORE INTO epochs SELECT epoch, NULL, 'new', '{}', ${now} FROM library_state;`,
    `UPDATE library_state SET epoch = ${quoted(begun.epoch)};`,
    raiseIds(highestIds),
  ].join('\n');
  return { libraryId: same ? marker.libraryId : (life.libraryId ?? randomUUID()), lives, highestIds, sql };
}

/** The life before this one, and how far the two agree, along the lives that lie between the file's and the marker's. */
function sharedWith(life: DatabaseIdentity, marker: Marker): { parent: string; common: HighestIds } {
  const own = clipped(life.highestIds);
  let common = own;
  const known = new Map(marker.lives.map((each) => [each.epoch, each]));
  for (let at: string | null = marker.epoch; at !== life.epoch;) {
    const between = known.get(at);
    if (between?.parent == null) return { parent: life.epoch, common: own };
    common = lower(common, between.common);
    known.delete(at);
    at = between.parent;
  }
  return { parent: marker.epoch, common };
}

/** In SQL: no id up to these is given any more. Tables that the database does not have are passed over. */
export function raiseIds(highestIds: HighestIds): string {
  return Object.entries(highestIds)
    .map(([table, id]) => {
      const name = quoted(table);
      return `INSERT INTO sqlite_sequence (name, seq) SELECT ${name}, 0 WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${name} AND sql LIKE '%AUTOINCREMENT%')
  AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ${name});
UPDATE sqlite_sequence SET seq = max(seq, ${Math.min(id, MAX_HIGHEST_ID)}) WHERE name = ${name};`;
    })
    .join('\n');
}

/** In SQL: a row of the table `epochs`, unless it has it. */
export function insertion({ epoch, parent, cause, common, begunAt }: Ancestor): string {
  return `INSERT OR IGNORE INTO epochs (epoch, parent, cause, common, begun_at) VALUES (${quoted(epoch)}, ${parent === null ? 'NULL' : quoted(parent)}, ${quoted(cause)}, ${quoted(JSON.stringify(common))}, ${begunAt});`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
