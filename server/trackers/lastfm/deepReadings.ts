import { retryPause } from '#shared/timing/retryPolicy.ts';

const HOUR = 3_600;
/** How far back uploads may come late: read again at start and hourly. Seconds. */
export const LATE_SECONDS = 15 * 86_400;

/** When the last 15 days are read again: an hour after they were; after failures sooner, but never at once: what cannot be read must not keep new plays from coming. */
export class DeepReadings {
  /** Seconds between two polls. */
  readonly #pollSeconds: () => number;
  /** By the clock that nobody sets, milliseconds. */
  #dueAt = -Infinity;
  #failures = 0;

  constructor(pollSeconds: () => number) {
    this.#pollSeconds = pollSeconds;
  }

  /** The following begins: they are due at once. */
  reset(): void {
    this.#dueAt = -Infinity;
    this.#failures = 0;
  }

  isDue(at: number): boolean {
    return at >= this.#dueAt;
  }

  /** One begins; until it is known to have come to a good end, it counts as failed. @param at when, by the clock that nobody sets. */
  began(at: number): void {
    this.#failures += 1;
    const seconds = retryPause({ first: this.#pollSeconds() * 2, longest: HOUR }, this.#failures);
    this.#dueAt = at + seconds * 1000;
  }

  /** The one that began then came to a good end. */
  succeeded(at: number): void {
    this.#failures = 0;
    this.#dueAt = at + HOUR * 1000;
  }
}
