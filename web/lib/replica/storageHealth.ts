import { isQuotaError } from './quota.ts';
import { pause } from './retry.ts';

/**
 * `quota-exceeded`: the browser gives no more room · `storage-failed`: its database cannot be reached, also not after reopening it ·
 * `storage-lost`: it has deleted the database under the open page.
 */
export type StorageFailure = 'quota-exceeded' | 'storage-failed' | 'storage-lost';

/** Times that a database is opened again for one piece of work. */
const MOST_REOPENINGS = 3;
/** Before the second and the third: a browser that closes everything at once, or deletes it, needs a moment. Milliseconds. */
const PAUSE = 200;

/** How IndexedDB and Dexie name what says that the connection, not the work, is at fault. */
const CONNECTION_ERRORS: readonly string[] = [
  'InvalidStateError',
  'DatabaseClosedError',
  'UnknownError',
  'AbortError',
  'OpenFailedError',
  'NotFoundError',
  'TimeoutError',
  'TransactionInactiveError',
];

/** The browser's database failed for good; nothing more is written to it before the person has been asked. */
export class StorageFailed extends Error {
  readonly failure: StorageFailure;

  constructor(failure: StorageFailure, cause?: unknown) {
    super(`This device's database: ${failure}`, { cause });
    this.name = 'StorageFailed';
    this.failure = failure;
  }
}

/**
 * The one place where everything that reads or writes the replica's database ends. A connection that the browser has closed is
 * opened again, and the work done again; what fails for good is reported once, and nothing is written any more: what would come after it
 * would leave a gap behind the replication's checkpoint.
 */
export class StorageHealth {
  #failure: StorageFailure | null = null;
  #closing = false;
  readonly #listeners = new Set<(failed: StorageFailed) => void>();

  get failure(): StorageFailure | null {
    return this.#failure;
  }

  /** @returns unsubscribes. */
  onFailure(listener: (failed: StorageFailed) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Does work on a database.
   *
   * @param reopen opens its connection again.
   * @param kind a full quota still lets one read.
   * @throws {StorageFailed} when it cannot be done.
   */
  async run<T>(kind: 'read' | 'write', reopen: () => Promise<void>, work: () => Promise<T>): Promise<T> {
    for (let reopened = 0; ; reopened++) {
      this.#refuse(kind);
      try {
        return await work();
      } catch (error) {
        if (this.#closing) throw error;
        if (isQuotaError(error)) throw this.#fail('quota-exceeded', error);
        if (!isConnectionError(error)) throw error;
        if (reopened >= MOST_REOPENINGS) throw this.#fail('storage-failed', error);
        if (reopened > 0) await pause(PAUSE);
        await reopen().catch((cause: unknown) => {
          throw this.#fail(isQuotaError(cause) ? 'quota-exceeded' : 'storage-failed', cause);
        });
      }
    }
  }

  /**
   * The browser has closed a connection. Whether it has deleted the database too shows when that is opened again; where it cannot be,
   * whoever works with it next finds out.
   */
  async closed(reopen: () => PromiseLike<unknown>): Promise<void> {
    for (let tries = 0; tries < MOST_REOPENINGS; tries++) {
      // One that is being deleted cannot be opened before it is gone.
      await pause(PAUSE);
      if (this.#closing || this.#failure !== null) return;
      try {
        return void (await reopen());
      } catch {
        // Tried again.
      }
    }
  }

  /** The browser has deleted a database that was open, and with it what it held. */
  lost(): void {
    if (!this.#closing) this.#fail('storage-lost');
  }

  /** Tries again: there may be room now, or the browser may have come to itself. What was deleted needs a new page. */
  tryAgain(): void {
    if (this.#failure !== 'storage-lost') this.#failure = null;
  }

  /** From here on what fails does so because the replica is being closed. */
  close(): void {
    this.#closing = true;
  }

  #refuse(kind: 'read' | 'write'): void {
    const failure = this.#failure;
    if (failure === null || (kind === 'read' && failure === 'quota-exceeded')) return;
    throw new StorageFailed(failure);
  }

  #fail(failure: StorageFailure, cause?: unknown): StorageFailed {
    const failed = new StorageFailed(failure, cause);
    if (this.#failure !== null) return failed;
    this.#failure = failure;
    for (const listener of this.#listeners) listener(failed);
    return failed;
  }
}

function isConnectionError(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    CONNECTION_ERRORS.includes(String((error as { name?: unknown }).name))
  );
}
