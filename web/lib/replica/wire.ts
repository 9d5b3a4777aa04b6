import * as v from 'valibot';
import { ErrorAnswer, type ErrorKind } from '#shared/api/errors.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#shared/sync/protocol.ts';

const API = '/api/v1';

/** What can go wrong on the way to the server; keys of the translations. */
export type ApiErrorKind = ErrorKind | 'network' | 'timeout' | 'bad-answer';

/** A request the server refused, or that never reached it. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  /** The answer's status; 0 when there was none. */
  readonly status: number;
  /** What was wrong with the request, where the server named it. */
  readonly field: string | undefined;
  /** Says more than the kind, where a kind has several cases. */
  readonly code: string | undefined;

  constructor(kind: ApiErrorKind, message: string, status = 0, field?: string, code?: string) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
    this.field = field;
    this.code = code;
  }
}

export interface RequestOptions {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Milliseconds until the answer is complete; 15,000 by default, 0 for a stream. */
  timeout?: number;
}

const KIND_OF_STATUS: Record<number, ErrorKind> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  426: 'upgrade-required',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/**
 * Asks the server. Paths are relative to /api/v1.
 *
 * @throws {ApiError} for everything but a success; `network` when nothing answered.
 * @throws the signal's reason when the caller gave up.
 */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, headers = {}, signal, timeout = 15_000 } = options;
  const late = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
  const signals = [signal, late].filter((each) => each !== undefined);
  let response: Response;
  try {
    response = await fetch(API + path, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      credentials: 'same-origin',
    });
  } catch (error) {
    throw asApiError(error, signal, late);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/** Asks for JSON; an empty answer gives `undefined`. Errors as for {@link send}, and `bad-answer` for what is no JSON. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw asApiError(error, options.signal);
  }
  if (text === '') return undefined as T;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError('bad-answer', `${path} answered with something other than JSON`, response.status);
  }
}

function asApiError(error: unknown, given?: AbortSignal, late?: AbortSignal): unknown {
  if (given?.aborted) return given.reason;
  if (late?.aborted || (error instanceof DOMException && error.name === 'TimeoutError')) {
    return new ApiError('timeout', 'The server took too long to answer');
  }
  return error instanceof TypeError || error instanceof DOMException
    ? new ApiError('network', 'The server could not be reached')
    : error;
}

async function refusal(response: Response): Promise<ApiError> {
  const kind = KIND_OF_STATUS[response.status] ?? 'internal';
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (error) {
    // A proxy's page instead of the server's own answer: the status says what there is to know.
    return new ApiError(kind, error instanceof Error ? response.statusText : String(error), response.status);
  }
  const parsed = v.safeParse(ErrorAnswer, answer);
  if (!parsed.success) return new ApiError(kind, response.statusText, response.status);
  const { error } = parsed.output;
  return new ApiError(error.kind, error.message, response.status, error.field, error.code);
}
