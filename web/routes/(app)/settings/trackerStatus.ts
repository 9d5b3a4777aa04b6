import type { Trouble } from '#shared/library/household.ts';

/** How the Last.fm tracker is. Times in seconds since the epoch. */
export interface TrackerStatus {
  running: boolean;
  configured: boolean;
  lastPollAt: number | null;
  nextPollAt: number | null;
  consecutiveFailures: number;
  lastError: string | null;
  trouble: Trouble | null;
  /** The history recorded so far is another person's than the one that is set now. */
  otherUser: { recorded: string; configured: string } | null;
}
