import type { JobOutcome } from '../library/api/jobs.ts';
import { Counter, Histogram } from '../kit/meters/meters.ts';

const runs = new Counter('aime_job_runs_total', 'Runs of jobs that ended, by how.', ['job', 'outcome']);
const durations = new Histogram(
  'aime_job_duration_seconds',
  'Seconds that a run of a job took.',
  [0.1, 1, 5, 15, 60, 300, 900, 3_600],
  ['job'],
);

export function noteRun(job: string, outcome: JobOutcome, seconds: number): void {
  runs.add({ job, outcome });
  durations.observe(seconds, { job });
}

export const jobFamilies = () => [runs.family(), durations.family()];
