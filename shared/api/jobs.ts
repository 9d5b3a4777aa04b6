import * as v from 'valibot';
import { Positive, StoredSeconds } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { Problem } from '../errors/errors.ts';
import { listOf, pageQuery } from './lists.ts';

const Seconds = v.nullable(StoredSeconds);
/** One run of a job. Times in seconds since the epoch. */
export const JobRun = v.object({
  id: Positive,
  startedAt: StoredSeconds,
  endedAt: Seconds,
  /** Null while it runs. */
  outcome: v.nullable(v.picklist(['done', 'failed', 'timed-out', 'stopped', 'interrupted', 'waiting'])),
  /** What it did, in counts and names. */
  summary: v.unknown(),
  error: v.nullable(v.string()),
  /** The same as a code that pages translate; null in runs from before there were any. */
  problem: v.nullable(Problem),
  trigger: v.picklist(['schedule', 'catch-up', 'person']),
});
export type JobRun = v.InferOutput<typeof JobRun>;

/** Recurring work. */
export const Job = v.object({
  id: v.string(),
  /** Five cron fields, by the household's clocks. */
  schedule: v.string(),
  enabled: v.boolean(),
  lastRun: v.nullable(JobRun),
  nextRun: Seconds,
  running: v.boolean(),
});
export type Job = v.InferOutput<typeof Job>;

const TAG = 'Jobs';
const id = v.pipe(v.string(), v.maxLength(100));

export const listJobs = defineEndpoint({
  operationId: 'listJobs',
  method: 'get',
  path: '/jobs',
  tag: TAG,
  summary: 'Recurring work: when each last ran and is due next',
  answers: { 200: v.object({ items: v.array(Job) }) },
});

export const getJob = defineEndpoint({
  operationId: 'getJob',
  method: 'get',
  path: '/jobs/:id',
  errors: ['unknown-job'],
  tag: TAG,
  summary: 'One job',
  params: { id },
  answers: { 200: Job },
});

export const changeJob = defineEndpoint({
  operationId: 'changeJob',
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
  answers: { 200: Job },
});

export const listJobRuns = defineEndpoint({
  operationId: 'listJobRuns',
  method: 'get',
  path: '/jobs/:id/runs',
  errors: ['unknown-job'],
  tag: TAG,
  summary: 'Every run of a job, newest first',
  params: { id },
  query: pageQuery(30),
  answers: { 200: listOf(JobRun) },
});

export const runJob = defineEndpoint({
  operationId: 'runJob',
  method: 'post',
  path: '/jobs/:id/run',
  errors: ['unknown-job'],
  tag: TAG,
  summary: 'Run a job now, or join the run that is going',
  params: { id },
  answers: { 202: Job },
});
