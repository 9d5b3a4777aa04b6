import { isGivableId } from '#shared/primitives/identifiers.ts';
import type { Core } from '../core.ts';

export type Kind = 'artist' | 'album' | 'track';

/** Something a document names that was not given yet. */
export type Need = [kind: Kind, id: number];

/**
 * What the ids of a replica mean here. They are those of one life of the library (its epoch): within it an id is always the same
 * thing, whichever device names it. What has its id here too keeps it; what has not goes by another one in all that names it.
 */
export interface ForeignIds {
  readonly life: string;
  /** The id here; undefined for what this life did not give yet. */
  of(kind: 'artist' | 'album', theirs: number): number | undefined;
  /** The track's id here, whether or not there is such a track. */
  track(theirs: number): number;
  /** The listen's id here, whether or not there is such a listen. */
  listen(theirs: number): number;
  /** `track` for many at once; those that were not given yet are left out. */
  tracks(theirs: Iterable<number>): Map<number, number>;
  /** True when something of this life is that already, so that another thing of it is not. */
  isTaken(kind: Kind, ours: number): boolean;
  keep(kind: Kind, theirs: number, ours: number): void;
  /** Notes which listen of the library one of this life is. */
  keepListen(theirs: number, ours: number): void;
}

export function foreignIds({ db }: Core, life: string): ForeignIds {
  const find = (kind: Kind, theirs: number) =>
    db.get<{ ours: number }>(
      'SELECT ours FROM rebuilt_ids WHERE life = ? AND kind = ? AND theirs = ?',
      life,
      kind,
      theirs,
    )?.ours;
  return {
    life,
    of: find,
    track: (theirs) => find('track', theirs) ?? theirs,
    listen: (theirs) =>
      db.get<{ ours: number }>('SELECT ours FROM rebuilt_listens WHERE life = ? AND theirs = ?', life, theirs)?.ours ??
      theirs,
    tracks: (theirs) =>
      new Map(
        db.rows<[number, number]>(
          `SELECT theirs, ours FROM rebuilt_ids WHERE life = ? AND kind = 'track' AND theirs IN (SELECT value FROM json_each(?))`,
          life,
          JSON.stringify([...new Set(theirs)]),
        ),
      ),
    isTaken: (kind, ours) =>
      db.get('SELECT 1 FROM rebuilt_ids WHERE life = ? AND kind = ? AND ours = ?', life, kind, ours) !== undefined,
    keep(kind, theirs, ours) {
      db.run(
        'INSERT OR REPLACE INTO rebuilt_ids (life, kind, theirs, ours) VALUES (?, ?, ?, ?)',
        life,
        kind,
        theirs,
        ours,
      );
    },
    keepListen(theirs, ours) {
      if (theirs !== ours)
        db.run('INSERT OR REPLACE INTO rebuilt_listens (life, theirs, ours) VALUES (?, ?, ?)', life, theirs, ours);
    },
  };
}

type Table = 'albums' | 'artists' | 'listening_history';

/**
 * An id for something that is no more, as an album that was merged into another: its own, or where no row here may have that, one
 * that nothing has or had. It is given to nothing else.
 */
export function idOfFormer(core: Core, table: Table, theirs: number, isFree = true): number {
  const id = isFree && isGivableId(theirs) ? theirs : lastGiven(core, table) + 1;
  const { changes } = core.db.run('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?', id, table);
  if (changes === 0) core.db.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, id);
  return id;
}

const lastGiven = ({ db }: Core, table: Table): number =>
  db.get<{ seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?', table)?.seq ?? 0;

/** The id that a document or a credit has in its life. @throws with a message for people for what is none. */
export function numberOf(id: string): number {
  const number = /^\d{1,16}$/.test(id) ? Number(id) : NaN;
  if (!Number.isSafeInteger(number)) throw new Error(`${JSON.stringify(id)} is no id that a library gives`);
  return number;
}
