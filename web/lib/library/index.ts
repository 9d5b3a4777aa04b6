import type { Actions, Albums, Artists, Household, Journal, Live, Playlists, Search, Session, Sync, Tracks } from './types.ts';

export type * from './types.ts';
export { ApiError, type ApiErrorKind } from './server.ts';

/** Requests to the server for what the replica cannot know. Paths are relative to /api/v1: `api.get<Status>('/services/tracker/status')`. */
export interface Api {
  get<T>(path: string, options?: ApiOptions): Promise<T>;
  post<T>(path: string, body?: unknown, options?: ApiOptions): Promise<T>;
  put<T>(path: string, body?: unknown, options?: ApiOptions): Promise<T>;
  patch<T>(path: string, body?: unknown, options?: ApiOptions): Promise<T>;
  delete<T>(path: string, options?: ApiOptions): Promise<T>;
}

export interface ApiOptions {
  signal?: AbortSignal;
  /** Milliseconds; 15,000 by default. */
  timeout?: number;
}

const opening = <T>(part: string): T =>
  new Proxy({}, { get: () => { throw new Error(`${part}: call session.start() first`); } }) as T;

export const session = opening<Session>('session');
export const sync = opening<Sync>('sync');
export const journal = opening<Journal>('journal');
export const albums = opening<Albums>('albums');
export const artists = opening<Artists>('artists');
export const tracks = opening<Tracks>('tracks');
export const playlists = opening<Playlists>('playlists');
export const actions = opening<Actions>('actions');
export const live = opening<Live>('live');
export const household = opening<Household>('household');
export const search = opening<Search>('search');
export const api = opening<Api>('api');
