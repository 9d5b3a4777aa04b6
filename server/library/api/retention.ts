import type { RetentionStatus } from '#shared/api/retention.ts';

export type FallingOut = NonNullable<RetentionStatus['waiting']>;

/** How long listens stay in the journal. A period of 0 days is for ever. */
export interface Retention {
  /** The first moment that is kept: whole days of the household's calendar fall out. */
  cutoff(days: number): number;
  /** Whether a person chose just this period, and nothing waits for another word. */
  isDecided(days: number): boolean;
  /**
   * What nobody has decided upon: everything that would fall out when this period was never confirmed; and when it was, listens
   * that came into the journal since and were too old already, as an import or an archive brings them, or everything once more when
   * the clock is weeks ahead of the last night. Null when nothing waits.
   */
  waiting(days: number): FallingOut | null;
  decide(days: number): void;
  /** The nightly work has come to the present: from here the clock is held against. */
  reached(): void;
}
