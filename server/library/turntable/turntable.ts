import type { Turntable } from '../api/turntable.ts';
import { nextChange } from '#shared/journal/sounding.ts';
import type { Core } from '../core.ts';
import { holdBack } from './ahead.ts';
import { writeHeard } from './listens.ts';
import { openSessions } from './sessions.ts';
import { expandWholes } from './wholes.ts';

export function openTurntable(core: Core): Turntable {
  // By the clock alone: where it was set back, listens come late rather than early, and devices show them meanwhile.
  const now = () => Math.floor(core.time().clock / 1000);
  let nextWhole: number | null = null;
  return {
    settle() {
      holdBack(core, Math.floor(core.time().latest / 1000));
      for (const session of openSessions(core)) core.db.transaction(() => writeHeard(core, session, now()));
      nextWhole = expandWholes(core, now());
    },
    nextAt() {
      const changes = openSessions(core).map((session) => nextChange(session, now()) ?? now());
      if (nextWhole !== null) changes.push(nextWhole);
      return changes.length === 0 ? null : Math.min(...changes);
    },
  };
}
