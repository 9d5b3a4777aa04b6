import type { MetadataStore } from '../../replica/metadataStore.ts';
import type { Replica } from '../../replica/types.ts';
import type { OutboxEntry } from './entry.ts';
import type { Outbox } from './outbox.ts';

/** Milliseconds between two looks. */
const PAUSE = 1_000;

/**
 * Takes out of the outbox what the server has answered: a mutation has its result, a playlist was sent. What was refused stays until
 * the person has dismissed it, so that its words outlive the replica.
 */
export class Settling {
  readonly #outbox: Outbox;
  readonly #replica: Replica;
  readonly #metadata: MetadataStore;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop: () => void;

  /** @param failed is called with what keeps it from looking; it looks again at the next news. */
  constructor(outbox: Outbox, replica: Replica, metadata: MetadataStore, failed: (error: unknown) => void) {
    [this.#outbox, this.#replica, this.#metadata] = [outbox, replica, metadata];
    this.#stop = replica.onStatus(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void this.run().catch(failed);
      }, PAUSE);
    });
  }

  async run(): Promise<void> {
    const { store, status } = this.#replica;
    if (status.connection !== 'online') return;
    const entries = this.#outbox.unanswered(store);
    if (entries.length === 0) return;
    const ids = entries.flatMap(({ writes }) => writes.flatMap((write) => ('insert' in write ? write.insert.id : [])));
    const found = ids.length === 0 ? [] : await this.#replica.collection('intents').get(ids);
    // The database was deleted meanwhile: what is not found in it says nothing.
    if (this.#replica.store !== store) return;
    const waiting = new Set(found.filter(({ verdict: result }) => result?.state !== 'applied').map(({ id }) => id));
    for (const entry of entries) if (this.#isAnswered(entry, waiting)) this.#outbox.retire(entry);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }

  #isAnswered({ id, writes }: OutboxEntry, waiting: ReadonlySet<string>): boolean {
    const { unsentPlaylists, refusedPlaylists } = this.#metadata.read();
    return writes.every((write, index) => {
      if (write.to === 'playlists')
        return ![write.id, `${id}.${index}`].some((key) => key in unsentPlaylists || key in refusedPlaylists);
      return !('insert' in write) || !waiting.has(write.insert.id);
    });
  }
}
