import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb/plugins/core';
import type { Storage } from '../database.ts';
import { StorageHealth } from '../storageHealth.ts';
import { watched } from '../watchedStorage.ts';

export { memoryStore } from '../marks.ts';

/** A storage of its own, which keeps what was stored while it is referred to. */
export function memoryStorage(): Storage {
  const health = new StorageHealth();
  return { storage: watched(getRxStorageMemory() as RxStorage<unknown, unknown>, health), persistent: false, health, created: new Set() };
}
