import type { CollectionName } from '#shared/sync/collections.ts';
import type { Refusal } from './held.ts';

/** How far this device has come with restoring its library to the server; stored over a reload. */
export interface BringBackProgress {
  /**
   * `rebuild`: into an empty library that is made for it; `add`: what the server's library lacks; `rest`: what another device, which
   * went on with a rebuild that was begun here, did not have.
   */
  mode: 'rebuild' | 'add' | 'rest';
  state: 'running' | 'paused' | 'failed' | 'done';
  /** The loss that is made good by it, or the epoch of the library that it is added to: it goes on nowhere else. Earlier versions did not say. */
  into?: string;
  /** The last document that was given; those before it, and the collections before its, are there. */
  collection: CollectionName | null;
  after: string;
  done: number;
  total: number;
  refused: Refusal[];
  /** How many they are, listed here or not. Earlier versions did not count. */
  refusedInAll?: number;
  /** Why it stands still, as a key of the translations. */
  error?: string;
}
