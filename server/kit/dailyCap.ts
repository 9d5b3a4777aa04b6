import { nowSeconds, type Clock } from './clock.ts';
import { UpstreamError } from './http/upstreamError.ts';

export interface DailyCapOptions {
  /** Where the count of the day stays over a restart. */
  count: { get(): DayCount | undefined; set(count: DayCount): void };
  clock: Clock;
  /** How often the service may be asked a day. */
  most: () => number;
  /** Whether the requests are spread over the day: a share of it lies between any two. Otherwise they may all come at once. */
  isSpread?: boolean;
  /** The household's day of a moment, with when it begins and the next does (seconds since the epoch). */
  dayOf: (seconds: number) => { key: string; start: number; end: number };
  /** For the error. */
  upstream: string;
  /** What to say when the day is used up. */
  words: (most: number) => string;
}

interface DayCount {
  day: string;
  count: number;
  /** When it was asked last, in seconds since the epoch. */
  last?: number;
}

export interface DayUsage {
  /** How often it was asked today. */
  used: number;
  /** How often it may be. */
  cap: number;
}

/** How often a paid service is asked a day for one kind of purpose. */
export class DailyCap {
  readonly #o: DailyCapOptions;

  constructor(options: DailyCapOptions) {
    this.#o = options;
  }

  usage(): DayUsage {
    return { used: this.#today().count, cap: this.#o.most() };
  }

  /** Seconds until it may be asked again: 0 when it may be now, by what it may be asked a day at this moment. */
  waitSeconds(): number {
    const { clock, count, most, isSpread = false } = this.#o;
    const { count: used, left, length } = this.#today();
    if (used >= most()) return Math.max(1, left);
    const last = count.get()?.last;
    if (!isSpread || last === undefined) return 0;
    const between = Math.floor(length / most());
    // The clock may have been set back since.
    return Math.max(0, Math.min(between, last + between - nowSeconds(clock)));
  }

  /**
   * Counts a request before it is made, so that a failing service cannot be asked without end.
   * @throws {UpstreamError} `rate-limited` until tomorrow when the day is used up.
   */
  take(): void {
    const { clock, count: kept, most, upstream, words } = this.#o;
    const { day, count, left } = this.#today();
    if (count >= most()) throw new UpstreamError({ upstream, kind: 'rate-limited', code: 'cap-reached', values: { cap: most() }, retryAfterSeconds: left, message: words(most()) });
    kept.set({ day, count: count + 1, last: nowSeconds(clock) });
  }

  #today(): DayCount & { left: number; length: number } {
    const now = nowSeconds(this.#o.clock);
    const { key, start, end } = this.#o.dayOf(now);
    const kept = this.#o.count.get();
    return { day: key, count: kept?.day === key ? kept.count : 0, left: end - now, length: end - start };
  }
}
