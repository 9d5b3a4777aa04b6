import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Connection } from './types.ts';
import { ApiError } from './apiClient.ts';
import { pause, type RetrySchedule, Wake } from './retry.ts';

/** Milliseconds; by chance shorter or longer, so that many devices do not come back to a server in step. */
const RETRY: RetryPolicy = { first: 1_000, longest: 30_000, jitter: 0.25 };
/** A server that is there has said something within so many milliseconds, times so many. */
const STEP = 1_000;
const STEPS = 8;

/**
 * Whether the server can be spoken with, and when to try again. All pulls, pushes and the stream share it, so that a server that
 * is gone is asked once per pause and not by each of them.
 */
export class ConnectionState implements RetrySchedule {
  #connection: Connection = 'connecting';
  #failures = 0;
  #retryAt = 0;
  readonly #wake = new Wake();
  readonly #changed: (connection: Connection) => void;

  constructor(changed: (connection: Connection) => void) {
    this.#changed = changed;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Waits for the first word. After a while nobody is there, also where a connection stays open in silence. */
  async awaitWord(signal: AbortSignal): Promise<void> {
    // Step by step: a page that was busy itself has not waited.
    for (let steps = 0; steps < STEPS && this.#isWaiting(signal); steps++) await pause(STEP, [signal]);
    if (this.#isWaiting(signal)) this.#become('offline');
  }

  #isWaiting(signal: AbortSignal): boolean {
    return this.#connection === 'connecting' && !signal.aborted;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#retryAt = 0;
    this.#become('online');
  }

  /** Takes note of a failed attempt; attempts that fail together count once. */
  failed(error: unknown): void {
    this.#become(connectionAfter(error));
    if (this.#retryAt > performance.now()) return;
    this.#failures += 1;
    this.#retryAt = performance.now() + retryPause(RETRY, this.#failures);
  }

  /** Resolves when the next attempt is due: at once when nothing failed. */
  async due(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const wait = this.#retryAt - performance.now();
      if (wait <= 0) return;
      await pause(wait, [signal, this.#wake.signal]);
    }
  }

  /** The network came back, the person signed in or asks to try now. */
  wake(): void {
    this.#failures = 0;
    this.#retryAt = 0;
    this.#wake.wake();
  }

  #become(connection: Connection): void {
    if (connection === this.#connection) return;
    this.#connection = connection;
    this.#changed(connection);
  }
}

/** What the server said of itself, where it answered at all. */
function connectionAfter(error: unknown): Connection {
  if (!(error instanceof ApiError)) return 'offline';
  if (error.code === 'localhost-only') return 'localhost-only';
  if (error.kind === 'unauthorized') return 'needs-token';
  if (error.kind === 'upgrade-required') return 'outdated';
  return error.kind === 'recovery' ? 'recovery' : 'offline';
}
