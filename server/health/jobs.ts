import type { HealthParts } from '#shared/api/health.ts';
import type { Job } from '#shared/api/jobs.ts';

/** A job that was due so long ago and has not begun is not late, but forgotten. Seconds. */
const OVERDUE_AFTER = 600;

type JobsHealth = NonNullable<HealthParts['jobs']>;
type JobHealth = NonNullable<JobsHealth['items']>[number];

/** Whether recurring work is done, and does what it is for. @param now seconds since the epoch. */
export function jobsHealth(
  jobs: readonly Job[],
  lastSuccessAt: (id: string) => number | null,
  now: number,
): JobsHealth {
  const items = jobs.map((job): JobHealth => ({
    id: job.id,
    ...stateOf(job, now),
    lastRunAt: job.lastRun?.startedAt ?? null,
    lastSuccessAt: lastSuccessAt(job.id),
    nextRunAt: job.nextRun,
  }));
  if (items.some(({ code }) => code === 'overdue')) return { state: 'failing', code: 'overdue', items };
  if (items.some(({ code }) => code === 'failing')) return { state: 'warning', code: 'failing', items };
  return { state: 'ok', code: 'on-time', items };
}

function stateOf({ running, enabled, lastRun, nextRun }: Job, now: number): Pick<JobHealth, 'state' | 'code'> {
  if (running) return { state: 'ok', code: 'running' };
  if (!enabled) return { state: 'ok', code: 'off' };
  if (nextRun !== null && now - nextRun > OVERDUE_AFTER) return { state: 'failing', code: 'overdue' };
  if (lastRun?.outcome === 'failed' || lastRun?.outcome === 'timed-out') return { state: 'warning', code: 'failing' };
  return { state: 'ok', code: 'on-time' };
}
