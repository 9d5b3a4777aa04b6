import type { ErrorAnswer, ErrorKind } from '#shared/api/errors.ts';
import type { DatabaseUnavailable } from '../library/unavailable.ts';

const statusOf: Record<ErrorKind, number> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'stale-epoch': 409,
  'too-large': 413,
  'upgrade-required': 426,
  internal: 500,
  upstream: 502,
  unavailable: 503,
  recovery: 503,
};

/** An answer that is an error: what kind, in plain words, and the field that was wrong. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly kind: ErrorKind;
  readonly field: string | undefined;
  readonly code: string | undefined;
  /** When to ask again. */
  readonly retryAfterSeconds: number | undefined;
  constructor(kind: ErrorKind, message: string, field?: string, code?: string, retryAfterSeconds?: number) {
    super(message);
    this.kind = kind;
    this.field = field;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
  get status(): number {
    return statusOf[this.kind];
  }
  body(): ErrorAnswer {
    const { kind, message, field, code } = this;
    return { error: { kind, message, ...(field !== undefined && { field }), ...(code !== undefined && { code }) } };
  }
}

/** What the database cannot do at the moment, as an answer. */
export const unavailable = ({ code, message }: DatabaseUnavailable) =>
  new HttpError('unavailable', message, undefined, code, code === 'database-busy' ? 2 : 30);

export const badRequest = (message: string, field?: string) => new HttpError('bad-request', message, field);
export const notFound = (what: string) => new HttpError('not-found', `There is no ${what}`);
