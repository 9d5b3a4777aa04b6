import { replicateRxCollection, type RxReplicationState } from 'rxdb/plugins/replication';
import type { Checkpoint } from '#shared/sync/checkpoint.ts';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { Database } from './database.ts';
import { isRefused } from './mutationDocuments.ts';
import { PULL_BATCH, type PullRun } from './pullRun.ts';
import type { PushQueue } from './pushQueue.ts';
import type { SyncedDocument } from './syncedDocument.ts';

export type State = RxReplicationState<unknown, Checkpoint>;

/** Has RxDB replicate a collection: what comes is pulled by `run`, what is made here goes by `queue`. @param identifier of the current resync. */
export function replicateCollection(
  database: Database,
  name: CollectionName,
  identifier: string,
  run: PullRun,
  queue: PushQueue,
): State {
  const state: State = replicateRxCollection<unknown, Checkpoint>({
    collection: database[name] as never,
    replicationIdentifier: identifier,
    deletedField: '_deleted',
    live: true,
    waitForLeadership: false,
    toggleOnDocumentVisible: false,
    pull: {
      batchSize: PULL_BATCH[name],
      handler: async (from, batch) => {
        const answer = await run.pull(from, batch);
        // RxDB passes over what comes for a document whose push it has not noted as answered yet: a result would never be known.
        await state.internalReplicationState?.streamQueue.up;
        return answer as never;
      },
    },
    ...(collections[name].push && {
      push: {
        batchSize: 500,
        handler: (rows) => queue.push(rows as PushRow[]) as never,
        // What the server refused stays here to be shown; it is not pushed again. That it was dismissed is pushed.
        modifier: (document) =>
          isRefused(document) && !(document as Partial<SyncedDocument>)._deleted ? null : document,
      },
    }),
  });
  return state;
}
