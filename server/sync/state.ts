import type { SyncState } from '#shared/sync/state.ts';
import type { Library } from '../library/api/library.ts';

/** Which library this is, and how far it has come. */
export function syncState({ life, feed, reads }: Pick<Library, 'life' | 'feed' | 'reads'>): SyncState {
  const { libraryId, epoch, cause, begunAt } = life;
  return {
    libraryId,
    epoch,
    seq: feed.lastSeq(),
    cause,
    begunAt,
    documents: feed.documents(),
    listens: reads.counts().listens,
  };
}
