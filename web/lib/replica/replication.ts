import { addRxPlugin } from 'rxdb/plugins/core';
import { RxDBLeaderElectionPlugin } from 'rxdb/plugins/leader-election';
import type { CollectionName } from '#shared/sync/collections.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { BringBack } from './bringBack.ts';
import { replicationIdentifier } from './cleanup.ts';
import { startCollection } from './collectionReplication.ts';
import type { OwnWrites } from './conflicts.ts';
import { ConnectionState } from './connectionState.ts';
import type { Database } from './database.ts';
import { Latch } from './latch.ts';
import type { HeldAnswer, HeldQuestion } from './held.ts';
import { HeldPull } from './heldPull.ts';
import type { MetadataStore } from './metadataStore.ts';
import { PriorityPull } from './priorityPull.ts';
import type { PullRun } from './pullRun.ts';
import { isQuotaError } from './quota.ts';
import { RemovalWatch } from './removalWatch.ts';
import { removeUnseen } from './removeUnseen.ts';
import { ReplicatedCollections } from './replicatedCollections.ts';
import { replicaStatus } from './replicaStatus.ts';
import type { State } from './replicateCollection.ts';
import { Resync } from './resync.ts';
import { StorageFailed, type StorageHealth } from './storageHealth.ts';
import { StreamConnection } from './streamConnection.ts';
import type { Transport } from './transport.ts';
import type { BringBackCommand, ReplicaStatus } from './types.ts';
import { UnsentPlaylists } from './unsentPlaylists.ts';

addRxPlugin(RxDBLeaderElectionPlugin);

/** Resolves when this tab is the one that replicates. */
export async function leads(database: Database): Promise<void> {
  await database.waitForLeadership();
}

export interface ReplicationOptions {
  database: Database;
  /** In the order in which they are first pulled: what a fresh device shows comes first. */
  names: readonly CollectionName[];
  transport: Transport;
  /** Passed to the conflict handlers. */
  ownWrites: OwnWrites;
  metadata: MetadataStore;
  health: StorageHealth;
  onStatus: (status: ReplicaStatus) => void;
  onEvent: (event: StreamEvent) => void;
}

/**
 * Replicates every collection and listens to the stream, in the one tab that leads. What each of these does stands beside it: the
 * pulls and pushes of a collection (`collectionReplication.ts`), what is asked for first (`priorityPull.ts`), the stream
 * (`streamConnection.ts`), and beginning anew (`resync.ts`). Here is what they have in common: how long they live, what ends them,
 * and what is said of them.
 */
export class Replication {
  readonly #options: ReplicationOptions;
  readonly #connectionState: ConnectionState;
  readonly #bringBack: BringBack;
  readonly #heldPull: HeldPull;
  readonly #removals: RemovalWatch;
  readonly #unsent: UnsentPlaylists;
  /** Open while the server is known to hold the library that is followed. */
  readonly #latch = new Latch();
  readonly #collections: ReplicatedCollections;
  readonly #priority: PriorityPull;
  readonly #stream: StreamConnection;
  readonly #resync: Resync;
  #life = new AbortController();
  readonly #rebuilding = new AbortController();
  #failure: ReplicaStatus['failure'];
  readonly #unwatch: () => void;
  #stopped = false;

