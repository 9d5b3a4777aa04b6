import type { CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { Database } from './database.ts';
import type { MetadataStore } from './metadataStore.ts';
import { highestAppliedSeq, takeOn } from './mutationDocuments.ts';

/** What a mutation may change. */
const CHANGED_BY_MUTATIONS = ['journal', 'albums', 'artists', 'household'] as const satisfies CollectionName[];

/**
 * Pulls that come before the others: when the result of a mutation arrives, what it speaks of is asked for at once, so that it is known
 * when this device shows the result.
 */
export class PriorityPull {
  readonly #database: Database;
  readonly #metadata: MetadataStore;
  readonly #pull: (name: CollectionName) => void;
  #highestApplied = 0;
  #subscription: { unsubscribe(): void } | undefined;

  /** @param pull asks for what is new in a collection. */
  constructor(database: Database, metadata: MetadataStore, pull: (name: CollectionName) => void) {
    this.#database = database;
    this.#metadata = metadata;
    this.#pull = pull;
  }

  /** The highest seq of the feed that a result has named. */
  get highestApplied(): number {
    return this.#highestApplied;
  }

  /** Follows the results from now on. */
  start(): void {
    this.#subscription = this.#database.collections.intents?.eventBulks$.subscribe(({ events }) => {
      for (const { documentData } of events) this.#onResult(documentData as MutationDocument);
    });
  }

  /** Takes note of the results that are here, before anything is replicated. */
  async readResults(): Promise<void> {
    const has = 'intents' in this.#database.collections;
    if (has) await takeOn(this.#database.intents, this.#metadata.read().deviceId);
    this.#highestApplied = has ? await highestAppliedSeq(this.#database.intents) : 0;
  }

  stop(): void {
    this.#subscription?.unsubscribe();
  }

  #onResult({ verdict: result }: MutationDocument): void {
    if (result?.state !== 'applied' || result.appliedSeq <= this.#highestApplied) return;
    this.#highestApplied = result.appliedSeq;
    const { caughtUp } = this.#metadata.read();
    for (const name of CHANGED_BY_MUTATIONS) if ((caughtUp[name] ?? 0) < result.appliedSeq) this.#pull(name);
  }
}
