import { type Calendar, createCalendar } from '#shared/journal/calendar.ts';
import { DATE_UNKNOWN } from '#shared/journal/listen.ts';
import { nowSeconds } from '../kit/clock.ts';
import { type Core, isoNow } from './core.ts';
import { serviceStates } from './settings.ts';

const KEY = 'retention';

/** Listens that would leave the journal, and the oldest of them in seconds since the epoch. */
export interface FallingOut {
  listens: number;
  oldest: number;
}

/** A person's word on how long listens are kept. */
interface Decision {
  days: number;
  /** ISO 8601, as `created_at` of the listens. */
  at: string;
}

/** How long listens stay in the journal. A period of 0 days is for ever. */
export interface Retention {
  /** The first moment that is kept: whole days of the household's calendar fall out. */
  cutoff(days: number): number;
  /** Whether a person chose just this period, and nothing waits for another word. */
  isDecided(days: number): boolean;
  /**
   * What nobody has decided upon: everything that would fall out when this period was never confirmed; and when it was, listens
   * that came into the journal since and were too old already, as an import or an archive brings them. Null when nothing waits.
   */
  waiting(days: number): FallingOut | null;
  decide(days: number): void;
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
    if (days === 0 || (decision !== null && !cameInTooOld(core, decision, cutoff(days)))) return null;
    return fallingOut(core, cutoff(days));
  };
  return {
    cutoff,
    waiting,
    isDecided: (days) => decisionOn(days) !== null && waiting(days) === null,
    decide: (days) => states.set(KEY, { days, at: isoNow(core) } satisfies Decision),
  };
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
