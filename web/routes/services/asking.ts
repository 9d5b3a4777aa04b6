/** Milliseconds from an answer to the next question: much that happens together is asked about once. */
const REST = 1_000;

/**
 * Asks again for what the server keeps, as often as there is reason to and no oftener: one question at a time, and none while nobody
 * looks. A reason that comes meanwhile is not lost.
 */
export class Asking {
  readonly #ask: () => Promise<void>;
  readonly #isSeen: () => boolean;
  #owed = false;
  #busy = false;
  #stopped = false;

  /** @param ask never rejects. @param isSeen whether the page is before somebody's eyes. */
  constructor(ask: () => Promise<void>, isSeen: () => boolean) {
    [this.#ask, this.#isSeen] = [ask, isSeen];
  }

  /** There is reason to ask: now, or as soon as it can be. Also to be called when the page comes into sight. */
  request(): void {
    this.#owed = true;
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#owed && !this.#stopped && this.#isSeen()) {
      this.#owed = false;
      await this.#ask();
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
    this.#busy = false;
  }
}
