import { nowSeconds, type Clock } from './clock.ts';
import { UpstreamError } from './http/upstreamError.ts';

export interface DailyCapOptions {
  /** Where the count of the day stays over a restart. */
  count: { get(): DayCount | undefined; set(count: DayCount): void };
  clock: Clock;
  /** How often the service may be asked a day. */
  most: () => number;
  /** The household's day of a moment, and when the next begins (seconds since the epoch). */
  dayOf: (seconds: number) => { key: string; end: number };
  /** For the error. */
  upstream: string;
  /** What to say when the day is used up. */
  words: (most: number) => string;
}

interface DayCount {
  day: string;
  count: number;
}

/** How often a paid service is asked a day, everything that asks it together. */
export class DailyCap {
  readonly #o: DailyCapOptions;

  constructor(options: DailyCapOptions) {
    this.#o = options;
  }

  /** How often it was asked today, of how often at most. */
  usage(): { used: number; cap: number } {
    return { used: this.#today().count, cap: this.#o.most() };
  }

  /**
   * Counts a request before it is made, so that a failing service cannot be asked without end.
   * @throws {UpstreamError} `rate-limited` until tomorrow when the day is used up.
   */
  take(): void {
    const { count: kept, most, upstream, words } = this.#o;
    const { day, count, left } = this.#today();
    if (count >= most()) throw new UpstreamError({ upstream, kind: 'rate-limited', code: 'cap-reached', values: { cap: most() }, retryAfterSeconds: left, message: words(most()) });
    kept.set({ day, count: count + 1 });
  }

  #today(): DayCount & { left: number } {
    const now = nowSeconds(this.#o.clock);
    const { key, end } = this.#o.dayOf(now);
    const kept = this.#o.count.get();
    return { day: key, count: kept?.day === key ? kept.count : 0, left: end - now };
  }
}
