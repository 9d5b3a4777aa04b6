import { getAssumedMasterState } from 'rxdb/plugins/core';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { ApiError } from './apiClient.ts';
import type { OwnWrites } from './conflicts.ts';
import type { ConnectionState } from './connectionState.ts';
import type { Database } from './database.ts';
import type { MetadataStore } from './metadataStore.ts';
import { refuseMutation, unjudged } from './mutationDocuments.ts';
import { PullRun, type PullHost } from './pullRun.ts';
import { PushQueue, type PushHost } from './pushQueue.ts';
import { noteRefused } from './refusedPlaylists.ts';
import { replicateCollection, type State } from './replicateCollection.ts';
import type { Transport } from './transport.ts';
import { noteUnreadable } from './unreadable.ts';
import type { UnsentPlaylists } from './unsentPlaylists.ts';
import { offersUnsent } from './writeOrder.ts';

export interface CollectionHost extends Pick<
  PullHost,
  'follows' | 'startedAnew' | 'mayRemove' | 'highestApplied' | 'signal'
> {
  database: Database;
  transport: Transport;
  metadata: MetadataStore;
  connectionState: ConnectionState;
  /** Passed to the conflict handlers. */
  ownWrites: OwnWrites;
  unsent: UnsentPlaylists;
  /** Resolves once the server is known to hold the library that is followed, or the signal fires. */
  confirmed(name: CollectionName): Promise<void>;
  /** What was pulled is stored, and nothing of this collection is under way. */
  settled(run: PullRun, state: State): void;
  storageFailed(error: unknown): void;
  /** Something of how it stands became known. */
  report(): void;
}

/**
 * Replicates one collection: what is pulled of it, and, of those that people write to, what is pushed and what becomes of rows that
 * the server refuses.
 *
 * @param identifier of the current resync. @param sweeping whether what does not come any more is to be removed at its end.
 */
export function startCollection(
  name: CollectionName,
  identifier: string,
  isResyncing: boolean,
  host: CollectionHost,
): { run: PullRun; state: State } {
  const { database, metadata, unsent, signal } = host;
  const run = new PullRun(
    name,
    {
      ...host,
      unreadable: (ids, others) => noteUnreadable(metadata, name, ids, others),
      progressed: () => host.report(),
    },
    isResyncing && !collections[name].push,
  );
  const state = replicateCollection(database, name, identifier, run, new PushQueue(name, pushHost(name, host)));
  if (collections[name].push) {
    const taken = (ids: string[]) => getAssumedMasterState(state.internalReplicationState!, ids);
    offersUnsent(database[name], () =>
      name === 'intents' ? unjudged(database.intents) : unsent.left(taken).finally(() => host.report()),
    );
  }
  state.error$.subscribe((error) => host.storageFailed(error));
  state.active$.subscribe((active) => {
    if (!active && !signal.aborted) host.settled(run, state);
    host.report();
  });
  if (metadata.read().caughtUp[name] !== undefined && !isResyncing) run.complete = true;
  return { run, state };
}

function pushHost(name: CollectionName, host: CollectionHost): PushHost {
  const { database, metadata, transport, connectionState, signal, ownWrites, unsent } = host;
  const pushed = async (rows: readonly PushRow[]): Promise<void> => {
    if (name !== 'playlists') return;
    await unsent.pushed(rows);
    host.report();
  };
  return {
    transport,
    connectionState,
    signal,
    confirmed: () => host.confirmed(name),
    standsOn(taken, bases) {
      for (const { newDocumentState } of taken) ownWrites.delete(newDocumentState.id);
      for (const base of bases) ownWrites.set(base.id, base);
    },
    pushed,
    async refused(row: PushRow, error: ApiError) {
      const { id } = row.newDocumentState;
      if (name === 'intents') return refuseMutation(database.intents, id, error);
      await pushed([row]);
      // RxDB takes it for sent: what comes after it stands on what the server had before.
      if (!ownWrites.has(id)) ownWrites.set(id, row.assumedMasterState ?? null);
      noteRefused(metadata, row, error);
      host.report();
    },
  };
}
