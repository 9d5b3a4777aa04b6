import { USUAL_SECONDS } from '#shared/journal/scrobbleRule.ts';

/** How two stamps relate, if both are of one play: both at its start, near it, start and end, inside it, in the slack. */
export type TimeRelation = 'start' | 'near' | 'end' | 'within' | 'slack' | 'outside';
export type DurationRelation = 'same' | 'near' | 'unknown' | 'far';

const LONGEST_SECONDS = 4 * 3600;

/**
 * How far apart, in seconds, the stamps of one play can be: its duration, because one source stamps the start and
 * another the end, and some slack for pauses and late clocks (a quarter of the duration, from 30 s to 2 min).
 */
export function reportWindowSeconds(durationSeconds?: number): number {
  const duration = isDuration(durationSeconds) ? Math.min(durationSeconds, LONGEST_SECONDS) : USUAL_SECONDS;
  return Math.ceil(duration + Math.min(120, Math.max(30, duration / 4)));
}

/** No two stamps of one play are further apart, whatever its duration: the range to search when none is known. */
export const WIDEST_WINDOW_SECONDS = reportWindowSeconds(LONGEST_SECONDS);

/** Compares two stamps `gap` seconds from each other, given what the sources say of the duration. */
export function relateTimes(gap: number, a: number | undefined, b: number | undefined): TimeRelation {
  const duration = longest(a, b);
  if (gap > reportWindowSeconds(duration)) return 'outside';
  if (gap <= 15) return 'start';
  if (gap <= 60 && gap <= (duration ?? USUAL_SECONDS) / 2) return 'near';
  if (duration !== undefined && Math.abs(gap - duration) <= 30) return 'end';
  return gap < (duration ?? USUAL_SECONDS) ? 'within' : 'slack';
}

/** Compares two durations in seconds: the same up to rounding and silence, near, or of two recordings. */
export function relateDurations(a: number | undefined, b: number | undefined): DurationRelation {
  if (!isDuration(a) || !isDuration(b)) return 'unknown';
  const gap = Math.abs(a - b);
  if (gap <= Math.max(3, 0.02 * Math.max(a, b))) return 'same';
  return gap <= Math.max(12, 0.08 * Math.max(a, b)) ? 'near' : 'far';
}

function longest(a: number | undefined, b: number | undefined): number | undefined {
  if (!isDuration(a)) return isDuration(b) ? b : undefined;
  return isDuration(b) ? Math.max(a, b) : a;
}

/** Sources write 0 for a duration they do not know. */
function isDuration(seconds: number | undefined): seconds is number {
  return seconds !== undefined && seconds > 0;
}
