import { pause } from './retry.ts';
import type { Replica } from './types.ts';

/**
 * Erases everything this device holds of the library, also when the replica cannot be opened any more.
 * Unsent changes are given a moment to leave where the server answers.
 */
export async function eraseReplica(replica: Replica | undefined): Promise<void> {
  if (replica) {
    await sent(replica);
    await replica.destroy();
  }
  await Promise.all((await databaseNames()).map(deleted));
}

/** How long what is unsent is given to leave, and how often that is looked at. Milliseconds. */
const [PATIENCE, LOOK_AGAIN] = [3_000, 100];

async function sent(replica: Replica): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (replica.status.connection === 'online' && Date.now() < end && (await isWaiting(replica))) {
    await pause(LOOK_AGAIN);
  }
}

async function isWaiting(replica: Replica): Promise<boolean> {
  if (Object.keys(replica.status.unsentPlaylists).length > 0) return true;
  return (await replica.collection('intents').all()).some(({ verdict: result }) => !result);
}

/** Resolves also when another tab still holds it: the browser deletes it once that closes it. */
function deleted(name: string): Promise<void> {
  return new Promise((resolve) => {
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onsuccess = deleting.onerror = deleting.onblocked = () => resolve();
  });
}

async function databaseNames(): Promise<string[]> {
  if (typeof indexedDB === 'undefined' || !('databases' in indexedDB)) return [];
  const databases = await indexedDB.databases();
  return databases.map(({ name = '' }) => name).filter((name) => name.startsWith('rxdb-dexie-aime--'));
}
