import { nowSeconds, type Clock } from './clock.ts';
import { UpstreamError } from './http/upstreamError.ts';

export interface DailyCapOptions {
  /** Where the count of the day stays over a restart. */
  count: { get(): DayCount | NamedDayCount | undefined; set(count: DayCount): void };
  clock: Clock;
  /** How often the service may be asked a day. */
  most: () => number;
  /** Whether the requests are spread over the day: a share of it lies between any two. Otherwise they may all come at once. */
  isSpread?: boolean;
  /** When the household's day of a moment begins, and the next does (seconds since the epoch). */
  dayOf: (seconds: number) => { start: number; end: number };
  /** For the error. */
  upstream: string;
  /** What to say when the day is used up. */
  sentence: (most: number) => string;
}

/** Requests by when they were made, so that what was used is known whichever zone's day it is asked for. */
interface DayCount {
  /** How many were made in each quarter of an hour that any were made in: a zone's day begins at the beginning of one. */
  taken: { quarter: number; count: number; dayEnd: number }[];
  /** When it was asked last, in seconds since the epoch. */
  last?: number;
}

/** What is stored: a count of one day, by its name. */
interface NamedDayCount {
  day: string;
  count: number;
  last?: number;
}

const QUARTER = 900;
/** Longer than any day, and than two that two zones call today. */
const RETENTION_SECONDS = 3 * 86_400;

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
    return { used: this.#today().used, cap: this.#o.most() };
  }

  /** Seconds until it may be asked again: 0 when it may be now, by what it may be asked a day at this moment. */
  waitSeconds(): number {
    const { clock, count, most, isSpread = false } = this.#o;
    const { used, left, length } = this.#today();
    if (used >= most()) return Math.max(1, left);
    const last = count.get()?.last;
    if (!isSpread || last === undefined) return 0;
    const between = Math.floor(length / most());
    // The clock may have been set back since.
    return Math.max(0, Math.min(between, last + between - nowSeconds(clock)));
  }

  /**
   * Counts a request before it is made, so that a failing service cannot be asked without end.
   * @returns takes it out of the count again, where the service was not asked at all or would not be.
   * @throws {UpstreamError} `rate-limited` until tomorrow when the day is used up.
   */
  take(): () => void {
    const { clock, count, most, upstream, sentence } = this.#o;
    const { used, taken, left, end } = this.#today();
    if (used >= most())
      throw new UpstreamError({
        upstream,
        kind: 'rate-limited',
        code: 'cap-reached',
        values: { cap: most() },
        retryAfterSeconds: left,
        message: sentence(most()),
      });
    const now = nowSeconds(clock);
    const lastBefore = count.get()?.last;
    const quarter = Math.floor(now / QUARTER);
    const before = taken.find((each) => each.quarter === quarter);
    const recent = taken.filter(
      (each) => each !== before && Math.abs(each.quarter * QUARTER - now) < RETENTION_SECONDS,
    );
    count.set({
      taken: [...recent, { quarter, count: (before?.count ?? 0) + 1, dayEnd: Math.max(end, before?.dayEnd ?? 0) }],
      last: now,
    });
    return () => {
      // Others may have been counted since.
      const { last } = count.get() ?? {};
      const left = this.#taken()
        .map((each) => (each.quarter === quarter ? { ...each, count: each.count - 1 } : each))
        .filter((each) => each.count > 0);
      const lastThen = last === now ? lastBefore : last;
      count.set({ taken: left, ...(lastThen !== undefined && { last: lastThen }) });
    };
  }

  /** What to say when none is left. */
  sentence(): string {
    return this.#o.sentence(this.#o.most());
  }

  /** What was asked for on the present day, and on one that went on when the household's zone was changed: no other zone frees that. */
  #today(): { used: number; taken: DayCount['taken']; left: number; length: number; end: number } {
    const now = nowSeconds(this.#o.clock);
    const { start, end } = this.#o.dayOf(now);
    const taken = this.#taken();
    const counted = taken.filter(({ quarter, dayEnd }) => {
      const at = quarter * QUARTER;
      return (at >= start && at < end) || (at <= now && now < dayEnd);
    });
    const used = counted.reduce((sum, { count }) => sum + count, 0);
    return { used, taken, left: Math.max(end, ...counted.map(({ dayEnd }) => dayEnd)) - now, length: end - start, end };
  }

  #taken(): DayCount['taken'] {
    const stored = this.#o.count.get();
    if (!stored) return [];
    if ('taken' in stored) return stored.taken;
    if (stored.last === undefined) return [];
    return [
      { quarter: Math.floor(stored.last / QUARTER), count: stored.count, dayEnd: this.#o.dayOf(stored.last).end },
    ];
  }
}
