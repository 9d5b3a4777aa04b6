/** When covers that did not come are asked for again by themselves: first after this many milliseconds, then after twice as long each time … */
const FIRST = 30_000;
/** … up to this. */
const LONGEST = 30 * 60_000;

/**
 * When covers that did not come are asked for again: as soon as the network or the server is there again, and meanwhile ever more
 * rarely, all together, so that a server in trouble is not asked for each of them.
 */
export class CoverTries {
  readonly #onRound: () => void;
  #wait = FIRST;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onRound called when all covers that failed until then are to be asked for once more. */
  constructor(onRound: () => void) {
    this.#onRound = onRound;
  }

  /** A cover did not come. */
  failed(): void {
    this.#timer ??= setTimeout(() => this.#next(), this.#wait);
  }

  /** The network or the server is there again. Nothing happens where no cover waits. */
  again(): void {
    if (this.#timer === undefined) return;
    this.#wait = FIRST;
    this.#next();
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wait = Math.min(LONGEST, this.#wait * 2);
    this.#onRound();
  }
}
