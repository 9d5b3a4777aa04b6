import { cancelBackfill, getBackfill, startBackfill, type BackfillStatus } from '#shared/api/lastfm.ts';
import { api } from '$lib/library/index.ts';
import { FollowedRun } from './followedRun.svelte.ts';

/** The history of Last.fm that is read. With `measure` Last.fm is also asked how long it is. */
export const theBackfill = new FollowedRun<BackfillStatus, { measure: 'true' }>({
  look: (query) => api(getBackfill, { query: query ?? {} }, { timeout: 30_000 }),
  start: () => api(startBackfill),
  cancel: () => api(cancelBackfill),
});
