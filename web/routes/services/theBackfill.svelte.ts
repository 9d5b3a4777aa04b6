import { type BackfillStatus, cancelBackfill, getBackfill, startBackfill } from '#shared/api/lastfm.ts';
import { api } from '$lib/library/index.ts';

let status = $state.raw<BackfillStatus>();

export const theBackfill = {
  /** Undefined until it is known. */
  get status(): BackfillStatus | undefined {
    return status;
  },
  /** @param measure also ask Last.fm how long the history is. */
  async look(measure = false): Promise<void> {
    status = await api(getBackfill, { query: measure ? { measure: 'true' } : {} }, { timeout: 30_000 });
  },
  async start(): Promise<void> {
    status = await api(startBackfill);
  },
  async cancel(): Promise<void> {
    status = await api(cancelBackfill);
  },
  /** Looks again every two seconds while it runs. @returns stops looking. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (status?.state === 'running') void this.look().catch(() => undefined);
    }, 2_000);
    return () => clearInterval(timer);
  },
};
