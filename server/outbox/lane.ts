import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '../kit/clock.ts';
import { isUpstreamError } from '../kit/http/upstreamError.ts';
import type { Log } from '../kit/log.ts';
import type { OutboxKind, Sender } from './sender.ts';

const RETRY_SECONDS: RetryPolicy = { first: 10, longest: 600 };
/** Where nothing can be sent it is looked again all the same: what waits too long grows too old. */
export const LOOK_MS = 3_600_000;

/** How entries of one kind have been leaving lately. */
export interface Delivery {
  /** Why the last try came to nothing; null when it did not. */
  error: Error | null;
  /** The service takes nothing before a person acts. */
  isRefused: boolean;
}

interface LaneOptions<Entry> {
  service: string;
  sender: Sender<Entry>;
  clock: Clock;
  log: Log;
  /** How it goes is otherwise than before. */
  onChange: () => void;
}

/** Entries of one kind on their way to one service, one batch after another; what keeps one kind keeps no other. */
export class Lane<Entry> {
  readonly #o: LaneOptions<Entry>;
  #failures = 0;
  #error: Error | null = null;
  #isRefused = false;
  /** Though it was refused, it is tried once more. */
  #isTriedAgain = false;
  /** By the clock that nobody sets: our own pause after failures, and the one that the service asked for. */
  #retryAt = -Infinity;
  #askedUntil = -Infinity;

  constructor(options: LaneOptions<Entry>) {
    this.#o = options;
  }

  get kind(): OutboxKind {
    return this.#o.sender.kind;
  }

  get delivery(): Delivery {
    return { error: this.#error, isRefused: this.#isRefused };
  }

  /** Sends what is due, a batch at most. @returns milliseconds until there is more to do. @throws only once the signal is aborted. */
  async round(signal: AbortSignal): Promise<number> {
    try {
      return await this.#sendDue(signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return this.#failed(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** A person made an entry: it does not wait for those that failed before, only where the service asked for a pause. */
  submitted(): void {
    this.#retryAt = -Infinity;
    this.#isTriedAgain = true;
  }

  /** The service answered somebody else well: what was refused is offered once more, and said to be refused until it is taken. */
  tryAgain(): void {
    if (!this.#isRefused) return;
    this.#isTriedAgain = true;
    this.tryNow();
  }

  /** A person wants the service asked now: no pause holds. */
  tryNow(): void {
    this.#retryAt = -Infinity;
    this.#askedUntil = -Infinity;
  }

  /** What was refused may be granted now. */
  settingsChanged(): void {
    if (this.#isRefused || !this.#o.sender.isWanted()) this.#error = null;
    this.#isRefused = false;
  }

  async #sendDue(signal: AbortSignal): Promise<number> {
    const { sender, clock, log, service } = this.#o;
    sender.expire?.();
    const waiting = sender.waiting();
    if (waiting.length === 0) return Infinity;
    if (!sender.isReady() || (this.#isRefused && !this.#isTriedAgain)) return LOOK_MS;
    const heldMs = Math.max(this.#retryAt, this.#askedUntil) - clock.elapsed();
    if (heldMs > 0) return heldMs;
    const due = waiting.filter((entry) => sender.dueInSeconds(entry) <= 0).slice(0, sender.largestBatch());
    if (due.length === 0) return Math.min(...waiting.map((entry) => sender.dueInSeconds(entry))) * 1_000;
    this.#isTriedAgain = false;
    const { marked, pauseSeconds = 0 } = await sender.send(due, signal);
    this.#succeeded();
    log.info('outbox sent', { service, kind: sender.kind, entries: marked });
    this.#askedUntil = clock.elapsed() + pauseSeconds * 1_000;
    return pauseSeconds * 1_000;
  }

  #succeeded(): void {
    const wasOtherwise = this.#error !== null || this.#isRefused;
    this.#failures = 0;
    this.#error = null;
    this.#isRefused = false;
    if (wasOtherwise) this.#o.onChange();
  }

  /** @returns milliseconds until the next try. */
  #failed(error: Error): number {
    const { service, sender, clock, log } = this.#o;
    this.#failures += 1;
    this.#error = error;
    this.#isRefused = isUpstreamError(error) && error.kind === 'refused';
    log.warn('outbox could not send', { service, kind: sender.kind, failures: this.#failures, error });
    const now = clock.elapsed();
    this.#retryAt = now + retryPause(RETRY_SECONDS, this.#failures) * 1_000;
    this.#askedUntil = now + (isUpstreamError(error) ? (error.retryAfterSeconds ?? 0) : 0) * 1_000;
    this.#o.onChange();
    return this.#isRefused ? LOOK_MS : Math.max(this.#retryAt, this.#askedUntil) - now;
  }
}
