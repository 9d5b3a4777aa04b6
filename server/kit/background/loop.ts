import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Pause } from './pause.ts';
import { supervise } from './supervisor.ts';

export interface BackgroundLoopOptions {
  /** What it does, for the log. */
  name: string;
  clock: Clock;
  log: Log;
  /**
   * One round of the work. What it throws is a failure of the loop: reported, logged, and begun anew after a growing pause.
   * @returns milliseconds until the next round; Infinity where nothing is to be done until somebody wakes it.
   */
  round: (signal: AbortSignal) => number | Promise<number>;
  /** How long it waits before its first round, in milliseconds. Default: not at all. */
  firstPauseMs?: number;
  /** No pause is longer, whatever a round says. Milliseconds. */
  longestPauseMs?: number;
  /**
   * How long it waits before each round for what else comes, in milliseconds: whoever wakes it meanwhile brings no further round. By
   * default not at all.
   */
  settleMs?: number;
  /** Called with each failure, and with null when it runs again. */
  onErrorChange?: (error: Error | null) => void;
}

/**
 * Work that is done in rounds for as long as the server runs, with pauses in between that anybody may end. It waits by the clock that
 * nobody sets, two rounds never overlap, and a wake is never lost: one that comes during a round brings another right after it.
 */
export class BackgroundLoop {
  readonly #o: BackgroundLoopOptions;
  readonly #pause: Pause;
  #stopping: AbortController | null = null;
  /** The run that is going, or coming to its end; null where there is none. */
  #running: Promise<void> | null = null;
  #isWoken = false;

  constructor(options: BackgroundLoopOptions) {
    this.#o = options;
    this.#pause = new Pause(options.clock);
  }

  /** From `start` until `stop`. */
  get isRunning(): boolean {
    return this.#stopping !== null;
  }

  /** Begins with a round, at once or as soon as one that is being stopped has ended; nothing happens where it runs already. */
  start(): void {
    if (this.#stopping) return;
    const { name, clock, log, onErrorChange } = this.#o;
    const stopping = new AbortController();
    this.#stopping = stopping;
    const { signal } = stopping;
    const begin = () =>
      supervise(name, () => this.#run(signal), { clock, log, signal, ...(onErrorChange && { onErrorChange }) });
    const running = (this.#running?.then(begin) ?? begin()).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
  }

  /** There may be something to do: the next round comes now. */
  wake(): void {
    this.#isWoken = true;
    this.#pause.end();
  }

  /** Aborts the round that is going. @returns resolves when it has ended; it never rejects. */
  async stop(): Promise<void> {
    this.#stopping?.abort();
    this.#stopping = null;
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { round, clock, firstPauseMs = 0, longestPauseMs = Infinity, settleMs = 0 } = this.#o;
    if (firstPauseMs > 0 && !this.#isWoken) await this.#pause.wait(firstPauseMs, signal);
    while (!signal.aborted) {
      if (settleMs > 0) await clock.sleep(settleMs, signal);
      this.#isWoken = false;
      const pauseMs = Math.min(await round(signal), longestPauseMs);
      if (pauseMs > 0 && !this.#isWoken) await this.#pause.wait(pauseMs, signal);
    }
  }
}
