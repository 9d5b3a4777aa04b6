import * as v from 'valibot';
import { pathOf } from '#shared/api/address.ts';
import { API_BASE, type AnswerOf, type Endpoint, type Input } from '#shared/api/contract.ts';
import { ErrorAnswer, type ErrorKind, type ErrorParams } from '#shared/errors/errors.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#shared/sync/protocol.ts';

/** What can go wrong on the way to the server; keys of the translations. */
export type ApiErrorKind = ErrorKind | 'network' | 'timeout' | 'bad-answer';

interface ErrorDetails {
  field?: string | undefined;
  code?: string | undefined;
  params?: ErrorParams | undefined;
}

/** A request the server refused, or that never reached it. */
export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  /** The answer's status; 0 when there was none. */
  readonly status: number;
  /** What was wrong with the request, where the server named it. */
  readonly field: string | undefined;
  /** The case, as the server named it: a key of the translations. */
  readonly code: string | undefined;
  /** What the case's sentence names. */
  readonly params: ErrorParams | undefined;

  constructor(kind: ApiErrorKind, message: string, status = 0, { field, code, params }: ErrorDetails = {}) {
    super(message);
    this.name = 'ApiError';
    this.kind = kind;
    this.status = status;
    this.field = field;
    this.code = code;
    this.params = params;
  }
}

/** An error answer in AIME's shape; a server from before every error had a code is understood too. */
const { entries } = ErrorAnswer.entries.error;
const AnyErrorAnswer = v.object({ error: v.object({ ...entries, code: v.optional(entries.code) }) });

/** What is stored of why something was refused: its case, where the case's sentence names nothing that would have to be stored too; else its kind. */
export const reasonOf = ({ kind, code, params }: ApiError): string =>
  code !== undefined && params === undefined ? code : kind;

export interface RequestOptions {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Milliseconds until the answer is complete; 15,000 by default, 0 for a stream. */
  timeout?: number;
  /** Statuses besides 2xx at which the answer is what was asked for, as of health while the server is not ready. */
  also?: readonly number[];
}

/** By what is in front of the server where it cannot be reached; nobody's refusal. */
const UNREACHED = [502, 503, 504];

/**
 * Asks the server. Paths are relative to /api/v1.
 *
 * @throws {ApiError} for everything but a success; `network` when nothing answered, `bad-answer` when something else than AIME did.
 * @throws the signal's reason when the caller gave up.
 */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, headers = {}, signal, timeout = 15_000 } = options;
  const late = timeout > 0 ? AbortSignal.timeout(timeout) : undefined;
  const signals = [signal, late].filter((each) => each !== undefined);
  let response: Response;
  try {
    response = await fetch(API_BASE + path, {
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
  if (response.ok || options.also?.includes(response.status)) return response;
  let answer: string;
  try {
    answer = await response.text();
  } catch (error) {
    throw asApiError(error, signal, late);
  }
  throw refusal(response, answer);
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

/**
 * Asks an endpoint of the contract, typed by it both ways. An answer of a status that it names, though it be no success, is an answer;
 * errors as for {@link request}. What the server says is not checked: a caller whose server may be of another version does so itself.
 */
export function call<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  options: Omit<RequestOptions, 'method' | 'body'> = {},
): Promise<AnswerOf<E>> {
  const { body } = input as { body?: unknown };
  const also = Object.keys(endpoint.answers).map(Number);
  return request(pathOf(endpoint, input), { also, ...options, method: endpoint.method.toUpperCase(), body });
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

/**
 * What the server said. Only an answer in AIME's own shape is AIME's: a filter, a portal or a reverse proxy in front of it answers
 * with pages and statuses of its own, which say nothing of what was asked.
 */
function refusal({ status, statusText }: Response, answer: string): ApiError {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), AnyErrorAnswer), answer);
  if (!parsed.success) {
    return new ApiError(
      UNREACHED.includes(status) ? 'unavailable' : 'bad-answer',
      `Something in front of the server answered: ${status} ${statusText}`,
      status,
    );
  }
  const { error } = parsed.output;
  return new ApiError(error.kind, error.message, status, error);
}
