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
  /** Pages of the last 15 days that could not be read. */
  pagesSteppedOver: number;
  /** The history recorded so far is another person's than the one that is set now. */
  otherUser: { recorded: string; configured: string } | null;
}

/** A listen logged by hand that Last.fm does not have. `code` is Last.fm's own, `reason` its words. */
export interface NotTaken {
  playedAt: number;
  artist: string;
  title: string;
  outcome: 'ignored' | 'too-old';
  code: number | null;
  reason: string | null;
}

/** How it goes with telling Last.fm of listens logged by hand. */
export interface ManualScrobblesStatus {
  waiting: number;
  notTaken: NotTaken[];
  lastError: string | null;
  trouble: Trouble | null;
}
