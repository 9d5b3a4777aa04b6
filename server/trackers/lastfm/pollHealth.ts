import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '../../kit/clock.ts';
import { isUpstreamError, type UpstreamError } from '../../kit/http/upstreamError.ts';
import { isDatabaseUnavailable } from '../../library/api/unavailable.ts';
import type { TrackerLag } from './trackerState.ts';

/** By chance shorter or longer, so that many servers do not come back to Last.fm in step. */
const RETRY_SECONDS: RetryPolicy = { first: 10, longest: 640, jitter: 0.25 };

/** How the polls have been going, and when the next is worth its while. */
export class PollHealth {
  readonly #clock: Clock;
  /** When a poll last came to a good end, or the following began, by the clock that nobody sets. */
  #wellAt = 0;
  #failures = 0;
  /** Polls in a row that came to nothing, and when the first request of them failed, by the clock that nobody sets. */
  #failedPolls = 0;
  #failingSince: number | null = null;
  #lastError: Error | null = null;
  /** What the client reported while it was still trying. */
  #noted: UpstreamError | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get lastError(): Error | null {
    return this.#lastError;
  }

  /** Requests in a row that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** The following begins. */
  began(): void {
    this.#wellAt = this.#clock.elapsed();
    this.#failedPolls = 0;
    this.#failingSince = null;
  }

  pollBegan(): void {
    this.#noted = null;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#failedPolls = 0;
    this.#failingSince = null;
    this.#lastError = null;
    this.#wellAt = this.#clock.elapsed();
  }

  failed(error: Error): void {
    this.#failures += 1;
    // What the library itself cannot do is reported as such.
    if (!isDatabaseUnavailable(error)) this.#failingSince ??= this.#clock.elapsed();
    this.#lastError = error;
  }

  /** An attempt of the poll failed that is repeated at once. */
  attemptFailed(error: UpstreamError): void {
    this.#noted = error;
    this.failed(error);
  }

  /** Somebody else asked the service; what came of it is no poll. */
  heard(outcome: 'well' | UpstreamError): void {
    if (outcome !== 'well') this.#lastError = outcome;
    else if (isUpstreamError(this.#lastError)) this.#lastError = null;
  }

  /** A poll came to nothing. @param usual seconds between two polls. @returns seconds until the next try. */
  pauseAfter(error: Error, usual: number): number {
    if (error !== this.#noted) this.failed(error);
    if (isDatabaseUnavailable(error)) return Math.min(usual, RETRY_SECONDS.first);
    this.#failedPolls += 1;
    if (!isUpstreamError(error)) return usual;
    const asked = error.retryAfterSeconds;
    if (asked !== undefined && error.kind === 'rate-limited')
      return Math.max(asked, Math.min(usual, RETRY_SECONDS.first));
    if (!error.passing) return usual;
    return Math.min(usual, Math.max(asked ?? 0, retryPause(RETRY_SECONDS, this.#failedPolls)));
  }

  /** @param intervalSeconds between two polls. */
  lag(intervalSeconds: number): TrackerLag {
    const secondsSince = (then: number) => Math.max(0, Math.floor((this.#clock.elapsed() - then) / 1000));
    return {
      seconds: secondsSince(this.#wellAt),
      intervalSeconds,
      failedPolls: this.#failedPolls,
      failingSeconds: this.#failingSince === null ? null : secondsSince(this.#failingSince),
    };
  }
}
