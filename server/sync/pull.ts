import type { PullAnswer } from '#shared/sync/checkpoint.ts';
import { isCollectionName, type CollectionName } from '#shared/sync/collections.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { turn } from '../kit/turns.ts';
import { notePull } from './syncMeters.ts';
import type { Library } from '../library/api/library.ts';

export function collectionNamed(name: string): CollectionName {
  if (isCollectionName(name)) return name;
  throw new HttpError({ code: 'unknown-collection', params: { name } }, { field: 'collection' });
}

/** From where, how much, and for whom. */
export interface PullQuery {
  seq?: number | undefined;
  epoch?: string | undefined;
  limit: number;
  device?: string | undefined;
}

/**
 * Documents that changed since a checkpoint. Without one, what a fresh device shows first comes first.
 *
 * @throws HttpError for a checkpoint of another life of the library, or of one that it has not come to.
 */
export async function pull(library: Library, collection: CollectionName, query: PullQuery): Promise<PullAnswer> {
  const { epoch } = library.feed;
  if (query.epoch !== undefined && query.epoch !== '' && query.epoch !== epoch) {
    throw new HttpError({ code: 'library-restored' }, { field: 'epoch' });
  }
  if (query.seq !== undefined && query.seq > library.feed.lastSeq()) {
    if (query.epoch === epoch) {
      // A checkpoint of this very life that is ahead of it: the library is an older copy of itself.
      library.life.beginAgain();
      throw new HttpError({ code: 'library-older' }, { field: 'epoch' });
    }
    throw new HttpError({ code: 'ahead-of-library', params: { seq: library.feed.lastSeq() } }, { field: 'seq' });
  }
  const { documents, seq } = await pulled(library, collection, {
    from: query.seq ?? 0,
    limit: query.limit,
    device: query.device,
  });
  if (library.feed.epoch !== epoch) throw new HttpError({ code: 'library-restored' }, { field: 'epoch' });
  notePull(collection, documents.length);
  return { documents, checkpoint: { epoch, seq } };
}

/** Documents that are made in one go: a page of the journal holds up to 500 listens. */
const AT_ONCE: Partial<Record<CollectionName, number>> = { journal: 20 };
const OTHERWISE = 200;

type Pulled = ReturnType<Library['feed']['pull']>;

/** A large page is made piece by piece, so that others are answered meanwhile. What changes in between comes again at its later place. */
async function pulled(
  library: Library,
  collection: CollectionName,
  { from, limit, device }: { from: number; limit: number; device: string | undefined },
): Promise<Pulled> {
  const documents = new Map<string, Pulled['documents'][number]>();
  for (let seq = from; ;) {
    const asked = Math.min(AT_ONCE[collection] ?? OTHERWISE, limit - documents.size);
    const part = library.feed.pull(collection, seq, asked, {
      priority: seq === 0,
      ...(device !== undefined && { device }),
    });
    for (const document of part.documents) documents.set(document.id, document);
    seq = part.seq;
    if (part.documents.length < asked || documents.size >= limit) return { documents: [...documents.values()], seq };
    await turn();
  }
}
