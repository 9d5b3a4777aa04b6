import type { CollectionName } from '#shared/sync/collections.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { StoredCollection } from './collection.ts';
import type { OwnWrites } from './conflicts.ts';
import {
  browserStorage,
  DATABASE_NAME,
  dexieName,
  identified,
  openDatabase,
  type Database,
  type Storage,
} from './database.ts';
import type { HeldAnswer, HeldQuestion } from './held.ts';
import { mirrorMetadata } from './metadataMirror.ts';
import { browserStore, MetadataStore } from './metadataStore.ts';
import type { Replication } from './replication.ts';
import { Tabs, type TabMessage } from './tabs.ts';
import { deleteLeftovers } from './cleanup.ts';
import { httpTransport, type Transport } from './transport.ts';
import type {
  BringBackCommand,
  DocumentOf,
  RefusedPlaylist,
  Replica,
  ReplicaStatus,
  UnsentPlaylistEdit,
} from './types.ts';
import { uuid } from './uuid.ts';
import { migrations, versions } from './versions.ts';

/** What a fresh device shows first comes first. */
const PULL_ORDER: readonly CollectionName[] = [
  'journal',
  'albums',
  'household',
  'artists',
  'intents',
  'playlists',
  'revisions',
  'rollups',
  'deletions',
];

export interface OpenOptions {
  storage?: Storage;
  /** Of this device; the browser's own unless said otherwise. */
  metadata?: MetadataStore;
  transport?: (deviceId: string, clockOffset: () => number, nextPush: () => number) => Transport;
  name?: string;
  names?: readonly CollectionName[];
}

/** Opens this device's replica. Nothing is replicated before `startSync`. */
export async function openReplica(options: OpenOptions = {}): Promise<Replica> {
  const { name = DATABASE_NAME, names = PULL_ORDER } = options;
  const storage = options.storage ?? (await browserStorage());
  const { metadata = new MetadataStore(browserStore()) } = options;
  const carriedOver = metadata.useVersions(versions, (each) => migrations[each] !== undefined);
  const ownWrites: OwnWrites = new Map();
  const database = await openDatabase(storage, {
    name,
    names,
    now: () => Date.now() + metadata.read().clockOffset,
    ownWrites,
  });
  await mirrorMetadata(database, metadata);
  const { caughtUp, sweeping: isResyncing, store } = metadata.read();
  const isBegun = (each: CollectionName): boolean =>
    storage.created.has(dexieName(name, each)) && !carriedOver.has(each);
  if (store === '' || names.some(isBegun)) metadata.write({ store: uuid() });
  // What this device held was deleted, by the browser or by a person: everything is pulled anew.
  if (!isResyncing && names.some((each) => caughtUp[each] !== undefined && isBegun(each))) {
    metadata.write({ sweeping: true, caughtUp: {}, lastInStepAt: null });
  }
  const { deviceId } = metadata.read();
  const transport = (options.transport ?? httpTransport)(
    deviceId,
    () => metadata.read().clockOffset,
    () => metadata.nextPush(),
  );
  return new OpenReplica({ database, names, metadata, transport, ownWrites, ...storage });
}

interface ReplicaContext extends Storage {
  database: Database;
  names: readonly CollectionName[];
  metadata: MetadataStore;
  transport: Transport;
  ownWrites: OwnWrites;
}

class OpenReplica implements Replica {
  readonly deviceId: string;
  readonly persistent: boolean;
  readonly #context: ReplicaContext;
  readonly #tabs: Tabs;
  readonly #statusListeners = new Set<(status: ReplicaStatus) => void>();
  readonly #eventListeners = new Set<(event: StreamEvent) => void>();
  readonly #stored = new Map<CollectionName, StoredCollection<{ id: string }>>();
  #status: ReplicaStatus;
  #replication: Replication | undefined;
  #starting: Promise<void> | undefined;
  #closed = false;

  constructor(context: ReplicaContext) {
    this.#context = context;
    this.deviceId = context.metadata.read().deviceId;
    this.persistent = context.persistent;
    this.#tabs = new Tabs(`aime:${context.database.name}`, (message) => this.#heardTab(message));
    this.#status = this.#before();
    // Also in a tab that does not replicate, and before this one does.
    context.health.onFailure(({ failure }) => {
      if (failure === 'storage-lost') {
        // The page that is opened next may find the database there, and empty.
        context.metadata.write({ store: uuid(), sweeping: true });
        this.#tabs.post({ kind: 'lost' });
      }
      this.#report({ ...this.#status, failure });
    });
  }

  get store(): string {
    return this.#context.metadata.read().store;
  }

  get status(): ReplicaStatus {
    return this.#status;
  }

