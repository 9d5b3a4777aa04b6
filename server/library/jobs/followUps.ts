import type { FollowUpNotes } from './followUpNotes.ts';
import type { FollowUps } from '../api/followUps.ts';
import { reattach } from '../curation/reattach.ts';
import { type Core, listed } from '../core.ts';
import type { Database } from '../database/database.ts';
import { joinNamesake, joinSameTitled } from '../derivedKeys/sameNamed.ts';
import { openDerivedKeys } from '../derivedKeys/served.ts';
import { UNNAMED } from '../rollups/importedRollups.ts';
import type { Rollups } from '../api/rollups.ts';
import { joinHeard } from '../shelf/joinHeard.ts';
import { inSlices, type Pace } from '../../kit/slices.ts';
import { isDatabaseUnavailable } from '../api/unavailable.ts';

export function openFollowUpNotes(db: Database): FollowUpNotes {
  const listeners: (() => void)[] = [];
  let noted = false;
  const note = (sql: string, ids: Iterable<number>) => {
    if (db.run(`INSERT OR IGNORE INTO follow_ups (kind, what) ${sql}`, JSON.stringify([...ids])).changes > 0)
      noted = true;
  };
  db.onTransaction({
    beforeCommit: () => undefined,
    afterCommit() {
      if (!noted) return;
      noted = false;
      for (const listener of listeners) listener();
    },
    afterRollback: () => (noted = false),
  });
  return {
    tracks: (ids) => note(COUNTED_TRACKS, ids),
    heard: (ids) =>
      note(`SELECT 'listen', id FROM listening_history WHERE track_id IN (SELECT value FROM json_each(?))`, ids),
    waiting: (ids) =>
      new Set(
        db
          .rows<[number]>(
            `SELECT what FROM follow_ups WHERE kind = 'listen' AND what IN (SELECT value FROM json_each(?))`,
            listed(ids),
          )
          .map(([id]) => id),
      ),
    albums: (ids) => note(`SELECT 'album', value FROM json_each(?) WHERE true`, ids),
    onNoted: (listener) => void listeners.push(listener),
  };
}

/** Of these tracks, and of those that became one with them, the ones that archived months count. */
const COUNTED_TRACKS = `SELECT 'track', id FROM (
    SELECT value AS id FROM json_each(?1)
    UNION SELECT ${UNNAMED}
    UNION SELECT former_id FROM former_ids WHERE kind = 'track' AND id IN (SELECT value FROM json_each(?1))) AS changed
  WHERE EXISTS (SELECT 1 FROM archived_listens WHERE track_id = changed.id) OR EXISTS (SELECT 1 FROM given_plays WHERE track_id = changed.id)`;

/** An id, or a month. */
type What = number | string;

interface Step {
  kind: string;
  /** The smallest slice. */
  least: number;
  work(whats: never[]): unknown;
}

/** How many of a list are looked up at a time. */
const AT_ONCE = 500;

export function openFollowUps(core: Core, rollups: Rollups): FollowUps {
  const { db, followUps } = core;
  const derivedKeys = openDerivedKeys(core);
  /** Each in the transaction that takes it off the list; what one notes comes in a later one's turn. */
  const steps: Step[] = [
    // What has one key by a new rule, before anything else is looked up by it.
    { kind: 'namesake', least: 1, work: (ids: number[]) => ids.forEach((id) => joinNamesake(core, id)) },
    { kind: 'twins', least: 1, work: (ids: number[]) => ids.forEach((id) => joinSameTitled(core, id)) },
    { kind: 'listen', least: 25, work: (listenIds: number[]) => reattach(core, listenIds) },
    { kind: 'album', least: 1, work: (ids: number[]) => ids.forEach((id) => joinHeard(core, id)) },
    { kind: 'track', least: 1, work: (ids: number[]) => db.run(MONTHS, listed(rollups.monthsOf(ids))) },
    { kind: 'month', least: 1, work: (months: string[]) => rollups.refresh(months) },
  ];

  const waiting = (kind: string, failed: ReadonlyMap<What, unknown>): What[] =>
    db
      .rows<[What]>(
        'SELECT what FROM follow_ups WHERE kind = ? AND what NOT IN (SELECT value FROM json_each(?)) LIMIT ?',
        kind,
        listed(failed.keys()),
        AT_ONCE,
      )
      .map(([what]) => what);

  const doAll = ({ kind, work }: Step, whats: readonly What[]) =>
    db.transaction(() => {
      db.run('DELETE FROM follow_ups WHERE kind = ? AND what IN (SELECT value FROM json_each(?))', kind, listed(whats));
      work([...whats] as never[]);
    });

  async function drain(step: Step, pace: Pace, failed: Map<What, unknown>): Promise<void> {
    for (let whats = waiting(step.kind, failed); whats.length > 0; whats = waiting(step.kind, failed)) {
      await inSlices(
        whats,
        pace,
        (slice) => {
          if (failureOf(() => doAll(step, slice)) === null) return;
          // One that cannot be done keeps none of the others from it.
          for (const what of slice) {
            const failure = failureOf(() => doAll(step, [what]));
            if (failure !== null) failed.set(what, failure.error);
          }
        },
        step.least,
      );
    }
  }

  return {
    async run(pace) {
      const failed = new Map(steps.map((step) => [step, new Map<What, unknown>()]));
      // Keys are made anew between what is noted meanwhile: people wait for that.
      do for (const [step, failures] of failed) await drain(step, pace, failures);
      while (await derivedKeys.some(pace));
      for (const failures of failed.values()) for (const error of failures.values()) throw error;
    },
    onNoted: followUps.onNoted,
  };
}

/** @returns why it cannot be done; null once it is. @throws DatabaseUnavailable */
function failureOf(work: () => void): { error: unknown } | null {
  try {
    work();
    return null;
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    return { error };
  }
}

const MONTHS = `INSERT OR IGNORE INTO follow_ups (kind, what) SELECT 'month', value FROM json_each(?) WHERE true`;
