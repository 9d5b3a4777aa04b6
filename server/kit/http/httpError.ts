import { errorCodes, messageOf, type CodedError, type ErrorCode } from '#shared/errors/errorCodes.ts';
import type { ErrorAnswer, ErrorKind, ErrorParams } from '#shared/errors/errors.ts';

/** The status that an error of each kind is answered with. */
export const statusOf: Record<ErrorKind, number> = {
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

interface Details {
  /** What was wrong with the request. */
  field?: string | undefined;
  /** Says more than the code's own message to whoever reads the API. */
  message?: string;
  /** When to ask again. */
  retryAfterSeconds?: number;
}

/** An answer that is an error: a registered case with what its sentence names, and the field that was wrong. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  constructor(problem: CodedError, { field, message, retryAfterSeconds }: Details = {}) {
    super(message ?? messageOf(problem));
    this.code = problem.code;
    this.params = problem.params;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
  }
  get kind(): ErrorKind {
    return errorCodes[this.code][0];
  }
  get status(): number {
    return statusOf[this.kind];
  }
  body(): ErrorAnswer {
    const { kind, code, message, field, params } = this;
    return {
      error: { kind, code, message, ...(field !== undefined && { field }), ...(params !== undefined && { params }) },
    };
  }
}
