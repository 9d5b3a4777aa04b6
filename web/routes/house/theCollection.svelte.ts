import type { Trouble } from '#shared/library/household.ts';
import { api } from '$lib/library/index.ts';

/** The import of the Discogs collection, as the server tells of it. Times in seconds since the epoch. */
export interface CollectionStatus {
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Copies read so far, and how many Discogs counts. */
  seen: number;
  total: number | null;
  added: number;
  changed: number;
  removed: number;
  unreadable: number;
  endedAt: number | null;
  lastError: string | null;
  trouble?: Trouble | null;
}

const SYNC = '/services/discogs/sync';
let status = $state.raw<CollectionStatus>();

export const theCollection = {
  /** Undefined until it is known. */
  get status(): CollectionStatus | undefined {
    return status;
  },
  async look(): Promise<void> {
    status = await api.get<CollectionStatus>('/services/discogs/status');
  },
  /** Starts, or joins the run that is going. */
  async start(): Promise<void> {
    status = await api.post<CollectionStatus>(SYNC);
  },
  async cancel(): Promise<void> {
    status = await api.delete<CollectionStatus>(SYNC);
  },
  /** Looks again every two seconds while it runs. @returns stops looking. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (status?.state === 'running') void this.look().catch(() => undefined);
    }, 2_000);
    return () => clearInterval(timer);
  },
};
