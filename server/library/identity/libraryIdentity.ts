/** The identity of an open library: its life, its place on the disk, and the marker beside it that is kept in step. */

import type { AtPlace, Beginning, EpochCause, HighestIds, LibraryIdentity } from '../api/libraryIdentity.ts';
import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import type { Database } from '../database/database.ts';
import { DatabaseUnavailable } from '../api/unavailable.ts';
import { type DatabaseIdentity, newEpoch, raiseIds, readIdentity } from './epochs.ts';
import { identityOf } from './fileIdentity.ts';
import { higher, parseHighestIds, plausibleIds, WIDE_GAP } from './highestIds.ts';
import { expectNewEpoch, type Marker, markerPath, readMarker } from './marker.ts';
import { LogSalts, MarkerKeeper } from './markerKeeper.ts';
import { openingText, type OpeningMark, parsedOpening } from './opening.ts';
import { FilePlace } from './filePlace.ts';
import { livesIn, settle } from './settleLife.ts';

export interface IdentityOptions {
  clock: Clock;
  log: Log;
  /** How the first life of an empty file begins; by default as a new library. */
  begin?: Beginning;
}

/**
 * Holds the database against the marker beside it, begins a new life where they do not agree, and keeps the marker in step from then
 * on. To be called once the schema is the newest and before anything is written.
 */
