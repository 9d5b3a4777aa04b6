import * as v from 'valibot';

/**
 * Last.fm's placeholder stamp (2005-02-13 10:20 UTC) of plays whose date is unknown: kept, but outside clocks and streaks.
 */
export const DATE_UNKNOWN = 1_108_290_000;

/** 2002-01-01: nobody scrobbled before Audioscrobbler began. */
export const OLDEST_MOMENT = 1_009_843_200;
/** 2100-01-01, for those who read the schema; what counts is a day ahead of now. */
const NEWEST_MOMENT = 4_102_444_800;
const OLDEST_MONTH = '2002-01';
const MONTH_AFTER = '2100-01';
/** Clocks of others may run ahead or behind by so much. */
const GRACE_SECONDS = 86_400;

/**
 * Whether something can have been heard then: since 2002 and at most a day ahead of now. The placeholder of an unknown date lies between.
 *
 * @param now milliseconds since the epoch: what time it most likely is, by whoever reads.
 */
export const isPossibleMoment = (seconds: number, now: number): boolean =>
  seconds >= OLDEST_MOMENT && seconds <= now / 1000 + GRACE_SECONDS;

/** Whether a clock is further behind than others may be. Both in milliseconds since the epoch. @param now what time it most likely is. */
export const isFarBehind = (clock: number, now: number): boolean => now - clock > GRACE_SECONDS * 1000;

/** What is shown of a time: itself where it is possible, else the placeholder of an unknown date. */
export const possibleMoment = (seconds: number, now: number): number =>
  isPossibleMoment(seconds, now) ? seconds : DATE_UNKNOWN;

/**
 * Whether a month (`2026-11`) can be one of listening, whatever anybody's clock says: one that is thousands of years off would make
 * room for every day up to it.
 */
export const isPossibleMonth = (month: string): boolean =>
  month.length === OLDEST_MONTH.length && month >= OLDEST_MONTH && month < MONTH_AFTER;

/** When something was heard: whole seconds since the epoch, UTC. Whether it lies in the future is checked where the current time is known. */
export const Moment = v.pipe(v.number(), v.integer(), v.minValue(OLDEST_MOMENT), v.maxValue(NEWEST_MOMENT));

/** What a server knows of the time, in milliseconds since the epoch. They differ where its clock was set back, or once was ahead. */
export interface ServerTime {
  clock: number;
  /** The latest moment at which something arrived, and the time that has passed since; never before `clock`. */
  latest: number;
}

/**
 * What time it most likely is, in milliseconds since the epoch: where the two that the server knows differ, the device's own clock
 * says which of them is right, held between them.
 *
 * @param deviceNow undefined for a device that does not say.
 */
export const likelyNow = ({ clock, latest }: ServerTime, deviceNow: number = latest): number =>
  Math.min(latest, Math.max(clock, deviceNow));
