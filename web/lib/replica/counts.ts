import type { CollectionName } from '#shared/sync/collections.ts';
import type { SeenIds } from '#shared/sync/state.ts';

/** Documents and listens, as the server or this device counts them. */
export interface Counts {
  documents: Partial<Record<CollectionName, number>>;
  listens: number;
}

/** The highest ids this device has seen of what the server numbers; it holds no scrobbles. */
export type HighestIds = Required<Omit<SeenIds, 'scrobbles'>>;

/** What this device holds of the library. */
export interface Holdings extends Counts {
  highest: HighestIds;
}
