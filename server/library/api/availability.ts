import type { DatabaseUnavailable } from './unavailable.ts';

export interface Waiting {
  patienceMs?: number;
  signal?: AbortSignal | undefined;
}

/** Whether the database can be written to, and waiting for it without holding up anybody who reads. */
export interface Availability {
  /** Why it cannot be written to; null while it can, as far as is known. */
  readonly unavailable: DatabaseUnavailable | null;
  /**
   * Resolves when the next write can begin; what follows in the same turn of the event loop has the lock to itself.
   * @param patienceMs how long to wait for the lock at most; a disk that is full is waited for only without end (Infinity).
   * @throws {DatabaseUnavailable} then, and the signal's reason when it is aborted.
   */
  writable(options?: Waiting): Promise<void>;
  /** Does `write` as soon as it can be done, again and again until it could. Throws as `writable`, and what else `write` throws. */
  written<T>(write: () => T, options?: Waiting): Promise<T>;
  /**
   * Makes a small write that changes nothing, for real and durably: what was not tried is not known to work.
   * @param patienceMs how long the lock is waited for. @returns why it could not be made; null when it was. Throws what is no temporary error.
   */
  tried(patienceMs: number): Promise<DatabaseUnavailable | null>;
  /**
   * Writes now, or as soon as it can be written: for what is only a memory of something and must not fail what it is part of.
   * Of several writes of one key that wait, the last is made. Inside a transaction it is a part of it like any other.
   */
  soon(key: string, write: () => void): void;
  /** Called when the library becomes unavailable, when the reason changes and when it is available again (null). */
  onChange(listener: (unavailable: DatabaseUnavailable | null) => void): void;
  /** Ends every waiting, after one last try to write what waits. */
  close(): void;
}
