import { changeJob, getJob, type Job, type JobRun, listJobRuns, listJobs, runJob } from '#shared/api/jobs.ts';
import { api } from '$lib/library/index.ts';

let list = $state.raw<readonly Job[]>([]);
let questions = 0;
const newest = new Map<string, number>();

/** Takes an answer about a job, unless a later question about it was answered before. */
async function take(id: string, ask: () => Promise<Job>): Promise<void> {
  const question = ++questions;
  const job = await ask();
  if (question < (newest.get(id) ?? 0)) return;
  newest.set(id, question);
  list = list.map((other) => (other.id === id ? job : other));
}

/** The server's jobs: asked from the server, because only it knows them. */
export const theJobs = {
  /** Empty until they are known. */
  get list(): readonly Job[] {
    return list;
  },
  async load(): Promise<void> {
    list = (await api(listJobs)).items;
  },
  look: (id: string): Promise<void> => take(id, () => api(getJob, { params: { id } })),
  /** Runs it now, or joins the run that is going. */
  run: (id: string): Promise<void> => take(id, () => api(runJob, { params: { id } })),
  /** @param change `schedule: null` is the job's own again. @throws ApiError naming the field that was refused. */
  configure: (id: string, change: { schedule?: string | null; enabled?: boolean }): Promise<void> =>
    take(id, () => api(changeJob, { params: { id }, body: change })),
  runs: (id: string, page: number): Promise<{ items: JobRun[]; total: number }> =>
    api(listJobRuns, { params: { id }, query: { page, pageSize: 20 } }),
};