  collection<N extends CollectionName>(name: N): StoredCollection<DocumentOf<N>> {
    let stored = this.#stored.get(name);
    if (!stored)
      this.#stored.set(
        name,
        (stored = new StoredCollection(identified(this.#context.database[name]), this.#context.health)),
      );
    return stored as unknown as StoredCollection<DocumentOf<N>>;
  }

  onStatus(listener: (status: ReplicaStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onEvent(listener: (event: StreamEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  startSync(): void {
    this.#starting ??= this.#start();
  }

  /** Replicates as soon as this tab leads. Loaded only now: what is on the device can be shown without it. */
  async #start(): Promise<void> {
    const { database, names, metadata, transport, ownWrites, health } = this.#context;
    this.#tabs.post({ kind: 'ask' });
    const { Replication, leads } = await import('./replication.ts');
    if (this.#closed) return;
    // Leadership may come much later, when the tab that has it is closed; nobody waits for it here.
    void leads(database).then(() => {
      if (this.#closed) return;
      this.#replication = new Replication({
        database,
        names,
        metadata,
        transport,
        ownWrites,
        health,
        onStatus: (status) => {
          this.#report(status);
          this.#tabs.post({ kind: 'status', status });
        },
        onEvent: (event) => {
          this.#announce(event);
          this.#tabs.post({ kind: 'event', event });
        },
      });
      this.#replication.start();
      if (this.persistent) void deleteLeftovers(names, metadata.read().generation).catch(reportError);
    });
  }

  retry(): void {
    if (this.#replication) this.#replication.retry();
    else {
      this.#context.health.tryAgain();
      this.#report({ ...this.#status, failure: this.#context.health.failure });
      this.#tabs.post({ kind: 'retry' });
    }
  }

  answerHeld(answer: HeldAnswer, to: HeldQuestion): void {
    const { epoch, cause } = to;
    if (this.#replication) this.#replication.answerHeld(answer, to);
    else this.#tabs.post({ kind: 'answer', answer, to: { epoch, cause } });
  }

  bringBack(command: BringBackCommand): void {
    if (this.#replication) this.#replication.bringBack(command);
    else this.#tabs.post({ kind: 'bring-back', command });
  }

  now(): number {
    return Date.now() + this.#context.metadata.read().clockOffset;
  }

  playlistChanged(id: string, at: number, unsentText: UnsentPlaylistEdit = {}): void {
    const { metadata, ownWrites } = this.#context;
    const { unsentPlaylists, unsentWords: unsentTexts, refusedPlaylists } = metadata.read();
    // Refused before this page was opened: what both sides have in common is not known any more, and nothing counts as taken away.
    if (id in refusedPlaylists && !ownWrites.has(id)) ownWrites.set(id, null);
    metadata.write({
      unsentPlaylists: { ...unsentPlaylists, [id]: Math.max(at, unsentPlaylists[id] ?? 0) },
      unsentWords: { ...unsentTexts, [id]: id in unsentPlaylists ? together(unsentTexts[id], unsentText) : unsentText },
    });
    // Words that may stand nowhere else any more stay until the person has dismissed them.
    if (!refusedPlaylists[id]?.words) this.forgetRefusal(id);
  }

  refusePlaylist(key: string, why: RefusedPlaylist): void {
    this.#setRefusals({ ...this.#context.metadata.read().refusedPlaylists, [key]: why });
  }

  forgetRefusal(key: string): void {
    const { [key]: _dropped, ...others } = this.#context.metadata.read().refusedPlaylists;
    this.#setRefusals(others);
  }

  #setRefusals(refusedPlaylists: ReplicaStatus['refusedPlaylists']): void {
    const { metadata } = this.#context;
    metadata.write({ refusedPlaylists });
    const status = {
      ...this.#status,
      unsentPlaylists: metadata.read().unsentPlaylists,
      unsentWords: metadata.read().unsentWords,
      refusedPlaylists,
    };
    this.#report(status);
    this.#tabs.post({ kind: 'status', status });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#context.health.close();
    await this.#starting;
    await this.#replication?.stop();
    this.#tabs.close();
    await this.#context.database.close();
  }

  async destroy(): Promise<void> {
    this.#closed = true;
    this.#context.health.close();
    await this.#starting;
    await this.#replication?.stop();
    await this.#context.database.remove();
    this.#context.metadata.reset();
    this.#tabs.post({ kind: 'erased' });
    this.#tabs.close();
  }

  #heardTab(message: TabMessage): void {
    if (message.kind === 'status' && !this.#replication) this.#report(message.status);
    else if (message.kind === 'event' && !this.#replication) this.#announce(message.event);
    else if (message.kind === 'ask' && this.#replication) this.#tabs.post({ kind: 'status', status: this.#status });
    else if (message.kind === 'retry') this.#replication?.retry();
    else if (message.kind === 'answer') this.#replication?.answerHeld(message.answer, message.to);
    else if (message.kind === 'bring-back') this.#replication?.bringBack(message.command);
    else if (message.kind === 'lost') this.#context.health.lost();
    else if (message.kind === 'erased') location.reload();
  }

  #report(status: ReplicaStatus): void {
    this.#status = status;
    for (const listener of this.#statusListeners) listener(status);
  }

  #announce(event: StreamEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }

  /** How things stood when the app was last closed. */
  #before(): ReplicaStatus {
    const {
      caughtUp,
      lastInStepAt,
      unsentPlaylists,
      unsentWords: unsentTexts,
      refusedPlaylists,
      unreadable,
      sweeping: isResyncing,
      held,
      bringBack,
    } = this.#context.metadata.read();
    const firstSyncDone = !isResyncing && this.#context.names.every((name) => caughtUp[name] !== undefined);
    return {
      connection: 'connecting',
      active: false,
      asking: false,
      progress: firstSyncDone ? 1 : 0,
      firstSyncDone,
      caughtUp,
      lastInStepAt,
      failure: null,
      held,
      bringBack,
      unsentPlaylists,
      unsentWords: unsentTexts,
      refusedPlaylists,
      unreadable,
    };
  }
}

/** Two changes of a playlist, of which none was sent. What was made here is made as it is by now; what is gone is gone. */
function together(
  before: UnsentPlaylistEdit = {},
  { name = before.name, did }: UnsentPlaylistEdit,
): UnsentPlaylistEdit {
  if (did === 'delete' || did === before.did) return { name, did };
  return { name, did: before.did === 'create' ? 'create' : undefined };
}
