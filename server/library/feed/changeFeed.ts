import { type CollectionName, collectionNames } from '#shared/sync/collections.ts';
import type { Log } from '../../kit/log.ts';
import type { Change } from '../api/feed.ts';
import type { Database } from '../database/database.ts';

/** The change feed: one row a document, moved to a new seq by each change, in the change's own transaction. */
export interface ChangeFeed {
  readonly epoch: string;
  /** Notes that a document changed, inside the transaction that changes it. Its seq is taken when that commits. */
  touch(collection: CollectionName, id: string | number, deleted?: boolean): void;
  /** Takes the seqs of what was touched so far, for those who need to know them before the commit. */
  settle(): void;
  /** The seq a document stands at; 0 when it never was in the feed. */
  seqOf(collection: CollectionName, id: string | number): number;
  lastSeq(): number;
  lastSeqOf(collection: CollectionName): number;
  /** How many documents of each collection there are, those that were removed left out. */
  documents(): Record<CollectionName, number>;
  subscribe(listener: (changes: readonly Change[]) => void): () => void;
}

/** @param life whose epoch it is. @param log takes note of a listener that throws: a commit must not fail for it. */
export function openFeed(db: Database, life: { readonly epoch: string }, log: Log): ChangeFeed {
  const pending = new Map<CollectionName, Map<string, boolean>>();
  const moved = new Map<CollectionName, number>();
  const listeners = new Set<(changes: readonly Change[]) => void>();

  function settle(): void {
    const rows = [...pending].flatMap(([collection, touched]) =>
      [...touched].map(([id, deleted]) => ({ collection, id, deleted })),
    );
    if (rows.length === 0) return;
    const { last_seq: last } = db.get<{ last_seq: number }>(
      'UPDATE library_state SET last_seq = last_seq + ? RETURNING last_seq',
      rows.length,
    )!;
    const first = last - rows.length + 1;
    db.run(
      `INSERT INTO change_feed (collection, document_id, seq, deleted)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
       ON CONFLICT (collection, document_id) DO UPDATE SET seq = excluded.seq, deleted = excluded.deleted`,
      JSON.stringify(
        rows.map(({ collection, id, deleted }, index) => [collection, id, first + index, Number(deleted)]),
      ),
    );
    rows.forEach(({ collection }, index) => moved.set(collection, first + index));
    pending.clear();
  }

  db.onTransaction({
    beforeCommit: settle,
    afterCommit() {
      if (moved.size === 0) return;
      const changes = [...moved].map(([collection, seq]) => ({ collection, seq }));
      moved.clear();
      for (const listener of listeners) notify(listener, changes, log);
    },
    afterRollback() {
      pending.clear();
      moved.clear();
    },
  });

  return {
    get epoch() {
      return life.epoch;
    },
    touch(collection, id, deleted = false) {
      if (!db.inTransaction) throw new Error(`${collection}:${id} was changed outside a transaction`);
      let touched = pending.get(collection);
      if (touched === undefined) pending.set(collection, (touched = new Map<string, boolean>()));
      touched.delete(String(id));
      touched.set(String(id), deleted);
    },
    settle,
    seqOf: (collection, id) =>
      db.get<{ seq: number }>(
        'SELECT seq FROM change_feed WHERE collection = ? AND document_id = ?',
        collection,
        String(id),
      )?.seq ?? 0,
    lastSeq: () => db.get<{ last_seq: number }>('SELECT last_seq FROM library_state')?.last_seq ?? 0,
    lastSeqOf: (collection) =>
      db.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM change_feed WHERE collection = ?', collection)?.seq ??
      0,
    documents() {
      const counted = new Map(
        db.rows<[CollectionName, number]>(
          'SELECT collection, count(*) FROM change_feed WHERE deleted = 0 GROUP BY collection',
        ),
      );
      return Object.fromEntries(collectionNames.map((name) => [name, counted.get(name) ?? 0])) as Record<
        CollectionName,
        number
      >;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function notify(listener: (changes: readonly Change[]) => void, changes: readonly Change[], log: Log): void {
  try {
    listener(changes);
  } catch (error) {
    log.error('library.listener-failed', { error });
  }
}
