import { nextChange } from '#shared/journal/turntable.ts';
import type { Core } from '../core.ts';
import { holdBack } from './ahead.ts';
import { writeHeard } from './listens.ts';
import { openSessions } from './sessions.ts';
import { tellWholes } from './wholes.ts';

/** What plays at the turntable by a person's word. Its tracks become listens when their time has come, and not before. */
export interface Turntable {
  /** Writes what has been heard by now, and tells whole records by their tracks where these became known. To be called at a start, and whenever `nextAt` has come. */
  settle(): void;
  /** When there is something to write again, seconds since the epoch; null while nothing plays. */
  nextAt(): number | null;
}

export function openTurntable(core: Core): Turntable {
  // By the clock alone: where it was set back, listens come late rather than early, and devices show them meanwhile.
  const now = () => Math.floor(core.time().clock / 1000);
  let nextWhole: number | null = null;
  return {
    settle() {
      holdBack(core, Math.floor(core.time().latest / 1000));
      for (const session of openSessions(core)) core.db.transaction(() => writeHeard(core, session, now()));
      nextWhole = tellWholes(core, now());
    },
    nextAt() {
      const changes = openSessions(core).map((session) => nextChange(session, now()) ?? now());
      if (nextWhole !== null) changes.push(nextWhole);
      return changes.length === 0 ? null : Math.min(...changes);
    },
  };
}
