import * as v from 'valibot';
import { MonthId, Whole } from '../primitives/identifiers.ts';

const Counted = v.tuple([Whole, Whole]);

/**
 * What remains of a month of listening when its listens fall out of the retention period, so that all-time figures stay true.
 * Only months with archived listens have one, and it counts the archived listens alone: journal + rollups = everything.
 * Calendar months of the household's time zone. Id: `2024-03`.
 */
export const MonthlyRollup = v.object({
  id: MonthId,
  listens: Whole,
  /**
   * As far as lengths were known when it was written. Nobody adds it up: lengths become known and tracks become one, so what the
   * month plays today is reckoned from `tracks`, as for plays that are in the journal.
   */
  seconds: Whole,
  /** [id, listens], most first. Tracks by track id; albums by album id; artists by artist id. */
  tracks: v.array(Counted),
  albums: v.array(Counted),
  artists: v.array(Counted),
  /** 168 counts, Monday 0 h first. */
  weekHours: v.pipe(v.array(Whole), v.maxLength(168)),
  /** Listens of each day of the month, the first at index 0. */
  days: v.pipe(v.array(Whole), v.maxLength(31)),
  sources: v.record(v.string(), Whole),
  zones: v.record(v.string(), Whole),
});
export type MonthlyRollup = v.InferOutput<typeof MonthlyRollup>;
