import type { Progress } from '#shared/sync/stream.ts';
import type { ResumableRun } from '../../kit/background/resumableRun.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { RecentPlaysSource } from '../../upstreams/ports.ts';
import type { BackfillState } from './backfillState.ts';
import { type HistoryPages, PAGE_SIZE } from './historyPages.ts';

export interface BackfillOptions {
  library: Library;
  clock: Clock;
  log: Log;
  source: () => RecentPlaysSource | null;
  username: () => string | undefined;
  requestsPerMinute: () => number;
  loves: LoveReports;
  onProgress: (progress: Progress) => void;
}

/** What the steps of a backfill work with: its options, the run that persists how far it is, and the pages of the history. */
export interface BackfillContext extends BackfillOptions {
  run: ResumableRun<BackfillState>;
  pages: HistoryPages;
}

/** Roughly how many seconds reading so many plays takes at the allowed rate. */
export const estimatedSeconds = (total: number, requestsPerMinute: number): number =>
  Math.ceil((total / PAGE_SIZE) * (60 / requestsPerMinute));

/** The newest stamp of these plays, seconds since the epoch; null where there are none. */
export const newestOf = (plays: readonly { playedAt: number }[]): number | null =>
  plays.reduce<number | null>((newest, { playedAt }) => Math.max(newest ?? 0, playedAt), null);
