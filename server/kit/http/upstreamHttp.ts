/** The one way to ask another service: when it is asked, how often, and what each failure means for the next request. */

import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import type { Clock } from '../clock.ts';
import { CircuitBreaker } from './circuitBreaker.ts';
import { metered } from './upstreamMeters.ts';
import type { RateLimiter } from './rateLimiter.ts';
import { retryAfterSeconds } from './retryAfter.ts';
import { excerptOf, readBytes, statusError, TOO_LARGE, type UpstreamAnswer, upstreamAnswer } from './upstreamAnswer.ts';
import { isUpstreamError, UpstreamError } from './upstreamError.ts';

export interface UpstreamHttpOptions {
  /** The service's name as a person reads it: "Last.fm". */
  upstream: string;
  clock: Clock;
  userAgent: string;
  /** One attempt's limit, connection and body together. */
  timeoutMs?: number;
  /** Further attempts after the first, for requests that may be repeated. */
  retries?: number;
  maxBytes?: number;
  rateLimiter?: RateLimiter;
  breaker?: CircuitBreaker;
  /** Called with every failed attempt at once, before the retries, so that a status never lags behind. */
  onAttemptFailed?: (error: UpstreamError) => void;
  /** Looks at every answer's headers (a rate limit's pace). */
  onAnswer?: (status: number, headers: Headers) => void;
}

export interface UpstreamRequest {
  url: URL;
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A function is asked anew at each attempt, for a signature that may be used once only. */
  headers?: Record<string, string> | (() => Record<string, string>);
  body?: string;
  /** False for a write that must not be sent twice. Default: true for GET only. */
  repeatable?: boolean;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** `manual` hands a redirect back as the answer, its place in the `location` header. Default: it is followed. */
  redirect?: 'follow' | 'manual';
  /**
   * Called with each piece of a successful answer's body as it arrives. It must not throw. Once it has been called the
   * request is not repeated, so that nobody gets the same piece twice.
   */
  onChunk?: (bytes: Uint8Array) => void;
  /**
   * Looks into an answer whatever its status, for services that say in the body what went wrong. The error it returns is
   * thrown and treated as if the status had said it: `broken` and `malformed` count against the service's health,
   * `rate-limited` keeps the pause of `retryAfterSeconds`. Null leaves the judgement to the status.
   */
  validate?: (answer: UpstreamAnswer) => UpstreamError | null;
}

const REPEAT_MS: RetryPolicy = { first: 500, longest: 4_000, growth: 3, jitter: 0.25 };
/** No pause lasts longer, whoever asks for it. */
const LONGEST_PAUSE_MS = 172_800_000;

/** A gateway's web page or half an answer is gone a second later; an answer that is too large is as large then. */
const isWorthRepeating = ({ kind, code }: UpstreamError) =>
  ['unreachable', 'timeout', 'broken'].includes(kind) || (kind === 'malformed' && code !== TOO_LARGE);

/**
 * The one way to ask another service: time limit, retry with jitter, `Retry-After`, circuit breaker, size limit.
 * Every failure is an UpstreamError whose message carries no query and no secret.
 */
export class UpstreamHttp {
  readonly #options: Required<Pick<UpstreamHttpOptions, 'timeoutMs' | 'retries' | 'maxBytes'>> & UpstreamHttpOptions;
  readonly #breaker: CircuitBreaker;
  /** By the clock that nobody sets. */
  #blockedUntil = -Infinity;

