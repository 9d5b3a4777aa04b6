import type { WithheldList } from '#shared/library/household.ts';

/** What of a list that is stored here a whole reading of it at its service did not hold. */
export interface Missing {
  /** Which entries, by what names each of them here. */
  keys: readonly string[];
  /** How many the list has here. */
  of: number;
}

/** A withheld list: what stays although a whole reading of the list did not hold it. */
export interface Withheld {
  missing: number;
  of: number;
  /** Which entries; an earlier version knew their number alone. */
  keys?: readonly string[];
  /** When a reading came first that held none of these, seconds since the epoch. */
  since: number;
  /** Whose list is stored here, where another person's was read: it is removed only after a person agreed. */
  owner?: string;
  /** A person said that it may go. */
  agreed?: true;
}

/** So few may go at once, however short the list; beyond them, a fifth of it. */
const FEW = 10;
/** Until a second reading is another look, and not the same odd answer. */
export const ANOTHER_LOOK_SECONDS = 3_600;

/**
 * The one rule for what goes because a list no longer holds it: one odd answer, or the list of another account, removes nothing. A large
 * part goes only when a whole reading at least an hour later lacks the same entries, or after a person agreed. Two readings that lack
 * different ones are two odd answers: the later is where the hour begins anew.
 *
 * @param before what was withheld so far. @param otherOwner whose list is stored here, where another person's was read.
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
  // A person agreed to the entries shown then; anything besides needs another answer. An earlier version showed, and stored, the number alone.
  const wasShown = before?.keys === undefined ? missing <= (before?.missing ?? 0) : wasMissing;
  if (before?.agreed && wasShown) return null;
  const since = before && wasMissing ? Math.min(before.since, now) : now;
  const missingNow: Withheld = { missing, of: found.of, keys: found.keys, since };
  if (otherOwner !== undefined) return { ...missingNow, owner: otherOwner };
  const isMany = missing > Math.max(FEW, found.of / 5);
  return isMany && now - since < ANOTHER_LOOK_SECONDS ? missingNow : null;
}

/** When a whole reading may remove what is withheld, seconds since the epoch; null where nothing is, or only a person can. */
export const removableAt = (stored: Withheld | null | undefined): number | null =>
  stored && !stored.agreed && stored.owner === undefined ? stored.since + ANOTHER_LOOK_SECONDS : null;

/** A person said that it may go. */
export const agreed = (stored: Withheld | null | undefined): Withheld | null =>
  stored ? { ...stored, agreed: true } : null;

/** As it is shown to people: nothing once they have agreed. */
export function describeWithheld(list: WithheldList['list'], stored: Withheld | null | undefined): WithheldList[] {
  if (!stored || stored.agreed) return [];
  const { missing, of, since, owner } = stored;
  return [{ list, missing, of, since, ...(owner !== undefined && { owner }) }];
}
