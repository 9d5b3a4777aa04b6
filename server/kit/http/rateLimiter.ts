import type { Clock } from '../clock.ts';

/**
 * Keeps a service's rate limit, as the `rateLimiter` of its client: it throttles requests, which go through one after another, at
 * least `intervalMs` between them. The interval may change as the service announces its rate limit.
 */
export class RateLimiter {
  readonly #clock: Clock;
  #intervalMs: number;
  #nextAt = 0;

  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  setInterval(intervalMs: number): void {
    this.#intervalMs = intervalMs;
  }

  /** No request for the next `ms` milliseconds. */
  holdFor(ms: number): void {
    this.#nextAt = Math.max(this.#nextAt, this.#clock.elapsed() + ms);
  }

  /** Resolves when it is the caller's turn. Rejects with the signal's reason when aborted. */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = this.#clock.elapsed();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#intervalMs;
    if (at > now) await this.#clock.sleep(at - now, signal);
  }
}
