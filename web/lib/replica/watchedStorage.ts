import type { RxStorage, RxStorageInstance } from 'rxdb/plugins/core';
import type { StorageHealth } from './storageHealth.ts';

/** What RxDB's Dexie storage holds of a database. */
interface DexieState {
  dexieDb: DexieConnection;
}

/** As much of Dexie as is needed to open a database again. */
export interface DexieConnection {
  close(options: { disableAutoOpen: boolean }): void;
  open(): PromiseLike<unknown>;
  /** @param everyTime of `ready`: not the first time alone. */
  on(event: 'populate' | 'ready', heard: () => void, everyTime?: boolean): void;
  /** The browser's own connection, while it is open. */
  backendDB(): Pick<EventTarget, 'addEventListener'>;
}

type AnyStorage = RxStorage<unknown, unknown>;
type Instance = RxStorageInstance<unknown, unknown, unknown>;

/** A storage whose every reading and writing goes through {@link StorageHealth}: RxDB sees a database that does not go away. */
export function watched(storage: AnyStorage, health: StorageHealth): AnyStorage {
  const createStorageInstance: AnyStorage['createStorageInstance'] = async (params) => {
    const instance = await storage.createStorageInstance(params);
    watch(instance as unknown as Instance, health);
    return instance;
  };
  return Object.assign(Object.create(storage) as AnyStorage, { createStorageInstance });
}

/**
 * Does work on the database of one collection beside RxDB, under the same watch.
 * @param internals of its storage instance.
 */
export function reading<T>(internals: unknown, health: StorageHealth, work: () => Promise<T>): Promise<T> {
  return health.run('read', () => reopened(internals), work);
}

function watch(instance: Instance, health: StorageHealth): void {
  const reopen = () => reopened(instance.internals);
  const [bulkWrite, find, query, count] = [
    instance.bulkWrite.bind(instance),
    instance.findDocumentsById.bind(instance),
    instance.query.bind(instance),
    instance.count.bind(instance),
  ];
  instance.bulkWrite = (rows, context) =>
    health.run('write', reopen, async () => {
      const response = await bulkWrite(rows, context);
      // Its transaction was through when the connection went: the same revision is no conflict.
      const error = response.error.filter(({ status, writeRow, ...failed }) => {
        const there = 'documentInDb' in failed ? (failed.documentInDb as { _rev?: string } | undefined) : undefined;
        return status !== 409 || there?._rev !== writeRow.document._rev;
      });
      return error.length === response.error.length ? response : { error };
    });
  instance.findDocumentsById = (ids, withDeleted) => health.run('read', reopen, () => find(ids, withDeleted));
  instance.query = (prepared) => health.run('read', reopen, () => query(prepared));
  instance.count = (prepared) => health.run('read', reopen, () => count(prepared));
}

async function reopened(internals: unknown): Promise<void> {
  const state = (await internals) as Partial<DexieState>;
  if (!state.dexieDb) return;
  state.dexieDb.close({ disableAutoOpen: false });
  await state.dexieDb.open();
}
