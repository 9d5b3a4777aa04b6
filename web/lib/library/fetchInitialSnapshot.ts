import { pullCollection } from '#shared/api/sync.ts';
import type { InitialSnapshot } from './bootstrapCache.ts';
import { api } from './server.ts';

/**
 * Asks the server for what a fresh device shows first, while the replica's databases are still being made. They are pulled again by the
 * replica, which keeps them.
 *
 * @returns undefined when the server does not answer or asks for a sign-in: the replica meets the same, and reports it.
 */
export async function fetchInitialSnapshot(): Promise<InitialSnapshot | undefined> {
  const pull = async <T>(collection: string, limit: number): Promise<T[]> => {
    const { documents } = await api(pullCollection, { params: { collection }, query: { limit } });
    return documents.filter(({ _deleted }) => !_deleted) as unknown[] as T[];
  };
  try {
    const [household, pages, albums, artists] = await Promise.all([
      pull<InitialSnapshot['household'][number]>('household', 10),
      pull<InitialSnapshot['pages'][number]>('journal', 2),
      pull<InitialSnapshot['albums'][number]>('albums', 40),
      pull<InitialSnapshot['artists'][number]>('artists', 40),
    ]);
    return { household, pages, albums, artists };
  } catch {
    return undefined;
  }
}
