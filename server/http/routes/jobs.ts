import { changeJob, getJob, type Job, listJobRuns, listJobs, runJob } from '#shared/api/jobs.ts';
import type { Scheduler } from '../../jobs/scheduler.ts';
import { scheduleFlaw } from '../../jobs/schedule.ts';
import type { JobRuns } from '../../library/api/jobs.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { listAnswer } from '../lists.ts';
import { route } from '../route.ts';

export const jobRoutes = (scheduler: Scheduler, runs: JobRuns) => {
  const known = (jobId: string): Job => {
    const status = scheduler.find(jobId);
    if (!status) throw new HttpError({ code: 'unknown-job', params: { id: jobId } });
    return status;
  };
  return [
    route(listJobs, () => ({ items: scheduler.list() })),
    route(getJob, ({ params }) => known(params.id)),
    route(changeJob, ({ params, body }) => {
      known(params.id);
      const flaw = body.schedule == null ? null : scheduleFlaw(body.schedule);
      if (flaw !== null) throw new HttpError({ code: `schedule-${flaw}` }, { field: 'schedule' });
      scheduler.configure(params.id, body);
      return known(params.id);
    }),
    route(listJobRuns, ({ params, query }) => {
      known(params.id);
      return listAnswer(query, runs.list(params.id, query));
    }),
    route(runJob, ({ params }) => {
      known(params.id);
      scheduler.runNow(params.id);
      return { ...known(params.id), running: true };
    }),
  ];
};
