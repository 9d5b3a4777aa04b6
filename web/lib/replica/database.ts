import { addRxPlugin, createRxDatabase, type RxCollection, type RxDatabase, type RxStorage } from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import { conflictHandlerOf, type OwnWrites } from './conflicts.ts';
import { digest } from './hash.ts';
import { isQuotaError } from './quota.ts';
import { toRxSchema } from './schema.ts';
import { StorageFailed, StorageHealth } from './storageHealth.ts';
import type { DocumentOf } from './types.ts';
import { migrations, versions } from './versions.ts';
import { watched, type DexieConnection } from './watchedStorage.ts';
import { inWriteOrder } from './writeOrder.ts';

export type Collections = { [N in CollectionName]: RxCollection<DocumentOf<N>> };
/** A collection of which no more is known than that its documents have ids. */
export type IdentifiedCollection = RxCollection<{ id: string }>;
export type Database = RxDatabase<Collections>;

export interface Storage {
  storage: RxStorage<unknown, unknown>;
  persistent: boolean;
  health: StorageHealth;
  /** Names of the databases that were not there before this page opened them. */
  created: ReadonlySet<string>;
}

export const DATABASE_NAME = 'aime';

const PROBE = 'aime-probe';

/**
 * IndexedDB, or memory where a private window refuses it.
 * @throws {StorageFailed} when there is no room for it.
 */
export async function browserStorage(): Promise<Storage> {
  const health = new StorageHealth();
  const created = new Set<string>();
  if (await indexedDbWorks()) {
    const storage = getRxStorageDexie({
      // A write that was confirmed survives a power cut; Chromium's own default does not promise that.
      chromeTransactionDurability: 'strict',
      onCreate: (dexie: DexieConnection, name: string) => {
        let isOpen = false;
        // Dexie makes the tables of a database that is not there: at first, and when the browser has deleted it meanwhile.
        dexie.on('populate', () => {
          if (isOpen) health.lost();
          created.add(name);
        });
        const opened = (): void => {
          isOpen = true;
          // A browser that deletes a database closes it first, also while nobody works with it.
          dexie.backendDB().addEventListener('close', () => void health.closed(() => dexie.open()));
        };
        dexie.on('ready', opened, true);
      },
    });
    return {
      storage: inWriteOrder(watched(storage, health)),
      persistent: true,
      health,
      created,
    };
  }
  const { getRxStorageMemory } = await import('rxdb/plugins/storage-memory');
  // Empty whenever a page opens it.
  for (const name of Object.keys(collections) as CollectionName[]) created.add(dexieName(DATABASE_NAME, name));
  return {
    storage: inWriteOrder(getRxStorageMemory() as RxStorage<unknown, unknown>),
    persistent: false,
    health,
    created,
  };
}

function indexedDbWorks(): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (typeof indexedDB === 'undefined') return resolve(false);
    const opening = indexedDB.open(PROBE);
    opening.onerror = () =>
      isQuotaError(opening.error) ? reject(new StorageFailed('quota-exceeded', opening.error)) : resolve(false);
    opening.onsuccess = () => {
      opening.result.close();
      indexedDB.deleteDatabase(PROBE);
      resolve(true);
    };
  });
}

/** The name of the IndexedDB database in which RxDB's Dexie storage keeps a collection of this version. */
export const dexieName = (database: string, name: CollectionName): string =>
  `rxdb-dexie-${database}--${versions[name]}--${name}`;

/**
 * Opens the replica's database with a collection for each name. At most 13 collections may be open in a process.
 *
 * A collection whose version was raised is migrated where `versions.ts` says how, and starts empty otherwise.
 */
export async function openDatabase(
  { storage, persistent }: Pick<Storage, 'storage' | 'persistent'>,
  {
    name = DATABASE_NAME,
    names,
    now = Date.now,
    ownWrites = new Map(),
  }: { name?: string; names: readonly CollectionName[]; now?: () => number; ownWrites?: OwnWrites },
): Promise<Database> {
  if (names.some((each) => migrations[each] !== undefined && versions[each] > 0)) {
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
  await database.addCollections(
    Object.fromEntries(names.map((each) => [each, creatorOf(each, versions[each], now, ownWrites)])),
  );
  for (const each of names) if (!collections[each].push) hasNothingToPush(database[each]);
  return database as Database;
}

/**
 * RxDB's replication reads back everything it has pulled, to see whether any of it was changed here and has to be pushed, also
 * where nothing is ever pushed. That would double the time of the first sync.
 */
function hasNothingToPush({ storageInstance }: Collections[CollectionName]): void {
  storageInstance.getChangedDocumentsSince = (_limit, checkpoint: unknown) =>
    Promise.resolve({ documents: [], checkpoint });
}

/** RxDB's types do not let a collection stand for one of wider documents: its keys are named both ways. */
export function identified(collection: Collections[CollectionName]): IdentifiedCollection {
  return collection as unknown as IdentifiedCollection;
}

/** @param now milliseconds since the epoch by the server's clock. */
export function creatorOf(
  name: CollectionName,
  version: number,
  now: () => number = Date.now,
  ownWrites: OwnWrites = new Map(),
) {
  const migrationStrategies = migrations[name];
  return {
    schema: toRxSchema(collections[name].schema, version),
    conflictHandler: conflictHandlerOf(name, now, ownWrites),
    autoMigrate: migrationStrategies !== undefined,
    ...(migrationStrategies !== undefined && { migrationStrategies }),
  };
}
