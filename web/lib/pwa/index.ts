import { PwaState } from './pwa.svelte.ts';
import type { Pwa } from './types.ts';

export type { Pwa } from './types.ts';
export { offlineState, type OfflineState } from './offline.ts';
export { forgetSeenCovers, offlineCovers } from './offlineCovers.svelte.ts';
export { networkFacts } from './metered.ts';

/** Installing, updating and being online. */
export const pwa: Pwa = new PwaState();
