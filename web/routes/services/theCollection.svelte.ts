import { type DiscogsImport, getDiscogsImport, startDiscogsImport, stopDiscogsImport } from '#shared/api/discogs.ts';
import { api } from '$lib/library/index.ts';
import { FollowedRun } from './followedRun.svelte.ts';

/** The import of the Discogs collection. */
export const theCollection = new FollowedRun<DiscogsImport>({
  look: () => api(getDiscogsImport),
  start: () => api(startDiscogsImport),
  cancel: () => api(stopDiscogsImport),
});
