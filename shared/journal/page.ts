import * as v from 'valibot';
import { Count, Whole } from '../primitives/identifiers.ts';
import { sizeProblem } from './pageSizes.ts';

/** The most listens a page holds; the next one of the same month begins a new page. */
export const PAGE_CAPACITY = 500;
/** The most that a page from outside may say it holds: room for what somebody else's pages may have come to. */
const MOST_LISTENS = 10 * PAGE_CAPACITY;

/**
 * A journal page: up to 500 listens of one UTC month in columns, sorted by (playedAt, id).
 * A listen keeps the page it was first put on, so pages of one month may overlap in time; a month is the union of its pages.
 * Ids: `2026-11`, then `2026-11.1`, `2026-11.2` …
 */
const Columns = v.object({
  id: v.pipe(v.string(), v.regex(/^\d{4,6}-(0[1-9]|1[0-2])(\.[1-9]\d*)?$/)),
  /** Number of listens. */
  n: v.pipe(Count, v.maxValue(MOST_LISTENS)),
  /** playedAt: the first as it is, each further one as the difference from the one before (never negative). */
  t: v.array(Whole),
  /** Listen ids: the first as it is, then differences (may be negative). */
  i: v.array(Whole),
  /** Track ids, as they are. */
  k: v.array(Whole),
  /** Owners: album id, or minus the artist's id. */
  h: v.array(Whole),
  /** Sources in runs: [index into ListenSources, length, …]. */
  s: v.array(Whole),
  /** Zone names used on this page, and the listens heard in each: [index, zone, …]. */
  z: v.optional(v.object({ names: v.array(v.string()), at: v.array(Whole) })),
  /** Listens with several source reports: [index, how many, …]. */
  w: v.optional(v.array(Whole)),
  /** Notes: [index, text]. */
  m: v.optional(v.array(v.tuple([Whole, v.string()]))),
  /** Indexes of the listens that their source no longer lists. */
  g: v.optional(v.array(Whole)),
});
export type JournalPage = v.InferOutput<typeof Columns>;

/** The same from outside: its columns are as long as it says. */
export const JournalPage = v.pipe(
  Columns,
  v.check((page) => sizeProblem(page) === null, 'its columns are not as long as n says'),
);
