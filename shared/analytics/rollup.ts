import * as v from 'valibot';

const Count = v.tuple([v.pipe(v.number(), v.integer()), v.pipe(v.number(), v.integer())]);

/**
 * What remains of a month of listening when its listens fall out of the retention period, so that all-time figures stay true.
 * Only months with archived listens have one, and it counts the archived listens alone: journal + rollups = everything.
 * Calendar months of the household's time zone. Id: `2024-03`.
 */
export const MonthlyRollup = v.object({
  id: v.pipe(v.string(), v.regex(/^\d{4,6}-(0[1-9]|1[0-2])$/)),
  listens: v.pipe(v.number(), v.integer()),
  seconds: v.pipe(v.number(), v.integer()),
  /** [id, listens], most first. Tracks by track id; albums by album id; artists by artist id. */
  tracks: v.array(Count),
  albums: v.array(Count),
  artists: v.array(Count),
  /** 168 counts, Monday 0 h first. */
  weekHours: v.array(v.pipe(v.number(), v.integer())),
  /** Listens of each day of the month, the first at index 0. */
  days: v.array(v.pipe(v.number(), v.integer())),
  sources: v.record(v.string(), v.pipe(v.number(), v.integer())),
  zones: v.record(v.string(), v.pipe(v.number(), v.integer())),
});
export type MonthlyRollup = v.InferOutput<typeof MonthlyRollup>;
