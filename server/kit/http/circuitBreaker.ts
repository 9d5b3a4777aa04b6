import { retryPause } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '../clock.ts';

export interface CircuitBreakerOptions {
  /** Failures in a row before it opens. */
  threshold: number;
  /** First pause; doubles at each failed probe up to `longestPauseMs`. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/**
 * Leaves a failing service alone for a while: open after `threshold` failures in a row, then one probe after each pause.
 * A success closes it and forgets the pauses.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #options: CircuitBreakerOptions;
  #failures = 0;
  /** Probes in a row that failed since it opened. */
  #failedProbes = 0;
  #openUntil = 0;
  #probing = false;

  constructor(clock: Clock, options: Partial<CircuitBreakerOptions> = {}) {
    this.#clock = clock;
    this.#options = { threshold: 5, firstPauseMs: 15_000, longestPauseMs: 600_000, ...options };
  }

  /** Milliseconds until a request may pass; 0 when one may pass now. */
  waitMs(): number {
    if (this.#failures < this.#options.threshold) return 0;
    if (this.#probing) return Math.max(1, this.#openUntil - this.#clock.elapsed());
    return Math.max(0, this.#openUntil - this.#clock.elapsed());
  }

  /** To be called just before a request that `waitMs` let pass. */
  enter(): void {
    if (this.#failures >= this.#options.threshold) this.#probing = true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#probing = false;
    this.#failedProbes = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures < this.#options.threshold) return;
    if (this.#probing) this.#failedProbes += 1;
    this.#probing = false;
    const { firstPauseMs: first, longestPauseMs: longest } = this.#options;
    this.#openUntil = this.#clock.elapsed() + retryPause({ first, longest }, this.#failedProbes + 1);
  }

  /** A request ended without saying anything about the service's health (cancelled by us). */
  abandoned(): void {
    this.#probing = false;
  }
}