  constructor(options: ReplicationOptions) {
    this.#options = options;
    this.#connectionState = new ConnectionState(() => this.#report());
    const { database, names, metadata, transport } = options;
    const shared = { database, names, calls: transport, metadata, connectionState: this.#connectionState };
    this.#bringBack = new BringBack({ ...shared, progressed: () => this.#report() });
    this.#heldPull = new HeldPull({ ...shared, bringBack: this.#bringBack, changed: () => this.#report() });
    this.#unsent = new UnsentPlaylists(database.playlists, metadata);
    this.#removals = new RemovalWatch(database, transport, metadata, this.#connectionState);
    this.#collections = new ReplicatedCollections(metadata);
    this.#priority = new PriorityPull(database, metadata, (name) => this.#collections.pull(name));
    this.#stream = new StreamConnection({
      transport,
      metadata,
      connectionState: this.#connectionState,
      collections: this.#collections,
      latch: this.#latch,
      startAnew: () => this.#resync.start(),
      onEvent: (event) => options.onEvent(event),
    });
    this.#resync = new Resync({
      ...shared,
      heldPull: this.#heldPull,
      collections: this.#collections,
      isStopped: () => this.#stopped,
      endLife: () => this.#endLife(),
      newLife: () => this.#newLife(),
      begin: () => this.#begin(),
      storageFailed: (error) => this.#storageFailed(error),
      report: () => this.#report(),
    });
    this.#failure = options.health.failure;
    this.#unwatch = options.health.onFailure((failed) => this.#storageFailed(failed));
  }

  start(): void {
    this.#priority.start();
    this.#givesOn(this.#bringBack.resume(this.#rebuilding.signal));
    void this.#connectionState.awaitWord(this.#rebuilding.signal);
    this.#resync.begin();
  }

  /** Tries at once what waits for its next attempt, and asks for everything that changed. */
  retry(): void {
    if (this.#failure) {
      this.#options.health.tryAgain();
      return this.#options.health.failure === null ? this.#resync.start() : undefined;
    }
    this.#connectionState.wake();
    this.#heldPull.wake();
    this.#stream.end();
    this.#collections.pullAll();
  }

  answerHeld(answer: HeldAnswer, to: HeldQuestion): void {
    this.#heldPull.answer(answer, to);
  }

  /** Gives this device's library to a server that has none. */
  bringBack(command: BringBackCommand): void {
    if (command === 'pause') void this.#bringBack.pause();
    else if (command === 'cancel') void this.#bringBack.cancel();
    else this.#givesOn(this.#bringBack.run('rebuild', command.loss, this.#rebuilding.signal));
  }

  #givesOn(given: Promise<boolean>): void {
    void given.then((done) => {
      if (done) this.retry();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch();
    this.#life.abort();
    this.#rebuilding.abort();
    this.#stream.end();
    this.#priority.stop();
    await this.#resync.settled;
    await this.#collections.cancel();
  }

  #endLife(): void {
    this.#life.abort();
    this.#stream.end();
    this.#latch.close();
  }

  #newLife(): AbortSignal {
    this.#life = new AbortController();
    this.#failure = null;
    return this.#life.signal;
  }

  /** Starts a replication for each collection, under an identifier of the current resync. */
  async #begin(): Promise<void> {
    const { names, metadata } = this.#options;
    const { generation: replicaNumber, sweeping: isResyncing } = metadata.read();
    await this.#priority.readResults();
    if (this.#stopped) return;
    this.#collections.clear();
    for (const name of names) this.#replicate(name, replicationIdentifier(name, replicaNumber), isResyncing);
    this.#report();
    void this.#stream.listen(this.#life.signal);
  }

  #replicate(name: CollectionName, identifier: string, isResyncing: boolean): void {
    const { signal } = this.#life;
    const { run, state } = startCollection(name, identifier, isResyncing, {
      ...this.#options,
      connectionState: this.#connectionState,
      unsent: this.#unsent,
      signal,
      follows: (epoch) => this.#follows(epoch),
      startedAnew: () => this.#resync.start(),
      mayRemove: (pulled, ids, seq) => this.#mayRemove(pulled, ids, seq),
      highestApplied: () => this.#priority.highestApplied,
      confirmed: (pushed) => this.#confirmed(pushed, signal),
      settled: (pulled, replicated) => {
        if (!this.#failure) this.#stored(pulled, replicated);
      },
      storageFailed: (error) => this.#storageFailed(error),
      report: () => this.#report(),
    });
    this.#collections.add(run, state);
  }

  #stored(run: PullRun, state: State): void {
    const outcome = run.stored();
    if (outcome === 'again') return state.reSync();
    if (outcome === undefined) return;
    const { metadata, database } = this.#options;
    metadata.write({ caughtUp: { ...metadata.read().caughtUp, [run.name]: outcome } });
    this.#collections.noteInStep();
    const { seen } = run;
    if (!seen) return;
    run.seen = undefined;
    void removeUnseen(database[run.name], seen, (lost, of) => this.#removals.mayReplace(run.name, lost, of)).then(
      (removed) => {
        if (!removed) return this.#hold('replaced', run.name, seen.size);
        if (this.#collections.runs.every((each) => !each.seen)) metadata.write({ sweeping: false, accepted: null });
      },
    );
  }

  #follows(epoch: string): boolean {
    const { metadata } = this.#options;
    const known = metadata.read().epoch;
    if (known === null) metadata.write({ epoch });
    const follows = known === null || known === epoch;
    if (follows) this.#latch.open();
    return follows;
  }

  async #mayRemove(run: PullRun, ids: readonly string[], seq: number): Promise<boolean> {
    const { signal } = this.#life;
    if (await this.#removals.mayRemove(run, ids, seq, signal)) return true;
    if (signal.aborted) return false;
    await this.#hold('emptied', run.name, -ids.length);
    return false;
  }

  /** What is written here goes to the library it was written for: after an interruption the next answer says whether it is that one. */
  #confirmed(name: CollectionName, signal: AbortSignal): Promise<void> {
    if (!this.#latch.isOpen) this.#collections.pullAnother(name);
    return this.#latch.opened(signal);
  }

  /** What is being pulled would take much of a collection: it is put to the person first. @param theirs less than none: so many fewer. */
  async #hold(cause: 'replaced' | 'emptied', name: CollectionName, theirs: number): Promise<void> {
    const mine = await this.#options.database[name].count().exec();
    this.#heldPull.hold(cause, [name], mine, theirs < 0 ? mine + theirs : theirs);
    this.#resync.start();
  }

  /** Something could not be stored. Going on would leave a gap behind the checkpoint: the pull stops, and begins anew on demand. */
  #storageFailed(error: unknown): void {
    if (this.#stopped || this.#failure) return;
    this.#resync.gaveUp();
    this.#failure =
      error instanceof StorageFailed ? error.failure : isQuotaError(error) ? 'quota-exceeded' : 'storage-failed';
    this.#life.abort();
    this.#stream.end();
    this.#options.metadata.write({ sweeping: true });
    this.#report();
    reportError(error);
  }

  #report(): void {
    if (this.#stopped) return;
    const { names, metadata, onStatus } = this.#options;
    const { runs, heads, isActive: active } = this.#collections;
    onStatus({
      ...replicaStatus(metadata.read(), { names, runs, heads }),
      connection: this.#connectionState.connection,
      failure: this.#failure,
      active,
    });
  }
}
