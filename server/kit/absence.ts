import type { WithheldList } from '#shared/library/household.ts';

/** What of a list that is kept here a whole reading of it at its service did not hold. */
export interface Missing {
  missing: number;
  of: number;
}

/** What stays although a whole reading of the list did not hold it. */
export interface Withheld extends Missing {
  /** When such a reading came first, seconds since the epoch. */
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
 * part goes only when a whole reading at least an hour later says the same, or by a person's word.
 *
 * @param before what was withheld so far. @param otherOwner whose list is kept here, where another person's was read.
 * @returns what is to stay; null when what is missing may go.
 */
export function withheld(found: Missing, before: Withheld | null, { now, otherOwner }: { now: number; otherOwner?: string | undefined }): Withheld | null {
  if (found.missing === 0) return null;
  // What was agreed to is what was told of then; more than that is another answer.
  if (before?.agreed && found.missing <= before.missing) return null;
  const since = Math.min(before?.since ?? now, now);
  if (otherOwner !== undefined) return { ...found, since, owner: otherOwner };
  const isMany = found.missing > Math.max(FEW, found.of / 5);
  return isMany && now - since < ANOTHER_LOOK_SECONDS ? { ...found, since } : null;
}

/** A person said that it may go. */
export const agreed = (kept: Withheld | null | undefined): Withheld | null => (kept ? { ...kept, agreed: true } : null);

/** As people are told of it: nothing once they have agreed. */
export function toldOf(list: WithheldList['list'], kept: Withheld | null | undefined): WithheldList[] {
  if (!kept || kept.agreed) return [];
  const { missing, of, since, owner } = kept;
  return [{ list, missing, of, since, ...(owner !== undefined && { owner }) }];
}
