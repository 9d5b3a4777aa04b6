/**
 * How the replica waits for the server and asks it again. How long a pause is, and what a failure means, is the matter of
 * `ConnectionState` (the server as a whole) and `RetryState` (one kind of request); that a pause ends early, and that whoever stops
 * waiting leaves nothing behind, is the matter of this module.
 */
import { ApiError } from './apiClient.ts';

/** Resolves after so many milliseconds, or as soon as one of the signals fires. */
export function pause(milliseconds: number, signals: readonly AbortSignal[] = []): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    for (const signal of signals) {
      if (signal.aborted) return done();
      signal.addEventListener('abort', done);
    }
  });
}

/** Ends pauses before their time: the network is back, or a person acted. */
export class Wake {
  #woken = new AbortController();

  /** Fires at the next wake; to be read anew for each pause. */
  get signal(): AbortSignal {
    return this.#woken.signal;
  }

  wake(): void {
    const woken = this.#woken;
    this.#woken = new AbortController();
    woken.abort();
  }
}

/** What knows when the next attempt is due. */
export interface RetrySchedule {
  /** Resolves when the next attempt is due, or the signal fires. */
  due(signal: AbortSignal): Promise<void>;
  failed(error: unknown): void;
}

export interface RetryOptions {
  signal: AbortSignal;
  /** Whether what failed may succeed the next time. Default: whatever the server answered, or its not answering. */
  isTransient?: (error: unknown) => boolean;
  /** The first attempt does not wait out what failed before it. */
  atOnce?: boolean;
}

/**
 * Attempts something until it succeeds, each time when it is due. That the server is well is for `attempt` to report: not every answer
 * says so.
 *
 * @throws what is not transient, and whatever the signal gives as its reason once it has fired.
 */
export async function retrying<T>(
  schedule: RetrySchedule,
  attempt: () => Promise<T>,
  { signal, isTransient = (error) => error instanceof ApiError, atOnce = false }: RetryOptions,
): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    if (!(isFirst && atOnce)) await schedule.due(signal);
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!isTransient(error)) throw error;
      schedule.failed(error);
    }
  }
}

/** What was asked until the signal fired, as undefined. @throws whatever failed before. */
export async function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}
