import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb/plugins/core';
import type { Storage } from '../database.ts';

export { memoryStore } from '../marks.ts';

/** A storage of its own, which keeps what was stored while it is referred to. */
export function memoryStorage(): Storage {
  return { storage: getRxStorageMemory() as RxStorage<unknown, unknown>, persistent: false };
}
