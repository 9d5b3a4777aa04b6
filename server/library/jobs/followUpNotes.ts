/*
 * A merge or a split may concern a hundred thousand listens, more than one transaction can take along without holding everybody up.
 * Its own transaction notes what follows from it, so that no crash forgets it; each thing is taken off the list in the transaction
 * that does it, so that none is done twice; and doing one again would change nothing.
 */

/** Notes, inside the transaction that causes it, what is to be done after it. */
export interface FollowUpNotes {
  /** These tracks became others, or of another album or artist: archived months that count them are to be counted anew. */
  tracks(ids: Iterable<number>): void;
  /** The listens of these tracks are to be attached anew: each by itself, whatever becomes of its track until then. */
  heard(trackIds: Iterable<number>): void;
  /** Those of these listens that are still to be attached anew. */
  waiting(listenIds: readonly number[]): Set<number>;
  /** These albums are to be held against what is on the shelf. */
  albums(ids: Iterable<number>): void;
  /** Called after each commit that noted something. */
  onNoted(listener: () => void): void;
}
