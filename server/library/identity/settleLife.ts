/**
 * Which life a library's file is in when it is opened: the one it says, or a new one where the marker beside it shows that the file is a
 * copy or an earlier state of what was open last.
 */

import { randomUUID } from 'node:crypto';
import type { Log } from '../../kit/log.ts';
import type { Ancestor, Beginning } from '../api/libraryIdentity.ts';
import type { Database } from '../database/database.ts';
import { type DatabaseIdentity, insertion, newEpoch, raiseIds, REMEMBERED } from './epochs.ts';
import { isAnotherFile } from './fileIdentity.ts';
import { beyond, higher, parseHighestIds } from './highestIds.ts';
import { isCopiedMarker, type Marker, markerPath } from './marker.ts';

/** What life the database is in, begun now where it must be. */
export function settle(
  db: Database,
  found: DatabaseIdentity | null,
  known: Marker | null,
  { now, log, begin }: { now: number; log: Log; begin: Beginning | undefined },
): { libraryId: string; lives: Ancestor[] } {
  if (found === null) return firstLife(db, known, now, begin);
  if (known === null && found.opening === null)
    return { libraryId: found.libraryId ?? randomUUID(), lives: livesIn(db, found.epoch) };
  const why =
    differenceOf(found, known) ??
    (known!.exchanged ? 'another file was open in its place since' : null) ??
    putBack(db.file, known!);
  if (why === null) return { libraryId: known!.libraryId, lives: livesIn(db, found.epoch) };
  const begun = newEpoch(found, known, 'swap', now);
  db.exec(begun.sql);
  log.warn('library.new-epoch', { cause: 'swap', epoch: begun.lives[0]!.epoch, why });
  return begun;
}

function firstLife(
  db: Database,
  known: Marker | null,
  now: number,
  begin: Beginning | undefined,
): { libraryId: string; lives: Ancestor[] } {
  const first: Ancestor = {
    epoch: randomUUID(),
    parent: begin?.from?.epoch ?? null,
    cause: begin?.cause ?? 'new',
    common: begin?.from?.common ?? {},
    begunAt: now,
  };
  const former = begin?.former ?? [];
  db.run('INSERT INTO library_state (only, epoch, last_seq) VALUES (1, ?, 0)', first.epoch);
  db.exec([first, ...former].map(insertion).join('\n'));
  db.exec(raiseIds(beyond(higher(known?.highestIds ?? {}, begin?.given ?? {}))));
  return { libraryId: begin?.libraryId ?? randomUUID(), lives: [first, ...former].slice(0, REMEMBERED) };
}

/** Why the file is not the one that the marker describes, as a message for the log; null when it is. */
function differenceOf(found: DatabaseIdentity, known: Marker | null): string | null {
  if (known === null) return 'there is no marker beside the database any more';
  if (found.libraryId !== null && found.libraryId !== known.libraryId) return 'it is another library';
  if (found.epoch !== known.epoch) return 'it is of another life of this library';
  if ((found.opening?.token ?? null) !== known.opening) return 'it is not the file that was open last';
  if (found.lastSeq < known.lastSeq) return `it comes to ${found.lastSeq} changes, and had come to ${known.lastSeq}`;
  if ((found.opening?.commits ?? 0) < known.commits.made) return 'it is an earlier copy of the file that was open last';
  return null;
}

/**
 * Why a file that says what it should is a copy all the same, with nothing of what came after it: as when the whole folder went back to
 * what it was. Null when it is the very file.
 */
function putBack(file: string, known: Marker): string | null {
  if (isCopiedMarker(markerPath(file)))
    return 'the marker beside it is a copy: the folder was put back, or comes from elsewhere';
  return known.file !== null && isAnotherFile(known.file, file) ? 'it is a copy of the file that was open last' : null;
}

/** A life and those it came from, the latest first. */
export function livesIn(db: Database, epoch: string, most = REMEMBERED): Ancestor[] {
  const rows = db.all<Omit<Ancestor, 'common' | 'begunAt'> & { common: string; begun_at: number }>(
    'SELECT epoch, parent, cause, common, begun_at FROM epochs',
  );
  const byEpoch = new Map(
    rows.map(({ common, begun_at, ...row }) => [
      row.epoch,
      { ...row, common: parseHighestIds(common), begunAt: begun_at },
    ]),
  );
  const lives: Ancestor[] = [];
  for (let at: string | null = epoch; at !== null && lives.length < most;) {
    const life: Ancestor = byEpoch.get(at) ?? { epoch: at, parent: null, cause: 'new', common: {}, begunAt: 0 };
    byEpoch.delete(at);
    lives.push(life);
    at = life.parent !== null && byEpoch.has(life.parent) ? life.parent : null;
  }
  return lives;
}
