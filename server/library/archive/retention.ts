import type { FallingOut, Retention } from '../api/retention.ts';
import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type Core, isoNow } from '../core.ts';
import type { ServiceStates } from '../api/settings.ts';
import { serviceStates } from '../settings/settings.ts';

const KEY = 'retention';
const REACHED = 'retention-reached';

/** The longest that the nightly work may have rested before its clock is asked about, in seconds: a server that was off for a month is rare. */
const LONGEST_REST = 31 * 86_400;

/** The household's choice of how long listens are kept. */
interface Decision {
  days: number;
  /** ISO 8601, as `created_at` of the listens. */
  at: string;
}

/** How far the nightly work has come, in seconds since the epoch. */
interface Reached {
  at: number;
}

export function openRetention(core: Core): Retention {
  const states = serviceStates(core);
  let calendar: Calendar | null = null;
  const cutoff = (days: number): number => {
    if (days === 0) return 0;
    if (calendar?.timeZone !== core.days.timeZone) calendar = createCalendar(core.days.timeZone);
    return calendar.dayStart(calendar.dayNumber(nowSeconds(core.clock)) - days);
  };
  const decisionOn = (days: number): Decision | null => {
    const decision = states.get<Decision>(KEY);
    return decision?.days === days ? decision : null;
  };
  const waiting = (days: number): FallingOut | null => {
    const decision = decisionOn(days);
    if (days === 0) return null;
    if (decision === null) return fallingOut(core, cutoff(days));
    const now = nowSeconds(core.clock);
    if (now - lastNight(core, states, decision) > LONGEST_REST) {
      const falling = fallingOut(core, cutoff(days));
      return falling && { ...falling, clock: now };
    }
    return cameInTooOld(core, decision, cutoff(days)) ? fallingOut(core, cutoff(days)) : null;
  };
  return {
    cutoff,
    waiting,
    isDecided: (days) => decisionOn(days) !== null && waiting(days) === null,
    decide(days) {
      states.set(KEY, { days, at: isoNow(core) } satisfies Decision);
      states.set(REACHED, { at: nowSeconds(core.clock) } satisfies Reached);
    },
    reached: () => states.set(REACHED, { at: nowSeconds(core.clock) } satisfies Reached),
  };
}

/** When the period was last reckoned with by a clock that nobody doubted: by the nightly work, or by a person; in seconds. */
function lastNight(core: Core, states: ServiceStates, { at }: Decision): number {
  const reached = states.get<Reached>(REACHED);
  if (reached !== undefined) return reached.at;
  // From before this was stored: the runs of the job say it.
  const { run } = core.db.get<{ run: number | null }>(
    `SELECT max(ended_at) AS run FROM job_runs WHERE job_id = 'cleanup_old_tracks' AND outcome = 'done'`,
  )!;
  return Math.max(run ?? 0, Date.parse(at) / 1000);
}

function fallingOut(core: Core, cutoff: number): FallingOut | null {
  const { listens, oldest } = core.db.get<{ listens: number; oldest: number | null }>(
    'SELECT count(*) AS listens, min(timestamp) AS oldest FROM listening_history WHERE timestamp < ? AND timestamp <> ?',
    cutoff,
    DATE_UNKNOWN,
  )!;
  return oldest === null ? null : { listens, oldest };
}

/** True when a listen has come in since the decision that was out of the period on the day it came. */
function cameInTooOld(core: Core, { days, at }: Decision, cutoff: number): boolean {
  return (
    core.db.get(
      `SELECT 1 FROM listening_history WHERE timestamp < ?1 AND timestamp <> ?2 AND created_at > ?3
       AND timestamp < unixepoch(created_at) - ?4 * 86400 LIMIT 1`,
      cutoff,
      DATE_UNKNOWN,
      at,
      days,
    ) !== undefined
  );
}
