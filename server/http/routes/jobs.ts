import * as v from 'valibot';
import { Problem } from '#shared/api/errors.ts';
import { listOf, pageQuery } from '#shared/api/lists.ts';
import type { JobStatus, Scheduler } from '../../jobs/scheduler.ts';
import { scheduleFlaw } from '../../jobs/schedule.ts';
import type { JobRuns } from '../../library/api/jobs.ts';
import { HttpError } from '../httpError.ts';
import { listAnswer } from '../lists.ts';
import { defineRoute } from '../route.ts';

const Seconds = v.nullable(v.number());
const Run = v.object({
  id: v.number(),
  startedAt: v.number(),
  endedAt: Seconds,
  /** Null while it runs. */
  outcome: v.nullable(v.picklist(['done', 'failed', 'timed-out', 'stopped', 'interrupted', 'waiting'])),
  /** What it did, in counts and names. */
  summary: v.unknown(),
  error: v.nullable(v.string()),
  problem: v.nullable(Problem),
  trigger: v.picklist(['schedule', 'catch-up', 'person']),
});
const Job = v.object({
  id: v.string(),
  schedule: v.string(),
  enabled: v.boolean(),
  lastRun: v.nullable(Run),
  nextRun: Seconds,
  running: v.boolean(),
});
const TAG = 'Jobs';
const id = v.pipe(v.string(), v.maxLength(100));

export const jobRoutes = (scheduler: Scheduler, runs: JobRuns) => {
  const known = (jobId: string): JobStatus => {
    const status = scheduler.find(jobId);
    if (!status) throw new HttpError({ code: 'unknown-job', params: { id: jobId } });
    return status;
  };
  return [
    defineRoute({
      method: 'get',
      path: '/jobs',
      tag: TAG,
      summary: 'Recurring work: when each last ran and is due next',
      answer: v.object({ items: v.array(Job) }),
      handle: () => ({ items: scheduler.list() }),
    }),
    defineRoute({
      method: 'get',
      path: '/jobs/:id',
      errors: ['unknown-job'],
      tag: TAG,
      summary: 'One job',
      params: { id },
      answer: Job,
      handle: ({ params }) => known(params.id),
    }),
    defineRoute({
      method: 'put',
      path: '/jobs/:id',
      errors: ['unknown-job', 'schedule-fields', 'schedule-unreadable', 'schedule-never'],
      tag: TAG,
      summary: 'Switch a job on or off, or give it another schedule (five cron fields; null: its own again)',
      params: { id },
      body: v.strictObject({
        schedule: v.optional(v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(200)))),
        enabled: v.optional(v.boolean('true or false')),
      }),
      answer: Job,
      handle({ params, body }) {
        known(params.id);
        const flaw = body.schedule == null ? null : scheduleFlaw(body.schedule);
        if (flaw !== null) throw new HttpError({ code: `schedule-${flaw}` }, { field: 'schedule' });
        scheduler.configure(params.id, body);
        return known(params.id);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/jobs/:id/runs',
      errors: ['unknown-job'],
      tag: TAG,
      summary: 'Every run of a job, newest first',
      params: { id },
      query: pageQuery(30),
      answer: listOf(Run),
      handle({ params, query }) {
        known(params.id);
        return listAnswer(query, runs.list(params.id, query));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/jobs/:id/run',
      errors: ['unknown-job'],
      tag: TAG,
      summary: 'Run a job now, or join the run that is going',
      params: { id },
      status: 202,
      answer: Job,
      handle({ params }) {
        known(params.id);
        scheduler.runNow(params.id);
        return { ...known(params.id), running: true };
      },
    }),
  ];
};
