import type { AnswerOf, Endpoint, Input } from '#shared/api/contract.ts';
import { call } from '../replica/apiClient.ts';

export { ApiError, type ApiErrorKind } from '../replica/apiClient.ts';

export interface ApiOptions {
  signal?: AbortSignal;
  /** Milliseconds; 15,000 by default. */
  timeout?: number;
  /** Statuses besides 2xx at which the answer is what was asked for. */
  also?: readonly number[];
}

type Given<E extends Endpoint> =
  Record<never, never> extends Input<E>
    ? [input?: Input<E>, options?: ApiOptions]
    : [input: Input<E>, options?: ApiOptions];

/**
 * Asks the server for what the replica cannot know: live state, settings, upstream actions.
 * `await api(getListen, { params: { id: 7 } })` is typed by the endpoint, both ways. An answer of a status that the endpoint names,
 * though it be no success, is an answer.
 *
 * @throws {ApiError} whose `kind` is a key of the translations.
 */
export function api<E extends Endpoint>(endpoint: E, ...[input, options]: Given<E>): Promise<AnswerOf<E>> {
  return call(endpoint, (input ?? {}) as Input<E>, options);
}
