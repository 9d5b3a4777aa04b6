import { addRxPlugin, getAssumedMasterState } from 'rxdb/plugins/core';
import { RxDBLeaderElectionPlugin } from 'rxdb/plugins/leader-election';
import { likelyNow } from '#shared/library/moments.ts';
import { collections, type CollectionName } from '#shared/sync/collections.ts';
import type { MutationDocument } from '#shared/mutations/document.ts';
import type { PushRow } from '#shared/sync/protocol.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import type { OwnWrites } from './conflicts.ts';
import type { Database } from './database.ts';
import { BringBack } from './bringBack.ts';
import { Door } from './door.ts';
import type { HeldAnswer, HeldQuestion } from './held.ts';
import { HeldPull } from './heldPull.ts';
import {
  highestAppliedSeq,
  unlinkNamedTracks,
  offerAgain,
  refuseMutation,
  takeOn,
  unjudged,
} from './mutationDocuments.ts';
import type { MetadataStore } from './metadataStore.ts';
import { ConnectionState } from './connectionState.ts';
import { PullRun } from './pullRun.ts';
import { PushQueue } from './pushQueue.ts';
import { isQuotaError } from './quota.ts';
import { RemovalWatch } from './removalWatch.ts';
import { replicaStatus } from './replicaStatus.ts';
import { StorageFailed, type StorageHealth } from './storageHealth.ts';
import { removeUnseen } from './removeUnseen.ts';
import { noteRefused } from './refusedPlaylists.ts';
import { replicateCollection, type State } from './replicateCollection.ts';
import { replicationIdentifier } from './cleanup.ts';
import type { Transport } from './transport.ts';
import type { BringBackCommand, ReplicaStatus } from './types.ts';
import { UnsentPlaylists } from './unsentPlaylists.ts';
import { ApiError } from './apiClient.ts';
import { offersUnsent } from './writeOrder.ts';

/** Of each collection; more than these are no matter of single documents. */
const MOST_UNREADABLE = 1_000;

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

