import type { CollectionName } from '#shared/sync/collections.ts';
import type { SyncedDocument } from '../syncedDocument.ts';

interface Row {
  seq: number;
  document: SyncedDocument;
}

/** A change feed in memory: one row for each document, with the number of its last change. */
export class ModelFeed {
  seq = 0;
  readonly #feeds = new Map<CollectionName, Map<string, Row>>();

  /** @returns the number of this change. */
  put(collection: CollectionName, document: SyncedDocument): number {
    const rows = this.#feeds.get(collection) ?? new Map<string, Row>();
    this.#feeds.set(collection, rows.set(document.id, { seq: ++this.seq, document: structuredClone(document) }));
    return this.seq;
  }

  get(collection: CollectionName, id: string): SyncedDocument | undefined {
    return this.#feeds.get(collection)?.get(id)?.document;
  }

  /** What was not deleted. */
  all(collection: CollectionName): SyncedDocument[] {
    return this.#rows(collection)
      .map(({ document }) => document)
      .filter(({ _deleted }) => !_deleted);
  }

  /** What changed after a number, the oldest change first, as a device may see it: mutations are those of the device alone. */
  after(collection: CollectionName, seq: number, device: string): Row[] {
    return this.#rows(collection)
      .filter((row) => row.seq > seq)
      .filter(({ document }) => collection !== 'intents' || (document as { deviceId?: string }).deviceId === device)
      .sort((a, b) => a.seq - b.seq);
  }

  /** The number of a collection's last change; 0 where there was none. */
  seqOf(collection: CollectionName): number {
    return Math.max(0, ...this.#rows(collection).map((row) => row.seq));
  }

  /** Has nothing of this collection, as if it had never had. */
  forget(collection: CollectionName): void {
    this.#feeds.delete(collection);
  }

  /** Everything, as a backup holds it and `read` takes it. */
  backup(): string {
    return JSON.stringify({ seq: this.seq, feeds: [...this.#feeds].map(([name, feed]) => [name, [...feed]]) });
  }

  /** Puts this in the place of everything. */
  read(backup: string): void {
    const { seq, feeds } = JSON.parse(backup) as { seq: number; feeds: [CollectionName, [string, Row][]][] };
    this.seq = seq;
    this.#feeds.clear();
    for (const [name, rows] of feeds) this.#feeds.set(name, new Map(rows));
  }

  #rows(collection: CollectionName): Row[] {
    return [...(this.#feeds.get(collection)?.values() ?? [])];
  }
}
