import type { RefusalCode, ServiceError, ServiceErrorCode } from '#shared/library/household.ts';

/** What can go wrong with another service, in the terms its caller can act on. */
export type UpstreamErrorKind =
  | 'unreachable' // no connection
  | 'timeout'
  | 'rate-limited' // come back after `retryAfterSeconds`
  | 'resting' // our own circuit breaker is open
  | 'refused' // credentials or rights: a person must act
  | 'not-found'
  | 'bad-request' // we asked for something it does not take
  | 'malformed' // it answered something that is not its contract
  | 'broken' // 5xx and its own "try again later"
  | 'cancelled';

export interface UpstreamErrorDetails {
  upstream: string;
  kind: UpstreamErrorKind;
  /** Plain words, without secrets or URLs' queries. */
  message: string;
  status?: number;
  /** The service's own error code, where it has one. */
  code?: string | number;
  /** Of one that gives nothing for another reason than a key: what that is. */
  refuses?: RefusalCode;
  retryAfterSeconds?: number;
  /** What a page needs to describe it in its own words. */
  values?: Record<string, string | number>;
  cause?: unknown;
}

export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly upstream: string;
  readonly kind: UpstreamErrorKind;
  readonly status: number | undefined;
  readonly code: string | number | undefined;
  readonly refuses: RefusalCode | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly values: Record<string, string | number> | undefined;

  constructor(details: UpstreamErrorDetails) {
    super(details.message, { cause: details.cause });
    this.upstream = details.upstream;
    this.kind = details.kind;
    this.status = details.status;
    this.code = details.code;
    this.refuses = details.refuses;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.values = details.values;
  }

  /** Worth asking again without a person's help. */
  get passing(): boolean {
    return ['unreachable', 'timeout', 'rate-limited', 'resting', 'broken', 'malformed'].includes(this.kind);
  }
}

export const isUpstreamError = (error: unknown): error is UpstreamError => error instanceof UpstreamError;

/** Codes of our own that say more than the kind does. */
const CASES_BY_CODE = ['model-unknown', 'cap-reached', 'missing-scope', 'no-credit', 'wrong-address'] as const;

/** A failure as a page can put it into words in any language; null when only its message says what it is. */
export function serviceErrorOf(error: unknown): (ServiceError & { code: ServiceErrorCode }) | null {
  if (!isUpstreamError(error)) return null;
  const code = error.refuses ?? CASES_BY_CODE.find((known) => known === error.code) ?? error.kind;
  return { code, ...(error.values && { values: error.values }) };
}
