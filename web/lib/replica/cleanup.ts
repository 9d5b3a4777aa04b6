import type { CollectionName } from '#shared/sync/collections.ts';
import { DATABASE_NAME } from './database.ts';
import { digest } from './hash.ts';
import { versions } from './versions.ts';

/** Names a collection's replication: another resync, or another schema version, begins from nothing. */
export function replicationIdentifier(name: CollectionName, replicaNumber: number): string {
  return `${replicaNumber}.${versions[name]}`;
}

/**
 * Deletes what earlier versions and generations have left in IndexedDB. RxDB's Dexie storage has a database for each collection
 * and one for each replication's checkpoint; it empties them and leaves them standing.
 */
export async function deleteLeftovers(names: readonly CollectionName[], replicaNumber: number): Promise<void> {
  if (typeof indexedDB === 'undefined' || !('databases' in indexedDB)) return;
  const prefix = `rxdb-dexie-${DATABASE_NAME}--`;
  const used = new Set([`${prefix}0--_rxdb_internal`]);
  for (const name of names) {
    const meta = digest(`${name}-${replicationIdentifier(name, replicaNumber)}`);
    used.add(`${prefix}${versions[name]}--${name}`);
    used.add(`${prefix}${versions[name]}--rx-replication-meta-${meta}`);
  }
  for (const { name = '' } of await indexedDB.databases()) {
    if (name.startsWith(prefix) && !used.has(name)) indexedDB.deleteDatabase(name);
  }
}
