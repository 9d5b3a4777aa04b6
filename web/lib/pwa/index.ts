import { PwaState } from './pwa.svelte.ts';
import type { Pwa } from './types.ts';

export type { Pwa } from './types.ts';
export { offlineStanding, type OfflineStanding } from './offline.ts';
export { forgetSeenCovers, keptCovers } from './keptCovers.svelte.ts';
export { networkFacts } from './metered.ts';

/** Installing, updating and being online. */
export const pwa: Pwa = new PwaState();
