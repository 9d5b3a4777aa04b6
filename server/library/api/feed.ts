import type { CollectionName } from '#shared/sync/collections.ts';

export interface Change {
  collection: CollectionName;
  seq: number;
}

export interface Feed {
  readonly epoch: string;
  lastSeq(): number;
  lastSeqOf(collection: CollectionName): number;
  /** How many documents of each collection there are, those that were removed left out. */
  documents(): Record<CollectionName, number>;
  /** Called after each commit with the collections that moved. */
  subscribe(listener: (changes: readonly Change[]) => void): () => void;
  /**
   * Documents changed after `seq`, in the feed's order, at most `limit`; fewer only at the end of the feed.
   * @param device limits `intents` to one device's. @param priority adds, before the feed's own, what a fresh device shows first.
   */
  pull(
    collection: CollectionName,
    seq: number,
    limit: number,
    options?: { device?: string; priority?: boolean },
  ): { documents: ({ id: string; _deleted: boolean } & Record<string, unknown>)[]; seq: number };
}
