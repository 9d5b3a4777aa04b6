import { addRxPlugin, createRxDatabase, type RxCollection, type RxDatabase, type RxStorage } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import { conflictHandlerOf } from './conflicts.ts';
import { digest } from './hash.ts';
import { toRxSchema } from './schema.ts';
import { migrations, versions } from './versions.ts';

export type Collections = Record<CollectionName, RxCollection>;
export type Database = RxDatabase<Collections>;

export interface Storage {
  storage: RxStorage<unknown, unknown>;
  persistent: boolean;
}

export const DATABASE_NAME = 'aime';

const PROBE = 'aime-probe';

/** IndexedDB, or memory where a private window refuses it. */
export async function browserStorage(): Promise<Storage> {
  if (await indexedDbWorks()) {
    // A write that was confirmed survives a power cut; Chromium's own default does not promise that.
    const storage = getRxStorageDexie({ chromeTransactionDurability: 'strict' });
    return { storage: storage as RxStorage<unknown, unknown>, persistent: true };
  }
  const { getRxStorageMemory } = await import('rxdb/plugins/storage-memory');
  return { storage: getRxStorageMemory() as RxStorage<unknown, unknown>, persistent: false };
}

function indexedDbWorks(): Promise<boolean> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(false);
    const opening = indexedDB.open(PROBE);
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      opening.result.close();
      indexedDB.deleteDatabase(PROBE);
      resolve(true);
    };
  });
}

/**
 * Opens the replica's database with a collection for each name. At most 13 collections may be open in a process.
 *
 * A collection whose version was raised starts empty when it comes from the server; what a person made is migrated.
 */
export async function openDatabase(
  { storage, persistent }: Storage,
  { name = DATABASE_NAME, names }: { name?: string; names: readonly CollectionName[] },
): Promise<Database> {
  if (names.some((each) => collections[each].push && versions[each] > 0)) {
    const { RxDBMigrationSchemaPlugin } = await import('rxdb/plugins/migration-schema');
    addRxPlugin(RxDBMigrationSchemaPlugin);
  }
  const database = await createRxDatabase<Collections>({
    name,
    storage,
    multiInstance: persistent,
    eventReduce: false,
    hashFunction: (input) => Promise.resolve(digest(typeof input === 'string' ? input : JSON.stringify(input))),
  });
  await database.addCollections(Object.fromEntries(names.map((each) => [each, creatorOf(each, versions[each])])));
  for (const each of names) if (!collections[each].push) hasNothingToPush(database[each] as RxCollection);
  return database as Database;
}

/**
 * RxDB's replication reads back everything it has pulled, to see whether any of it was changed here and has to be pushed, also
 * where nothing is ever pushed. That would double the time of the first sync.
 */
function hasNothingToPush({ storageInstance }: RxCollection): void {
  storageInstance.getChangedDocumentsSince = (_limit, checkpoint) => Promise.resolve({ documents: [], checkpoint });
}

export function creatorOf(name: CollectionName, version: number) {
  const kept = name === 'playlists' || name === 'intents';
  return {
    schema: toRxSchema(collections[name].schema, version),
    conflictHandler: conflictHandlerOf(name),
    autoMigrate: kept,
    ...(kept && { migrationStrategies: migrations[name] }),
  };
}
