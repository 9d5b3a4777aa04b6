import type { IdentifiedCollection } from './database.ts';
import type { StorageHealth } from './storageHealth.ts';
import type { Changes, ReplicaCollection } from './types.ts';
import { reading } from './watchedStorage.ts';

/** Documents read at once: few at first, so that something can be shown, then more; after each the page gets its turn. */
const FIRST_BATCH = 8;
const LARGEST_BATCH = 500;

/** Beside a document, on this device only: the mutations that were made to it here, in the same transaction. */
const MUTATIONS = 'mutations';
/** Of each document, the last. */
const MOST_MUTATIONS = 40;

interface StoredDocument {
  id: string;
  _deleted?: boolean | '0' | '1';
}

/** What RxDB's Dexie storage keeps its documents in. */
interface DexieTable {
  toCollection(): { primaryKeys(): Promise<string[]> };
  where(index: string): {
    between(
      lower: string,
      upper: string,
      includeLower: true,
      includeUpper: true,
    ): { toArray(): Promise<StoredDocument[]> };
  };
}

interface Internals {
  dexieTable?: DexieTable;
}

/** A collection of the replica as the rest of the app sees it: no RxDB, no observables. */
export class StoredCollection<T extends { id: string }> implements ReplicaCollection<T> {
  readonly #collection: IdentifiedCollection;
  readonly #health: StorageHealth;

  constructor(collection: IdentifiedCollection, health: StorageHealth) {
    this.#collection = collection;
    this.#health = health;
  }

  async follow(deliver: (changes: Changes<T>) => void): Promise<void> {
    let changed: Set<string> | undefined = new Set();
    this.#collection.eventBulks$.subscribe(({ events }) => {
      const changes: Changes<T> = { documents: [], removed: [] };
      for (const { documentId, documentData } of events) {
        const document = documentData as T & { _deleted: boolean };
        changed?.add(documentId);
        if (document._deleted) changes.removed.push(documentId);
        else changes.documents.push(document);
      }
      deliver(changes);
    });
    for await (const batch of this.#batches()) {
      const documents = batch.filter(({ id, _deleted }) => _deleted !== true && _deleted !== '1' && !changed?.has(id));
      if (documents.length > 0) deliver({ documents: documents as unknown as T[], removed: [] });
    }
    changed = undefined;
  }

  async all(): Promise<T[]> {
    const documents = await this.#collection.find().exec();
    return documents.map((document) => document.toMutableJSON() as T);
  }

  async get(ids: readonly string[]): Promise<T[]> {
    const found = await this.#collection.storageInstance.findDocumentsById([...ids], false);
    return found as unknown as T[];
  }

  async change(
    id: string,
    mutation: string,
    change: (before: T | null, known: boolean) => T | null | undefined,
    parting: Partial<T> = {},
  ): Promise<void> {
    const { storageInstance } = this.#collection;
    for (;;) {
      const [previous] = await storageInstance.findDocumentsById([id], true);
      const made = mutationsOf(previous);
      if (made.includes(mutation)) return;
      const before = previous && !previous._deleted ? plain<T>(previous) : null;
      const after = change(before, previous !== undefined);
      if (after === undefined) return;
      const document = {
        ...(after ?? { ...(previous as object), ...parting }),
        _deleted: after === null,
        _attachments: {},
        _rev: previous?._rev ?? '',
        _meta: { ...previous?._meta, lwt: 0, [MUTATIONS]: [...made, mutation].slice(-MOST_MUTATIONS) },
      };
      const { error } = await storageInstance.bulkWrite(
        [previous ? { previous, document } : { document }] as never,
        'outbox',
      );
      const [failed] = error;
      if (!failed) return;
      // Changed meanwhile, by another tab or by what was pulled: once more, on what it is now.
      if (failed.status !== 409) throw new Error(`Could not write ${id}`, { cause: failed });
    }
  }

  /**
   * Everything stored, highest ids first. Where Dexie keeps it, whole ranges of keys are read with one request each:
   * RxDB's queries move a cursor from document to document, which takes several times as long.
   */
  async *#batches(): AsyncGenerator<StoredDocument[]> {
    const table = await this.#table();
    if (!table) {
      const all = await this.#collection.find().exec();
      yield all.map((document) => document.toMutableJSON());
      return;
    }
    const { internals } = this.#collection.storageInstance;
    const keys = await reading(internals, this.#health, () => table.toCollection().primaryKeys());
    let size = FIRST_BATCH;
    for (let end = keys.length; end > 0; end -= size, size = Math.min(size * 4, LARGEST_BATCH)) {
      const [lower, upper] = [keys[Math.max(0, end - size)]!, keys[end - 1]!];
      yield await reading(internals, this.#health, () => table.where('id').between(lower, upper, true, true).toArray());
    }
  }

  async #table(): Promise<DexieTable | undefined> {
    const internals = await (this.#collection.storageInstance.internals as Internals | Promise<Internals>);
    return internals.dexieTable;
  }
}

function mutationsOf(document: { _meta: Record<string, unknown> } | undefined): string[] {
  const made = document?._meta[MUTATIONS];
  return Array.isArray(made) ? (made as string[]) : [];
}

function plain<T>(document: object): T {
  const { _deleted, _rev, _meta, _attachments, ...rest } = document as Record<string, unknown>;
  return rest as T;
}
