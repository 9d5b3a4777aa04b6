import { randomUUID } from 'node:crypto';
import Libsql from 'libsql';
import { readOnce } from '../database/query.ts';
import { type DatabaseIdentity, readIdentity, newEpoch } from './epochs.ts';
import type { EpochCause } from '../api/libraryIdentity.ts';
import { type Marker, markerPath, readMarker } from './marker.ts';

/**
 * Begins a new life in a database that is about to take a library's place: no checkpoint of a former one holds in it, and no id that
 * was given in any is given again.
 *
 * @param incoming the file, which nobody has open. @param place the library's file, whose marker says what was given.
 * @param today a copy of the library that is there now, for when there is no marker; null for none. @param now seconds since the epoch.
 * @returns the marker to be written when the file has taken the place.
 */
export function beginEpochIn(
  incoming: string,
  { place, today, cause, now }: { place: string; today: string | null; cause: EpochCause; now: number },
): Marker {
  const life = readLife(incoming);
  if (life === null) throw new Error('it holds no library');
  const known = readMarker(markerPath(place)) ?? (today === null ? null : markerOf(readLife(today)));
  const begun = newEpoch(life, known, cause, now);
  // A connection that only executes releases the file when it is closed.
  const db = new Libsql(incoming);
  try {
    db.exec(`BEGIN; ${begun.sql} COMMIT;`);
  } finally {
    db.close();
  }
  return {
    format: 1,
    libraryId: begun.libraryId,
    epoch: begun.lives[0]!.epoch,
    lastSeq: life.lastSeq,
    highestIds: begun.highestIds,
    counts: { listens: 0, albums: 0 },
    writtenAt: now,
    opening: life.opening?.token ?? null,
    commits: { made: life.opening?.commits ?? 0, inFile: 0 },
    log: null,
    file: null,
    self: null,
    lives: begun.lives,
  };
}

function readLife(file: string): DatabaseIdentity | null {
  const db = new Libsql(file);
  try {
    return readIdentity(<R>(sql: string) => readOnce<R>(db, sql));
  } finally {
    db.close();
  }
}

/** What a library's own file says where there is no marker of it. */
function markerOf(life: DatabaseIdentity | null): Marker | null {
  if (life === null) return null;
  const { libraryId, epoch, lastSeq, highestIds, opening } = life;
  return {
    format: 1,
    libraryId: libraryId ?? randomUUID(),
    epoch,
    lastSeq,
    highestIds,
    counts: { listens: 0, albums: 0 },
    writtenAt: 0,
    opening: opening?.token ?? null,
    commits: { made: 0, inFile: 0 },
    log: null,
    file: null,
    self: null,
    lives: [],
  };
}