/** Replicates every collection and listens to the stream, in the one tab that leads. */
export class Replication {
  readonly #options: ReplicationOptions;
  readonly #connectionState: ConnectionState;
  readonly #bringBack: BringBack;
  readonly #heldPull: HeldPull;
  readonly #removals: RemovalWatch;
  readonly #unsent: UnsentPlaylists;
  /** Open while the server is known to hold the library that is followed. */
  readonly #door = new Door();
  readonly #head = new Map<CollectionName, number>();
  /** The collections for which the server had nothing new since it was connected to last. */
  readonly #nothingNew = new Set<CollectionName>();
  #runs = new Map<CollectionName, PullRun>();
  #states = new Map<CollectionName, State>();
  #life = new AbortController();
  #stream = new AbortController();
  readonly #rebuilding = new AbortController();
  #failure: ReplicaStatus['failure'];
  readonly #unwatch: () => void;
  #highestApplied = 0;
  #changing: Promise<void> = Promise.resolve();
  #resultSubscription: { unsubscribe(): void } | undefined;
  #restarting = false;
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
    this.#failure = options.health.failure;
    this.#unwatch = options.health.onFailure((failed) => this.#storageFailed(failed));
  }

  start(): void {
    const { metadata, database } = this.#options;
    // A resync whose first pull was cut short is begun again: which documents it had brought is not known any more.
    if (metadata.read().sweeping)
      metadata.write({ generation: metadata.read().generation + 1, caughtUp: {}, unreadable: {} });
    this.#resultSubscription = database.collections.intents?.eventBulks$.subscribe(({ events }) => {
      for (const { documentData } of events) {
        const mutation = documentData as MutationDocument;
        this.#onMutationResult(mutation);
      }
    });
    const { unjudged, held } = metadata.read();
    this.#givesOn(this.#bringBack.resume(this.#rebuilding.signal));
    void this.#connectionState.awaitWord(this.#rebuilding.signal);
    this.#changing = (unjudged || held ? this.#startResync() : this.#begin()).catch((error: unknown) =>
      this.#storageFailed(error),
    );
  }

  /** Tries at once what waits for its next attempt, and asks for everything that changed. */
  retry(): void {
    if (this.#failure) {
      this.#options.health.tryAgain();
      return void (this.#options.health.failure === null ? this.#startAnew() : undefined);
    }
    this.#connectionState.wake();
    this.#heldPull.wake();
    this.#stream.abort();
    for (const state of this.#states.values()) state.reSync();
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
    this.#stream.abort();
    this.#resultSubscription?.unsubscribe();
    await this.#changing;
    await Promise.all([...this.#states.values()].map((state) => state.cancel()));
  }

  /** Starts a replication for each collection, under an identifier of the current resync. */
  async #begin(): Promise<void> {
    const { database, names, metadata } = this.#options;
    const { generation, sweeping } = metadata.read();
    if ('intents' in database.collections) await takeOn(database.intents, metadata.read().deviceId);
    this.#highestApplied = 'intents' in database.collections ? await highestAppliedSeq(database.intents) : 0;
    if (this.#stopped) return;
    this.#runs = new Map();
    this.#states = new Map();
    for (const name of names) this.#replicate(name, replicationIdentifier(name, generation), sweeping);
    this.#report();
    void this.#listen(this.#life.signal);
  }

  #replicate(name: CollectionName, identifier: string, sweeping: boolean): void {
    const { database, transport, ownWrites, metadata } = this.#options;
    const signal = this.#life.signal;
    const run = new PullRun(
      name,
      {
        transport,
        connectionState: this.#connectionState,
        signal,
        follows: (epoch) => this.#follows(epoch),
        startedAnew: () => void this.#startAnew(),
        mayRemove: (pulled, ids, seq) => this.#mayRemove(pulled, ids, seq),
        highestApplied: () => this.#highestApplied,
        unreadable: (ids, others) => this.#unreadable(name, ids, others),
        progressed: () => this.#report(),
      },
      sweeping && !collections[name].push,
    );
    const queue = new PushQueue(name, {
      transport,
      connectionState: this.#connectionState,
      signal,
      confirmed: () => this.#confirmed(name, signal),
      standsOn: (taken, bases) => {
        for (const { newDocumentState } of taken) ownWrites.delete(newDocumentState.id);
        for (const base of bases) ownWrites.set(base.id, base);
      },
      pushed: (rows) => this.#pushed(name, rows),
      refused: async (row, error) => {
        const { id } = row.newDocumentState;
        if (name === 'intents') return refuseMutation(database.intents, id, error);
        await this.#pushed(name, [row]);
        // RxDB takes it for sent: what comes after it stands on what the server had before.
        if (!ownWrites.has(id)) ownWrites.set(id, row.assumedMasterState ?? null);
        noteRefused(metadata, row, error);
        this.#report();
      },
    });
    const state = replicateCollection(database, name, identifier, run, queue);
    if (collections[name].push) {
      const taken = (ids: string[]) => getAssumedMasterState(state.internalReplicationState!, ids);
      offersUnsent(database[name], () =>
        name === 'intents' ? unjudged(database.intents) : this.#unsent.left(taken).finally(() => this.#report()),
      );
    }
    state.error$.subscribe((error) => this.#storageFailed(error));
    state.active$.subscribe((active) => {
      if (!active && !this.#failure && !signal.aborted) this.#stored(run, state);
      this.#report();
    });
    this.#runs.set(name, run);
    this.#states.set(name, state);
    if (metadata.read().caughtUp[name] !== undefined && !sweeping) run.complete = true;
  }

  #stored(run: PullRun, state: State): void {
    const outcome = run.stored();
    if (outcome === 'again') return state.reSync();
    if (outcome === undefined) return;
    const { metadata, database } = this.#options;
    metadata.write({ caughtUp: { ...metadata.read().caughtUp, [run.name]: outcome } });
    this.#noteInStep();
    const { seen } = run;
    if (!seen) return;
    run.seen = undefined;
    void removeUnseen(database[run.name], seen, (lost, of) => this.#removals.mayReplace(run.name, lost, of)).then(
      (swept) => {
        if (!swept) return this.#hold('replaced', run.name, seen.size);
        if ([...this.#runs.values()].every((each) => !each.seen)) metadata.write({ sweeping: false, accepted: null });
      },
    );
  }

  #noteInStep(): void {
    if ([...this.#runs.values()].every((run) => run.inStep)) this.#options.metadata.write({ lastInStepAt: Date.now() });
  }

  /** A result arrived: what it speaks of is asked for, so that it is known when this device shows it. */
  #onMutationResult({ verdict: result }: MutationDocument): void {
    if (result?.state !== 'applied' || result.appliedSeq <= this.#highestApplied) return;
    this.#highestApplied = result.appliedSeq;
    const { caughtUp } = this.#options.metadata.read();
    for (const name of ['journal', 'albums', 'artists', 'household'] as const) {
      if ((caughtUp[name] ?? 0) < result.appliedSeq) this.#states.get(name)?.reSync();
    }
  }

  async #pushed(name: CollectionName, rows: readonly PushRow[]): Promise<void> {
    if (name !== 'playlists') return;
    await this.#unsent.pushed(rows);
    this.#report();
  }

  #follows(epoch: string): boolean {
    const { metadata } = this.#options;
    const known = metadata.read().epoch;
    if (known === null) metadata.write({ epoch });
    const follows = known === null || known === epoch;
    if (follows) this.#door.open();
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
    if (!this.#door.isOpen) [...this.#states].find(([other]) => other !== name)?.[1].reSync();
    return this.#door.opened(signal);
  }

  /** What is being pulled would take much of a collection: it is put to the person first. @param theirs less than none: so many fewer. */
  async #hold(cause: 'replaced' | 'emptied', name: CollectionName, theirs: number): Promise<void> {
    const mine = await this.#options.database[name].count().exec();
    this.#heldPull.hold(cause, [name], mine, theirs < 0 ? mine + theirs : theirs);
    void this.#startAnew();
  }

  /**
   * Begins a resync: everything is pulled again, what does not come any more is removed at its end (until then the old
   * state stays visible), and what this device made is offered again.
   */
  #startAnew(): Promise<void> {
    if (this.#restarting || this.#stopped) return this.#changing;
    this.#restarting = true;
    // At once: what the stream says besides, before the resync has its turn, makes nothing up to date.
    this.#options.metadata.write({ unjudged: true });
    this.#changing = this.#changing
      .then(() => this.#startResync())
      .catch((error: unknown) => this.#storageFailed(error));
    return this.#changing;
  }

  async #startResync(): Promise<void> {
    const { metadata } = this.#options;
    metadata.write({ unjudged: true });
    this.#life.abort();
    this.#stream.abort();
    this.#door.close();
    await Promise.all([...this.#states.values()].map((state) => state.remove()));
    if (this.#stopped) return;
    this.#runs = new Map();
    this.#states = new Map();
    this.#life = new AbortController();
    this.#failure = null;
    this.#connectionState.wake();
    this.#report();
    const theirs = await this.#heldPull.passed(this.#life.signal);
    if (!theirs || this.#stopped) return;
    const { generation, libraryId: known } = metadata.read();
    const libraryId = theirs.libraryId || known;
    await this.#offerAgain(libraryId);
    metadata.write({
      generation: generation + 1,
      libraryId,
      epoch: null,
      sweeping: true,
      unjudged: false,
      caughtUp: {},
      unreadable: {},
    });
    this.#head.clear();
    this.#restarting = false;
    if (!this.#stopped) await this.#begin();
  }

  /** What the server applied before is offered again: it may have forgotten. What was done to another library is not this one's. */
  async #offerAgain(libraryId: string | null): Promise<void> {
    const { metadata, database, names } = this.#options;
    const known = metadata.read().libraryId;
    const isAnother = known !== null && known !== libraryId;
    if (names.includes('intents') && !isAnother) await offerAgain(database.intents);
    if (names.includes('playlists') && isAnother) await unlinkNamedTracks(database.playlists);
  }

  /** Something could not be stored. Going on would leave a gap behind the checkpoint: the pull stops, and begins anew on demand. */
  #storageFailed(error: unknown): void {
    if (this.#stopped || this.#failure) return;
    this.#restarting = false;
    this.#failure =
      error instanceof StorageFailed ? error.failure : isQuotaError(error) ? 'quota-exceeded' : 'storage-failed';
    this.#life.abort();
    this.#stream.abort();
    this.#options.metadata.write({ sweeping: true });
    this.#report();
    reportError(error);
  }

  async #listen(life: AbortSignal): Promise<void> {
    while (!life.aborted) {
      await this.#connectionState.due(life);
      this.#stream = new AbortController();
      const signal = AbortSignal.any([life, this.#stream.signal]);
      try {
        await this.#options.transport.listen((event) => this.#heard(event), signal);
        this.#connectionState.failed(new ApiError('network', 'The stream ended'));
      } catch (error) {
        if (life.aborted) return;
        if (!signal.aborted) this.#connectionState.failed(error);
      }
      this.#door.close();
      if (!life.aborted) this.#options.onEvent({ event: 'now-playing', data: { items: [] } });
    }
  }

  #heard(event: StreamEvent): void {
    const { metadata, onEvent } = this.#options;
    if (event.event === 'hello') {
      const { serverTime: clock, latestTime: latest = clock } = event.data;
      metadata.write({ clockOffset: likelyNow({ clock, latest }, Date.now()) - Date.now() });
      this.#nothingNew.clear();
      const { epoch, libraryId } = metadata.read();
      const { epoch: theirs, libraryId: library = libraryId } = event.data;
      if ((epoch !== null && epoch !== theirs) || (libraryId !== null && libraryId !== library))
        return void this.#startAnew();
      if (library !== libraryId) metadata.write({ libraryId: library });
      if (epoch !== null) this.#door.open();
    }
    // A server that came back with another library is not called reachable before that library was compared.
    this.#connectionState.succeeded();
    if (event.event === 'resync') this.#resync(event.data.collection as CollectionName, event.data.seq);
    onEvent(event);
  }

  #resync(name: CollectionName, seq: number): void {
    this.#head.set(name, Math.max(seq, this.#head.get(name) ?? 0));
    const state = this.#states.get(name);
    if (seq > (this.#options.metadata.read().caughtUp[name] ?? -1)) state?.reSync();
    else if (state && this.#nothingNew.add(name).size === this.#states.size) this.#noteInStep();
  }

  /** Notes which documents cannot be read here; one that comes again and can be read is none any more. */
  #unreadable(name: CollectionName, ids: readonly string[], others: ReadonlySet<string>): void {
    const { metadata } = this.#options;
    const { unreadable } = metadata.read();
    const before = unreadable[name] ?? [];
    const after = [...new Set([...before.filter((id) => !others.has(id)), ...ids])].slice(-MOST_UNREADABLE);
    if (after.join() !== before.join()) metadata.write({ unreadable: { ...unreadable, [name]: after } });
  }

  #report(): void {
    if (this.#stopped) return;
    const { names, metadata, onStatus } = this.#options;
    const active = [...this.#states.values()].some((state) => state.subjects.active.getValue());
    const pulls = { names, runs: [...this.#runs.values()], heads: this.#head };
    onStatus({
      ...replicaStatus(metadata.read(), pulls),
      connection: this.#connectionState.connection,
      failure: this.#failure,
      active,
    });
  }
}
