import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import type { CollectionName } from '#shared/sync/collections.ts';
import { RetryState } from './retryState.ts';
import type { Database } from './database.ts';
import { isMuch, isMuchAtOnce } from './held.ts';
import type { MetadataStore } from './metadataStore.ts';
import type { ConnectionState } from './connectionState.ts';
import type { PullRun } from './pullRun.ts';
import type { Transport } from './transport.ts';
import { retrying, unlessAborted } from './retry.ts';

/** Where a loss is a loss: rollups go when the archive gives listens back, the rest is no part of the library. */
const WATCHED: readonly CollectionName[] = ['artists', 'albums', 'journal', 'playlists', 'revisions'];
/** Days of the household's months and of the journal's differ at their edges. */
const EXPLAINED_SHARE = 0.9;
const ROLLUPS_AT_ONCE = 500;

/** Says whether what the server wants removed may go without a question. */
export class RemovalWatch {
  readonly #database: Database;
  readonly #transport: Transport;
  readonly #metadata: MetadataStore;

  readonly #retry: RetryState;

  constructor(database: Database, transport: Transport, metadata: MetadataStore, connectionState: ConnectionState) {
    this.#retry = new RetryState(connectionState);
    this.#database = database;
    this.#transport = transport;
    this.#metadata = metadata;
  }

  /** Whether so many of so many documents may go that a whole new pull did not bring. What was deleted here is offered again. */
  mayReplace(name: CollectionName, lost: number, of: number): boolean {
    const { accepted, epoch } = this.#metadata.read();
    return name === 'deletions' || accepted?.epoch === epoch || !isMuch(lost, of);
  }

  /**
   * Whether these documents, and those of the same pull before them, may be removed: few, or agreed to, or listens that went into
   * the archive. Waits until the server can be asked for these; false when the signal fires before.
   */
  async mayRemove(run: PullRun, ids: readonly string[], seq: number, signal: AbortSignal): Promise<boolean> {
    if (!WATCHED.includes(run.name)) return true;
    const { accepted, epoch } = this.#metadata.read();
    if (accepted?.epoch === epoch && seq <= accepted.seq) return true;
    const collection = this.#database[run.name];
    const here = (await collection.storageInstance.findDocumentsById([...ids], false)) as unknown as {
      id: string;
      t?: unknown;
    }[];
    const lost = run.removed + here.length;
    if (isMuchAtOnce(lost, run.removed + (await collection.count().exec()))) {
      if (run.name !== 'journal' || !(await this.#isArchived(here, signal))) return false;
    }
    run.removed = lost;
    return true;
  }

  /** The rollups of the months that these pages are of count their listens. */
  async #isArchived(pages: readonly { id: string; t?: unknown }[], signal: AbortSignal): Promise<boolean> {
    const months = new Set(pages.map(({ id }) => id.replace(/\..*/, '')));
    const lost = pages.reduce((sum, { t }) => sum + (Array.isArray(t) ? t.length : 0), 0);
    const count = async (): Promise<number> => {
      let archived = 0;
      for await (const { id, listens } of this.#rollups(signal)) if (months.has(id)) archived += listens;
      return archived;
    };
    const archived = await unlessAborted(retrying(this.#retry, count, { signal, atOnce: true }), signal);
    return archived !== undefined && archived >= EXPLAINED_SHARE * lost;
  }

  async *#rollups(signal: AbortSignal): AsyncGenerator<{ id: string; listens: number }> {
    for (let from: Checkpoint | null = null; ;) {
      const { documents, setAside, checkpoint } = await this.#transport.pull('rollups', from, ROLLUPS_AT_ONCE, signal);
      for (const rollup of documents) if (!rollup._deleted) yield rollup as unknown as { id: string; listens: number };
      if (documents.length + setAside.length < ROLLUPS_AT_ONCE) return;
      from = checkpoint;
    }
  }
}
