import type { WithheldList } from '#shared/library/household.ts';

/** What of a list that is kept here a whole reading of it at its service did not hold. */
export interface Missing {
  /** Which entries, by what names each of them here. */
  keys: readonly string[];
  /** How many the list has here. */
  of: number;
}

/** What stays although a whole reading of the list did not hold it. */
export interface Withheld {
  missing: number;
  of: number;
  /** Which entries; an earlier version knew their number alone. */
  keys?: readonly string[];
  /** When a reading came first that held none of these, seconds since the epoch. */
  since: number;
  /** Whose list is kept here, where another person's was read: it goes by a person's word alone. */
  owner?: string;
  /** A person said that it may go. */
  agreed?: true;
}

/** So few may go at once, however short the list; beyond them, a fifth of it. */
const FEW = 10;
/** Until a second reading is another look, and not the same odd answer. */
export const ANOTHER_LOOK_SECONDS = 3_600;

/**
 * The one rule for what goes because a list no longer holds it: one odd answer, or the list of another account, empties nothing. A large
 * part goes only when a whole reading at least an hour later lacks the same entries, or by a person's word. Two readings that lack
 * different ones are two odd answers: the later is where the hour begins anew.
 *
 * @param before what was withheld so far. @param otherOwner whose list is kept here, where another person's was read.
 * @returns what is to stay; null when what is missing may go.
 */
export function withheld(
  found: Missing,
  before: Withheld | null,
  { now, otherOwner }: { now: number; otherOwner?: string | undefined },
): Withheld | null {
  const missing = found.keys.length;
  if (missing === 0) return null;
  const known = new Set(before?.keys);
  const wasMissing = found.keys.every((key) => known.has(key));
  // What was agreed to is what was told of then; anything besides is another answer. An earlier version told, and kept, the number alone.
  const wasShown = before?.keys === undefined ? missing <= (before?.missing ?? 0) : wasMissing;
  if (before?.agreed && wasShown) return null;
  const since = before && wasMissing ? Math.min(before.since, now) : now;
  const kept: Withheld = { missing, of: found.of, keys: found.keys, since };
  if (otherOwner !== undefined) return { ...kept, owner: otherOwner };
  const isMany = missing > Math.max(FEW, found.of / 5);
  return isMany && now - since < ANOTHER_LOOK_SECONDS ? kept : null;
}

/** When a whole reading may let go what is kept, seconds since the epoch; null where nothing is, or only a person can. */
export const letsGoAt = (kept: Withheld | null | undefined): number | null =>
  kept && !kept.agreed && kept.owner === undefined ? kept.since + ANOTHER_LOOK_SECONDS : null;

/** A person said that it may go. */
export const agreed = (kept: Withheld | null | undefined): Withheld | null => (kept ? { ...kept, agreed: true } : null);

/** As people are told of it: nothing once they have agreed. */
export function describeWithheld(list: WithheldList['list'], kept: Withheld | null | undefined): WithheldList[] {
  if (!kept || kept.agreed) return [];
  const { missing, of, since, owner } = kept;
  return [{ list, missing, of, since, ...(owner !== undefined && { owner }) }];
}
