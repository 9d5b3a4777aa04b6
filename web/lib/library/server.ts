import { request } from '../replica/wire.ts';

export { ApiError, type ApiErrorKind } from '../replica/wire.ts';

export interface ApiOptions {
  signal?: AbortSignal;
  /** Milliseconds; 15,000 by default. */
  timeout?: number;
  /** Statuses besides 2xx at which the answer is what was asked for. */
  also?: readonly number[];
}

/**
 * Requests to the server for what the replica cannot know: live state, settings, upstream actions. Paths are relative to
 * /api/v1: `api.get<Status>('/services/tracker/status')`. All throw `ApiError`, whose `kind` is a key of the translations.
 */
export const api = {
  get: <T>(path: string, options?: ApiOptions): Promise<T> => request<T>(path, options),
  post: <T>(path: string, body?: unknown, options?: ApiOptions): Promise<T> =>
    request<T>(path, { ...options, method: 'POST', body }),
  put: <T>(path: string, body?: unknown, options?: ApiOptions): Promise<T> =>
    request<T>(path, { ...options, method: 'PUT', body }),
  patch: <T>(path: string, body?: unknown, options?: ApiOptions): Promise<T> =>
    request<T>(path, { ...options, method: 'PATCH', body }),
  delete: <T>(path: string, options?: ApiOptions): Promise<T> => request<T>(path, { ...options, method: 'DELETE' }),
};
