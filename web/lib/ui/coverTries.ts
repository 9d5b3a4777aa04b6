import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';

/** When covers that did not come are asked for again by themselves. Milliseconds. */
const RETRY: RetryPolicy = { first: 30_000, longest: 30 * 60_000 };

/**
 * When covers that did not come are asked for again: as soon as the network or the server is there again, and meanwhile ever more
 * rarely, all together, so that a failing server is not asked for each of them.
 */
export class CoverTries {
  readonly #onRound: () => void;
  /** Rounds so far, since the network or the server was there again. */
  #rounds = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRound called when all covers that failed until then are to be asked for once more. */
  constructor(onRound: () => void) {
    this.#onRound = onRound;
  }

  /** A cover did not come. */
  failed(): void {
    this.#timer ??= setTimeout(() => this.#next(), retryPause(RETRY, this.#rounds + 1));
  }

  /** The network or the server is there again. Nothing happens where no cover waits. */
  again(): void {
    if (this.#timer === undefined) return;
    this.#rounds = 0;
    this.#next();
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rounds += 1;
    this.#onRound();
  }
}