  constructor(options: UpstreamHttpOptions) {
    this.#options = {
      ...options,
      timeoutMs: options.timeoutMs ?? 10_000,
      retries: options.retries ?? 3,
      maxBytes: options.maxBytes ?? 16_000_000,
    };
    this.#breaker = options.breaker ?? new CircuitBreaker(options.clock);
  }

  /** Milliseconds since the epoch until which the service asked to be left alone; 0 when it did not. Persist it and give it back; 0 forgets every pause, our own after failures too. */
  get blockedUntil(): number {
    const left = this.#blockedMs();
    return left > 0 ? this.#options.clock.now() + left : 0;
  }
  set blockedUntil(at: number) {
    this.#block(at - this.#options.clock.now());
    if (at === 0) this.#breaker.succeeded();
  }

  #block(ms: number): void {
    this.#blockedUntil = this.#options.clock.elapsed() + Math.min(ms, LONGEST_PAUSE_MS);
  }

  /** For a person: seconds since the epoch, to the minute, so that it stays the same while it lasts. */
  #untilMinute(): number {
    return Math.ceil(this.blockedUntil / 60_000) * 60;
  }

  #blockedMs(): number {
    return this.#blockedUntil - this.#options.clock.elapsed();
  }

  async request(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { clock, rateLimiter, retries } = this.#options;
    const repeatable = request.repeatable ?? (request.method ?? 'GET') === 'GET';
    let hasStreamed = false;
    const onChunk = (bytes: Uint8Array) => {
      hasStreamed = true;
      request.onChunk?.(bytes);
    };
    let failed: UpstreamError | undefined;
    for (let attempt = 0; ; attempt += 1) {
      this.#failIfPaused(failed);
      await this.#unlessCancelled(rateLimiter?.turn(request.signal));
      this.#failIfPaused(failed);
      try {
        return await metered(this.#options.upstream, () => this.#attempt(request, request.onChunk && onChunk));
      } catch (error) {
        if (!isUpstreamError(error)) throw error;
        if (error.kind !== 'cancelled') this.#options.onAttemptFailed?.(error);
        const again = repeatable && !hasStreamed && attempt < retries && isWorthRepeating(error);
        if (!again || this.#breaker.waitMs() > 0) throw error;
        failed = error;
        await this.#unlessCancelled(clock.sleep(retryPause(REPEAT_MS, attempt + 1), request.signal));
      }
    }
  }

  /** Waiting ends early only when the caller's signal is aborted. */
  async #unlessCancelled(waiting: Promise<void> | undefined): Promise<void> {
    try {
      await waiting;
    } catch (error) {
      throw this.#cancelled(error);
    }
  }

  #cancelled(cause: unknown): UpstreamError {
    const { upstream } = this.#options;
    return new UpstreamError({
      upstream,
      kind: 'cancelled',
      message: `The request to ${upstream} was cancelled`,
      cause,
    });
  }

  /** @param failed how this request failed before: that it was asked, and what came of it, says more than that it is not asked again. */
  #failIfPaused(failed?: UpstreamError): void {
    const { upstream } = this.#options;
    const blockedMs = this.#blockedMs();
    if (blockedMs > 0) {
      const seconds = Math.ceil(blockedMs / 1000);
      throw new UpstreamError({
        upstream,
        kind: 'rate-limited',
        retryAfterSeconds: seconds,
        values: { until: this.#untilMinute() },
        message: `${upstream} asked for a pause of ${seconds} s`,
      });
    }
    const restMs = this.#breaker.waitMs();
    if (restMs > 0) {
      if (failed) throw failed;
      const seconds = Math.ceil(restMs / 1000);
      throw new UpstreamError({
        upstream,
        kind: 'resting',
        retryAfterSeconds: seconds,
        message: `${upstream} failed repeatedly; the next try is in ${seconds} s`,
      });
    }
  }

  async #attempt(request: UpstreamRequest, onChunk?: (bytes: Uint8Array) => void): Promise<UpstreamAnswer> {
    const { upstream, clock, userAgent, onAnswer } = this.#options;
    const timeoutMs = request.timeoutMs ?? this.#options.timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    const headersSent = typeof request.headers === 'function' ? request.headers() : request.headers;
    this.#breaker.enter();
    let status: number;
    let headers: Headers;
    let bytes: Uint8Array;
    try {
      const response = await fetch(request.url, {
        method: request.method ?? 'GET',
        headers: { 'user-agent': userAgent, ...headersSent },
        body: request.body ?? null,
        redirect: request.redirect ?? 'follow',
        signal,
      });
      status = response.status;
      headers = response.headers;
      bytes = await readBytes(response, this.#options, response.ok ? onChunk : undefined);
    } catch (error) {
      if (request.signal?.aborted) {
        this.#breaker.abandoned();
        throw this.#cancelled(error);
      }
      this.#breaker.failed();
      if (isUpstreamError(error)) throw error;
      if (timeout.aborted)
        throw new UpstreamError({
          upstream,
          kind: 'timeout',
          message: `${upstream} did not answer within ${timeoutMs / 1000} s`,
          cause: error,
        });
      throw new UpstreamError({
        upstream,
        kind: 'unreachable',
        message: `${upstream} could not be reached`,
        cause: error,
      });
    }
    onAnswer?.(status, headers);
    if (status === 429 || (status === 503 && headers.has('retry-after'))) {
      // The service is well, it only wants to be asked less often.
      this.#breaker.succeeded();
      const seconds = retryAfterSeconds(headers.get('retry-after'), clock.now()) ?? 60;
      this.#block(seconds * 1000);
      throw new UpstreamError({
        upstream,
        kind: 'rate-limited',
        status,
        retryAfterSeconds: seconds,
        values: { until: this.#untilMinute() },
        message: `${upstream} asked for a pause of ${seconds} s`,
        cause: excerptOf(bytes),
      });
    }
    const answer = upstreamAnswer(upstream, { status, headers, bytes });
    const failure = request.validate?.(answer);
    if (failure) throw this.#keep(failure);
    if (status >= 500) this.#breaker.failed();
    else this.#breaker.succeeded();
    if (status >= 400) throw statusError(upstream, answer);
    return answer;
  }

  /** Lets the breaker and the pause know what the answer's own words say. */
  #keep(failure: UpstreamError): UpstreamError {
    if (failure.kind === 'broken' || failure.kind === 'malformed') this.#breaker.failed();
    else this.#breaker.succeeded();
    if (failure.kind === 'rate-limited') this.#block((failure.retryAfterSeconds ?? 60) * 1000);
    return failure;
  }
}
