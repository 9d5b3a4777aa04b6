import * as v from 'valibot';

/** Milliseconds of use in one visit, or visits on so many days, after which an install may be offered. */
const USED_FOR = 5 * 60_000;
const DAYS_USED = 2;
/** Days without asking again after a "no". */
const REST_DAYS = 60;
const DAY = 86_400_000;

export const InstallHistory = v.object({
  /** The days (counted from 1970-01-01, UTC) on which the app was opened; the last few. */
  days: v.array(v.number()),
  /** Milliseconds since the epoch. */
  declinedAt: v.nullable(v.number()),
});
export type InstallHistory = v.InferOutput<typeof InstallHistory>;

export const NO_HISTORY: InstallHistory = { days: [], declinedAt: null };

/** Notes a visit. */
export function visited(history: InstallHistory, now: number): InstallHistory {
  const today = Math.floor(now / DAY);
  return history.days.includes(today) ? history : { ...history, days: [...history.days, today].slice(-DAYS_USED) };
}

/** Whether a person who uses the app like this may be asked to install it. */
export function isGoodMoment({ days, declinedAt }: InstallHistory, openedAt: number, now: number): boolean {
  if (declinedAt !== null && now - declinedAt < REST_DAYS * DAY) return false;
  return days.length >= DAYS_USED || now - openedAt >= USED_FOR;
}
