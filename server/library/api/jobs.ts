import type { Problem } from '#shared/errors/errors.ts';
import type { JobRun } from '#shared/api/jobs.ts';

export type JobOutcome = NonNullable<JobRun['outcome']>;

/** What the scheduler remembers: each job's own schedule, when it is due, and every run. */
export interface JobRuns {
  /** Runs that a crash cut off get their outcome. To be called once at start. */
  closeInterrupted(now: number): number;
  settings(jobId: string): { schedule: string | null; enabled: boolean; dueAt: number | null };
  configure(jobId: string, change: { schedule?: string | null; enabled?: boolean; dueAt?: number | null }): void;
  begin(jobId: string, trigger: JobRun['trigger'], now: number): number;
  end(
    runId: number,
    result: { outcome: JobOutcome; summary?: unknown; error?: string; problem?: Problem },
    now: number,
  ): void;
  last(jobId: string): JobRun | null;
  /** When a run last came to its end and did what it is for, seconds since the epoch; null when none that is stored did. */
  lastSuccessAt(jobId: string): number | null;
  list(jobId: string, page: { page: number; pageSize: number }): { items: JobRun[]; total: number };
}
