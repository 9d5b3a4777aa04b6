import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb/plugins/core';
import type { Storage } from '../database.ts';
import { StorageHealth } from '../storageHealth.ts';
import { watched } from '../watchedStorage.ts';
import { inWriteOrder } from '../writeOrder.ts';

export { memoryStore } from '../metadataStore.ts';

/**
 * A storage of its own, which keeps what was stored while it is referred to.
 * @param ahead milliseconds by which the device's clock is ahead, when RxDB stamps what it writes.
 * @param inOrder false: as it was before stamps were in order.
 */
export function memoryStorage(ahead: () => number = () => 0, inOrder: () => boolean = () => true): Storage {
  const health = new StorageHealth();
  const storage = watched(getRxStorageMemory() as RxStorage<unknown, unknown>, health);
  const chosen = Object.assign(Object.create(storage) as typeof storage, {
    createStorageInstance: ((params) =>
      (inOrder() ? inWriteOrder(storage) : storage).createStorageInstance(
        params,
      )) as typeof storage.createStorageInstance,
  });
  return { storage: stamped(chosen, ahead), persistent: false, health, created: new Set() };
}

/** RxDB takes its stamps from the clock once and counts on: as a page that was loaded anew, it goes by the clock as it is now. */
function stamped(storage: RxStorage<unknown, unknown>, ahead: () => number): RxStorage<unknown, unknown> {
  const createStorageInstance: typeof storage.createStorageInstance = async (params) => {
    const instance = await storage.createStorageInstance(params);
    const bulkWrite = instance.bulkWrite.bind(instance);
    instance.bulkWrite = (rows, context) => {
      const offset = ahead();
      for (const { document } of rows) document._meta = { ...document._meta, lwt: document._meta.lwt + offset };
      return bulkWrite(rows, context);
    };
    return instance;
  };
  return Object.assign(Object.create(storage) as typeof storage, { createStorageInstance });
}
