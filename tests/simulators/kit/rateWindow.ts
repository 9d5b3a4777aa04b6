/** Counts requests over a moving window, as services do that limit them. */
export class RateWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  #taken: number[] = [];

  constructor(limit: number, windowMs: number, now: () => number = Date.now) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Counts one more unless the window is full. @returns whether it may pass, and how many more may. */
  take(): { allowed: boolean; used: number; remaining: number } {
    const now = this.#now();
    this.#taken = this.#taken.filter((at) => at > now - this.#windowMs);
    const allowed = this.#taken.length < this.#limit;
    if (allowed) this.#taken.push(now);
    return { allowed, used: this.#taken.length, remaining: this.#limit - this.#taken.length };
  }
}
