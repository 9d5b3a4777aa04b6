import type { JobId } from '#shared/jobs/jobId.ts';
import type { Log } from '../kit/log.ts';

/** What a running job gets. */
export interface JobContext {
  /** Aborted at the time limit and when the server stops: come to a safe point and return. */
  signal: AbortSignal;
  log: Log;
  /** Now, seconds since the epoch. */
  now: number;
}

/** What a job did, in words that need no translation table: counts and file names. */
export type JobResult =
  { outcome: 'done'; summary: Record<string, unknown> } | { outcome: 'waiting'; summary: Record<string, unknown> };

/**
 * Recurring work. `run` must be safe to repeat: it may be cut off at any line and is then run again.
 * It never runs twice at a time, ends at its time limit, and a run missed while the machine slept is caught up once.
 */
export interface Job {
  id: string;
  /** Five cron fields, in the household's time zone. */
  schedule: string;
  timeLimitSeconds: number;
  /** A stopping server lets it come to its end, as far as the time allows. Default: it is asked to come to a safe point. */
  mayFinish?: boolean;
  run(context: JobContext): Promise<JobResult>;
}

/** A job of the server itself: one that pages have a label for. */
export type AppJob = Job & { id: JobId };

export const defineJob = (job: AppJob): AppJob => job;
