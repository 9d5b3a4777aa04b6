import type { Problem } from '#shared/api/errors.ts';
import { api } from '$lib/library/index.ts';

/** One run of a job. Times in seconds since the epoch. */
export interface JobRun {
  id: number;
  startedAt: number;
  /** Null while it runs, as `outcome`. */
  endedAt: number | null;
  outcome: 'done' | 'failed' | 'timed-out' | 'stopped' | 'interrupted' | 'waiting' | null;
  summary: unknown;
  error: string | null;
  problem?: Problem | null;
  trigger: 'schedule' | 'catch-up' | 'person';
}

/** Recurring work of the house. */
export interface Job {
  id: string;
  /** Five cron fields, by the household's clocks. */
  schedule: string;
  enabled: boolean;
  lastRun: JobRun | null;
  nextRun: number | null;
  running: boolean;
}

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
const pathOf = (id: string) => `/jobs/${encodeURIComponent(id)}`;

/** The house's jobs: asked from the server, because only it knows them. */
export const theJobs = {
  /** Empty until they are known. */
  get list(): readonly Job[] {
    return list;
  },
  async load(): Promise<void> {
    list = (await api.get<{ items: Job[] }>('/jobs')).items;
  },
  look: (id: string): Promise<void> => take(id, () => api.get<Job>(pathOf(id))),
  /** Runs it now, or joins the run that is going. */
  run: (id: string): Promise<void> => take(id, () => api.post<Job>(`${pathOf(id)}/run`)),
  /** @param change `schedule: null` is the job's own again. @throws ApiError naming the field that was refused. */
  configure: (id: string, change: { schedule?: string | null; enabled?: boolean }): Promise<void> =>
    take(id, () => api.put<Job>(pathOf(id), change)),
  runs: (id: string, page: number): Promise<{ items: JobRun[]; total: number }> =>
    api.get(`${pathOf(id)}/runs?page=${page}&pageSize=20`),
};
