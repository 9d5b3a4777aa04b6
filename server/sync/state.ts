import { Sighting, SyncState } from '#shared/sync/state.ts';
import { defineRoute } from '../http/route.ts';
import type { Library } from '../library/contract.ts';

/** Which library this is, how far it has come, and what devices tell of it. */
export const stateRoutes = (library: Library) => [
  defineRoute({
    method: 'get',
    path: '/sync/state',
    tag: 'Sync',
    summary:
      'Whose library this is, which of its lives, and how many documents it holds: for a device to look at before it believes',
    answer: SyncState,
    handle() {
      const { libraryId, epoch, cause, begunAt } = library.life;
      return {
        libraryId,
        epoch,
        seq: library.feed.lastSeq(),
        cause,
        begunAt,
        documents: library.feed.documents(),
        listens: library.reads.counts().listens,
      };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/sync/seen',
    tag: 'Sync',
    summary:
      'What a device has seen of this library, so that no id is given twice: told before it writes in a new life; of another library nothing is taken',
    body: Sighting,
    handle({ body }) {
      library.life.seen(body);
    },
  }),
];
