import type { Problem } from '#shared/api/errors.ts';
import { api } from '$lib/library/index.ts';

/** The import of the whole Last.fm history, as the server tells of it. Times in seconds since the epoch. */
export interface BackfillStatus {
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  total: number | null;
  estimateSeconds: number | null;
  seen: number;
  new: number;
  known: number;
  refused: { reason: string; count: number }[];
  setAside: { reason: string; count: number }[];
  pagesSteppedOver: number;
  reachedBackTo: number | null;
  lastError: string | null;
  problem?: Problem | null;
  /** When it is asked for again, where the last request failed. */
  nextTryAt: number | null;
  comparison: { lastfm: number; here: number; because: { reason: string; count: number }[] } | null;
}

const PATH = '/services/lastfm/backfill';
let status = $state.raw<BackfillStatus>();

export const theBackfill = {
  /** Undefined until it is known. */
  get status(): BackfillStatus | undefined {
    return status;
  },
  /** @param measure also ask Last.fm how long the history is. */
  async look(measure = false): Promise<void> {
    status = await api.get<BackfillStatus>(measure ? `${PATH}?measure=true` : PATH, { timeout: 30_000 });
  },
  async start(): Promise<void> {
    status = await api.post<BackfillStatus>(PATH);
  },
  async cancel(): Promise<void> {
    status = await api.delete<BackfillStatus>(PATH);
  },
  /** Looks again every two seconds while it runs. @returns stops looking. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (status?.state === 'running') void this.look().catch(() => undefined);
    }, 2_000);
    return () => clearInterval(timer);
  },
};
