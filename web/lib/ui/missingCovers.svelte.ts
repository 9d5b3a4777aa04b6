import { CoverTries } from './coverTries.ts';

/** The covers on this page that did not come, and the round of tries in which they are asked for. */
class MissingCovers {
  #round = $state(0);
  readonly #tries = new CoverTries(() => (this.#round += 1));

  /** A cover that failed in an earlier round is asked for once more. */
  get round(): number {
    return this.#round;
  }

  /** @returns the round in which it failed. */
  failed(): number {
    this.#tries.failed();
    return this.#round;
  }

  /** The network or the server is there again. */
  again(): void {
    this.#tries.again();
  }
}

export const missingCovers = new MissingCovers();
