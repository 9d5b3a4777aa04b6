import type { CollectionName } from '#shared/sync/collections.ts';

/** Documents and listens, as the server or this device counts them. */
export interface Counts {
  documents: Partial<Record<CollectionName, number>>;
  listens: number;
}

/** The highest ids this device has seen of what the server numbers. */
export type HighestIds = Record<'artists' | 'albums' | 'tracks' | 'images' | 'listening_history', number>;

/** What this device holds of the library. */
export interface Holdings extends Counts {
  highest: HighestIds;
}
