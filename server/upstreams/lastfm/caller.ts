import type { Clock } from '../../kit/clock.ts';
import { RateLimiter } from '../../kit/http/rateLimiter.ts';
import type { UpstreamError } from '../../kit/http/upstreamError.ts';
import { UpstreamHttp } from '../../kit/http/upstreamHttp.ts';
import { upstreamUrl } from '../../kit/http/upstreamUrl.ts';
import { LASTFM, required, type LastfmSettings } from './settings.ts';
import { apiSignature, type LastfmParameters } from './signature.ts';
import { lastfmError } from './errorMapping.ts';

export interface LastfmCallerOptions {
  settings: LastfmSettings;
  clock: Clock;
  /** Called with every failed attempt at once, before the retries. */
  onAttemptFailed?: (error: UpstreamError) => void;
  /** Least time between two requests, in milliseconds. Default 1,000: Last.fm suspends keys that ask several times a second. */
  intervalMs?: number;
  /** One attempt's limit in milliseconds. Default 12,000. */
  timeoutMs?: number;
}

/** One call of a method of the API. */
export interface LastfmCall {
  method: string;
  /** Undefined ones are not sent. */
  parameters: Record<string, string | number | undefined>;
  /** Sends the session key and the signature: `session` of the connected account, `token` while it is being connected. */
  signed?: 'session' | 'token';
  /** Sent as a form by POST; otherwise asked by GET. */
  writes?: boolean;
  /** False where a second sending could mean something else. Default true: what Last.fm has already taken it takes as the same. */
  repeatable?: boolean;
  /** For the words of error 6: the user, or the album or artist, that was asked for. */
  user?: string;
  subject?: string;
  signal?: AbortSignal;
}

/** Speaks the API's protocol: keys, signatures, pace, and errors in its own numbers. Knows no method. */
export class LastfmCaller {
  readonly #settings: LastfmSettings;
  readonly #clock: Clock;
  readonly #http: UpstreamHttp;

  constructor({ settings, clock, onAttemptFailed, intervalMs = 1_000, timeoutMs = 12_000 }: LastfmCallerOptions) {
    this.#settings = settings;
    this.#clock = clock;
    this.#http = new UpstreamHttp({
      upstream: LASTFM,
      clock,
      userAgent: 'AIME/4.0 (local-first listening journal)',
      timeoutMs,
      rateLimiter: new RateLimiter(clock, intervalMs),
      ...(onAttemptFailed ? { onAttemptFailed } : {}),
    });
  }

  /** Milliseconds since the epoch until which Last.fm asked to be left alone; 0 when it did not. */
  get blockedUntil(): number {
    return this.#http.blockedUntil;
  }
  set blockedUntil(at: number) {
    this.#http.blockedUntil = at;
  }

  /**
   * @returns the answer's JSON, which carries no error.
   * @throws UpstreamError
   */
  async call({
    method,
    parameters,
    signed,
    writes = false,
    repeatable = true,
    user,
    subject,
    signal,
  }: LastfmCall): Promise<unknown> {
    const fields = this.#fields(method, parameters, signed);
    const url = upstreamUrl(LASTFM, this.#settings.url, '', writes ? {} : fields);
    const { apiKey, apiSecret, sessionKey } = this.#settings;
    const answer = await this.#http.request({
      url,
      ...(writes
        ? {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(fields).toString(),
          }
        : {}),
      repeatable,
      ...(signal ? { signal } : {}),
      validate: (said) =>
        lastfmError(said, { user, subject, secrets: [apiKey, apiSecret, sessionKey], now: this.#clock.now() }),
    });
    return answer.json();
  }

  #fields(method: string, parameters: LastfmCall['parameters'], signed: LastfmCall['signed']): LastfmParameters {
    const given = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    );
    const fields: LastfmParameters = {
      ...Object.fromEntries(given),
      method,
      api_key: required(this.#settings, 'apiKey').reveal(),
      format: 'json',
    };
    if (signed === 'session') fields.sk = required(this.#settings, 'sessionKey').reveal();
    if (signed) fields.api_sig = apiSignature(fields, required(this.#settings, 'apiSecret').reveal());
    return fields;
  }
}
