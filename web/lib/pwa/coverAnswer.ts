import { OFFLINE_COVERS, SEEN_COVERS } from './coverKeep.ts';
import { isPicture } from './ownFiles.ts';

/** What of the browser's caches is needed here. */
export type CoverCaches = Pick<CacheStorage, 'match' | 'open'>;

/**
 * Answers for a cover: with the offline covers; else as those that were looked at are answered, from their cache or the server;
 * and while the server is away, with any other size of the same picture that is here, the largest first.
 *
 * @param ask fetches it, or takes it from those that were looked at. @throws what `ask` throws, where nothing is here.
 */
export async function coverAnswer(
  request: Request,
  caches: CoverCaches,
  ask: () => Promise<Response>,
): Promise<Response> {
  const saved = await caches.match(request, { cacheName: OFFLINE_COVERS });
  if (saved && isPicture(saved)) return saved;
  try {
    const answer = await ask();
    // What the server says of a picture counts; a proxy before it (502, 503) or a failing server says nothing of it.
    return answer.status < 500 ? answer : ((await anotherSize(request, caches)) ?? answer);
  } catch (error) {
    const other = await anotherSize(request, caches);
    if (other) return other;
    throw error;
  }
}

async function anotherSize(request: Request, caches: CoverCaches): Promise<Response | null> {
  for (const name of [OFFLINE_COVERS, SEEN_COVERS]) {
    const cache = await caches.open(name);
    const sizes = [...(await cache.keys(request, { ignoreSearch: true }))].sort(
      (a, b) => sizeOf(b.url) - sizeOf(a.url),
    );
    for (const size of sizes) {
      const answer = await cache.match(size);
      if (answer && isPicture(answer)) return answer;
    }
  }
  return null;
}

const sizeOf = (url: string): number => Number(new URL(url).searchParams.get('size') ?? 0);
