import type { ErrorKind } from '#shared/api/errors.ts';

/** What can go wrong on the way to the server; `kind` is a key of the translations. */
export type ApiErrorKind = ErrorKind | 'network' | 'timeout' | 'bad-answer';

/** A request the server refused, or that never reached it. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  /** What was wrong with the request, where the server named it. */
  readonly field: string | undefined;

  constructor(kind: ApiErrorKind, message: string, status = 0, field?: string) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
    this.field = field;
  }
}
