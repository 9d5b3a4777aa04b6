import { type DiscogsImport, getDiscogsImport, startDiscogsImport, stopDiscogsImport } from '#shared/api/discogs.ts';
import { api } from '$lib/library/index.ts';

let status = $state.raw<DiscogsImport>();

export const theCollection = {
  /** Undefined until it is known. */
  get status(): DiscogsImport | undefined {
    return status;
  },
  async look(): Promise<void> {
    status = await api(getDiscogsImport);
  },
  /** Starts, or joins the run that is going. */
  async start(): Promise<void> {
    status = await api(startDiscogsImport);
  },
  async cancel(): Promise<void> {
    status = await api(stopDiscogsImport);
  },
  /** Looks again every two seconds while it runs. @returns stops looking. */
  follow(): () => void {
    const timer = setInterval(() => {
      if (status?.state === 'running') void this.look().catch(() => undefined);
    }, 2_000);
    return () => clearInterval(timer);
  },
};
