import * as v from 'valibot';
import { DATE_UNKNOWN } from '../journal/listen.ts';

/** 2002-01-01: nobody scrobbled before Audioscrobbler began. */
export const OLDEST_MOMENT = 1_009_843_200;
/** 2100-01-01, for those who read the schema; what counts is a day ahead of the reader's clock. */
const NEWEST_MOMENT = 4_102_444_800;
/** Clocks of others may run ahead by so much. */
const GRACE_SECONDS = 86_400;

/**
 * Whether something can have been heard then: since 2002 and at most a day ahead of now. The placeholder of an unknown date lies between.
 *
 * @param now milliseconds since the epoch, by the reader's own clock.
 */
export const isPossibleMoment = (seconds: number, now: number = Date.now()): boolean =>
  seconds >= OLDEST_MOMENT && seconds <= now / 1000 + GRACE_SECONDS;

/** What is shown of a time: itself where it is possible, else the placeholder of an unknown date. */
export const possibleMoment = (seconds: number, now: number = Date.now()): number => (isPossibleMoment(seconds, now) ? seconds : DATE_UNKNOWN);

/** When something was heard: whole seconds since the epoch, UTC. */
export const Moment = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(OLDEST_MOMENT),
  v.maxValue(NEWEST_MOMENT),
  v.check((seconds) => isPossibleMoment(seconds), 'must not lie more than a day ahead'),
);
