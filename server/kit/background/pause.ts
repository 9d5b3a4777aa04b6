import type { Clock } from '../clock.ts';

/** A wait that somebody may end before its time. One at a time: whoever waits twice at once wakes only the later. */
export class Pause {
  readonly #clock: Clock;
  #early: AbortController | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves after `ms`, however the clock on the wall is set meanwhile, or as soon as somebody ends it; Infinity: only then.
   * @throws the signal's reason when it is aborted.
   */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const early = new AbortController();
    this.#early = early;
    const either = AbortSignal.any([signal, early.signal]);
    try {
      await (Number.isFinite(ms) ? this.#clock.sleep(ms, either) : ended(either));
    } catch (reason) {
      signal.throwIfAborted();
      if (!early.signal.aborted) throw reason;
    } finally {
      if (this.#early === early) this.#early = null;
    }
    signal.throwIfAborted();
  }

  /** Ends the wait that is going; nothing happens where nobody waits. */
  end(): void {
    this.#early?.abort();
  }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
