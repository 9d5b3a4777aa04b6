import { createSession, deleteSession } from '#shared/api/session.ts';
import type { MetadataStore } from '../replica/metadataStore.ts';
import type { Replica } from '../replica/types.ts';
import { isQuotaError } from '../replica/quota.ts';
import { StorageFailed, type StorageFailure } from '../replica/storageHealth.ts';
import { api, ApiError } from './server.ts';
import type { Signal } from './signal.ts';
import type { SyncStore } from './sync.ts';
import type { DeviceStorage, Session, SessionReason, SessionState } from './types.ts';

/** What fills the stores from an open replica. Resolves when the first rows can be shown. */
export type Fill = (replica: Replica) => Promise<void>;

/** What opens the replica, and what is shown before it is open. */
export interface Beside {
  /** Opens this device's replica. */
  open(): Promise<Replica>;
  /** Resolves once it is on the screen, or will not come soon: the replica is much to read, and would only be in its way. */
  shown(): Promise<void>;
  /** Resolves when what waits beside the replica is in it, or will not be soon. */
  drained(): Promise<void>;
  /** This device holds nothing any more. */
  forget(): void;
  failed(error: unknown): void;
  /** The page may have slept: its connection may be dead without having said so. */
  onWake(listener: () => void): void;
}

/** Opening this device's replica, signing in, room on the device. */
export class SessionStore implements Session {
  readonly #signal: Signal;
  readonly #sync: SyncStore;
  readonly #fill: Fill;
  readonly #beside: Beside;
  readonly #metadata: MetadataStore;
  /** Resolves to the replica once it is open. */
  readonly replica: Promise<Replica>;
  #opened!: (replica: Replica) => void;
  #open: Replica | undefined;
  #started: Promise<void> | undefined;
  #filled = false;
  #failed: StorageFailure | null = null;

  constructor(signal: Signal, sync: SyncStore, metadata: MetadataStore, fill: Fill, beside: Beside) {
    this.#beside = beside;
    this.#metadata = metadata;
    this.#signal = signal;
    this.#sync = sync;
    this.#fill = fill;
    this.replica = new Promise((resolve) => {
      this.#opened = resolve;
    });
  }

  get state(): SessionState {
    this.#signal.track();
    const { status } = this.#sync;
    if (this.#failed) return 'error';
    if (!status || !this.#filled) return 'opening';
    const { connection } = status;
    if (connection === 'needs-token' || connection === 'localhost-only' || connection === 'outdated') return connection;
    if (this.#sync.offline) return 'offline';
    return status.firstSyncDone ? 'ready' : 'first-sync';
  }

  get reason(): SessionReason | null {
    this.#signal.track();
    const failure = this.#failed ?? this.#sync.status?.failure;
    if (failure === 'storage-failed') return 'replica-failed';
    if (failure) return failure;
    return this.isPersisted === false ? 'storage-unavailable' : null;
  }

  get libraryId(): string {
    return this.#metadata.read().libraryId ?? '';
  }

  get deviceId(): string {
    this.#signal.track();
    return this.#open?.deviceId ?? '';
  }

  get isPersisted(): boolean | null {
    this.#signal.track();
    return this.#open?.persistent ?? null;
  }

  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async signIn(token: string): Promise<boolean> {
    try {
      await api(createSession, { body: { token } });
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'unauthorized') return false;
      throw error;
    }
    this.#sync.retry();
    return true;
  }

  async signOut(): Promise<void> {
    await api(deleteSession);
    this.#sync.retry();
  }

  async storage(): Promise<DeviceStorage> {
    const manager = storageManager();
    const estimate = await manager?.estimate();
    return {
      used: estimate?.usage ?? null,
      quota: estimate?.quota ?? null,
      persisted: (await manager?.persisted()) ?? null,
    };
  }

  async persist(): Promise<boolean> {
    return (await storageManager()?.persist()) ?? false;
  }

  async reset(): Promise<void> {
    const { eraseReplica } = await import('../replica/erase.ts');
    if (this.#open) await this.#beside.drained();
    await eraseReplica(this.#open);
    this.#beside.forget();
    location.reload();
  }

  async #start(): Promise<void> {
    try {
      await this.#beside.shown();
      const replica = await this.#beside.open();
      this.#open = replica;
      this.#sync.attach(replica);
      this.#opened(replica);
      await this.#fill(replica);
      this.#filled = true;
      // Only now: what is on the device is shown before the network is asked.
      replica.startSync();
    } catch (error) {
      this.#failed =
        error instanceof StorageFailed ? error.failure : isQuotaError(error) ? 'quota-exceeded' : 'storage-failed';
      this.#beside.failed(error);
    }
    this.#signal.bump();
    this.#beside.onWake(() => this.#sync.retry());
  }
}

/** Missing over plain HTTP. */
function storageManager(): StorageManager | undefined {
  return 'storage' in navigator ? (navigator as { storage?: StorageManager }).storage : undefined;
}