export function openIdentity(db: Database, { clock, log, begin }: IdentityOptions): LibraryIdentity {
  const path = markerPath(db.file);
  const known = readMarker(path);
  const now = nowSeconds(clock);
  const opening = randomUUID();
  let before: OpeningMark | null = null;
  let commits = 0;
  let lives = db.transaction(() => {
    const found = readIdentity(<R>(sql: string) => db.all<R>(sql));
    before = found?.opening ?? null;
    commits = Math.max(before?.commits ?? 0, known?.commits.made ?? 0) + 1;
    const settled = settle(db, found, known, { now, log, begin });
    // Whatever became of the sequences in the file.
    if (known?.libraryId === settled.libraryId) db.exec(raiseIds(known.highestIds));
    db.run(
      'UPDATE library_state SET library_id = ?, opening = ?',
      settled.libraryId,
      openingText({ token: opening, commits }),
    );
    return settled.lives;
  });
  const { libraryId } = readIdentity(<R>(sql: string) => db.all<R>(sql)) as DatabaseIdentity & { libraryId: string };

  const salts = new LogSalts(db.file);
  const keeper = new MarkerKeeper(path, markerNow(null), {
    clock,
    log,
    counts() {
      // A marker that another process writes is not written over, nor one that came with another file.
      if (isTaken()) throw taken();
      if (isElsewhere()) throw notThere();
      return countsIn(db);
    },
  });
  const left = salts.read();
  // The file itself has the token from now on, and the log begins anew: the next salts follow from these.
  checkpoint(db, log);
  const place = new FilePlace(db, { token: opening, before });
  const comeTo = (): Pick<Marker, 'file' | 'commits'> => ({
    file: leftAs(db.file),
    commits: { made: commits, inFile: place.commits },
  });
  keeper.note({ log: left, ...comeTo() });
  let abandoned = false;
  let takenAway = false;
  let counted = changesIn(db);
  /** With the one that is being made: a commit that fails was none. */
  let coming = commits;
  db.onTransaction({
    beforeCommit() {
      if (abandoned) return;
      // The commit may take the log into the file: never into somebody else's. What a disk takes that dropped out may never be seen again.
      if (isElsewhere()) throw notThere();
      if (changesIn(db) === counted) return;
      coming = commits + 1;
      const { changes } = db.run(
        'UPDATE library_state SET opening = ? WHERE substr(opening, 1, ?) = ?',
        openingText({ token: opening, commits: coming }),
        opening.length,
        opening,
      );
      // Whoever opened the file last has it: what this process knows of it may not hold any more.
      if (changes === 0) throw taken();
    },
    afterCommit() {
      if (abandoned) return;
      counted = changesIn(db);
      commits = coming;
      place.look({ committed: true });
      const { lastSeq, highestIds } = stateOf(db);
      keeper.note({
        lastSeq,
        highestIds: higher(keeper.marker.highestIds, highestIds),
        log: salts.read() ?? keeper.marker.log,
        ...comeTo(),
      });
    },
    afterRollback: () => void (coming = commits),
  });

  /** True when another process has opened this very file since, as one can where the lock was removed. A copy in its place has come less far. */
  function isTaken(): boolean {
    try {
      const found = db.get<{ library_id: string | null; opening: string | null }>(
        'SELECT library_id, opening FROM library_state',
      );
      const mark = parsedOpening(found?.opening ?? null);
      return mark !== null && found!.library_id === libraryId && mark.token !== opening && mark.commits > commits;
    } catch {
      // Something else was written over it.
      return false;
    }
  }

  function placeNow(): AtPlace | 'taken' {
    const found = place.look();
    return takenAway || (found === 'another' && isTaken()) ? 'taken' : found;
  }

  function isElsewhere(): boolean {
    return ['another', 'away'].includes(place.look());
  }

  function notThere(): DatabaseUnavailable {
    return new DatabaseUnavailable('disk-failing', new Error('The library’s file was exchanged, or is away'));
  }

  function taken(): DatabaseUnavailable {
    takenAway = true;
    return new DatabaseUnavailable('database-busy', new Error('Another program has opened the library as its own'));
  }

  function markerNow(logSalts: Marker['log']): Marker {
    const { lastSeq, highestIds } = stateOf(db);
    return {
      format: 1,
      libraryId,
      epoch: lives[0]!.epoch,
      lastSeq,
      highestIds: higher(known?.highestIds ?? {}, highestIds),
      counts: countsIn(db),
      writtenAt: now,
      opening,
      commits: { made: commits, inFile: 0 },
      log: logSalts,
      file: null,
      self: known?.self ?? null,
      lives,
    };
  }

  const listeners = new Set<() => void>();
  function beginAgain(): void {
    db.transaction(() => {
      // The marker is as far behind as the library: what others have seen beyond this device is known to neither.
      const begun = newEpoch(
        readIdentity(<R>(sql: string) => db.all<R>(sql))!,
        { ...keeper.marker, self: null },
        'swap',
        nowSeconds(clock),
      );
      db.exec(begun.sql);
      lives = begun.lives;
    });
    keeper.note({ epoch: lives[0]!.epoch, lives });
    keeper.settle();
    log.warn('library.new-epoch', {
      cause: 'swap',
      epoch: lives[0]!.epoch,
      why: 'a device has seen more of this library than there is',
    });
    for (const listener of listeners) listener();
  }

  return {
    libraryId,
    opening,
    lastWrittenAt: known?.writtenAt ?? 0,
    get epoch() {
      return lives[0]!.epoch;
    },
    get cause() {
      return lives[0]!.cause as EpochCause;
    },
    get begunAt() {
      return lives[0]!.begunAt;
    },
    lives: () => livesIn(db, lives[0]!.epoch, Infinity),
    seen({ libraryId: followed, epoch, seq, highest }, reach = WIDE_GAP) {
      if (followed !== libraryId) return false;
      const ids = plausibleIds(highest, higher(keeper.marker.highestIds, stateOf(db).highestIds), reach);
      const far = Object.entries(highest).filter(([name, id]) => ids[name] !== id);
      if (far.length > 0) log.warn('library.far-ids-told', { reported: Object.fromEntries(far), plausibleIds: ids });
      db.transaction(() => db.exec(raiseIds(ids)));
      keeper.settle();
      if (epoch === lives[0]!.epoch && seq > stateOf(db).lastSeq) beginAgain();
      return true;
    },
    beginAgain,
    onNewEpoch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    place: placeNow,
    touched: () => place.touched,
    abandon(aside) {
      abandoned = true;
      keeper.abandon();
      salts.close();
      const isAnother = place.look() === 'another';
      const restore = place.protect(aside);
      return () => {
        restore();
        if (isAnother) expectNewEpoch(path, keeper.marker);
      };
    },
    close() {
      if (abandoned) return;
      // Everything comes into the one file, which a person may copy by itself then.
      checkpoint(db, log);
      place.look();
      keeper.note(comeTo());
      keeper.close();
      salts.close();
    },
  };
}

function stateOf(db: Database): { lastSeq: number; highestIds: HighestIds } {
  const row = db.get<{ last: number; ids: string }>(
    'SELECT (SELECT last_seq FROM library_state) AS last, (SELECT json_group_object(name, seq) FROM sqlite_sequence) AS ids',
  )!;
  return { lastSeq: row.last, highestIds: parseHighestIds(row.ids) };
}

/** Rows that this connection has changed so far. */
const changesIn = (db: Database): number => db.get<{ changed: number }>('SELECT total_changes() AS changed')!.changed;

/** @returns null when there is no such file. */
function leftAs(file: string): Marker['file'] {
  const [found, identity] = [statSync(file, { throwIfNoEntry: false }), identityOf(file)];
  return found === undefined || identity === null ? null : { ...identity, bytes: found.size, changedMs: found.mtimeMs };
}

/** What the log holds comes into the file. Where somebody else reads it, that waits. */
function checkpoint(db: Database, log: Log): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    log.warn('library.not-checkpointed', { error });
  }
}

const countsIn = (db: Database): Marker['counts'] =>
  db.get<Marker['counts']>(
    'SELECT (SELECT ifnull(sum(listens), 0) FROM journal_pages) AS listens, (SELECT count(*) FROM albums) AS albums',
  )!;
