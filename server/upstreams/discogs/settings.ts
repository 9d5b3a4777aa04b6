import type { Redacted } from '#server/kit/redacted.ts';

export interface DiscogsSettings {
  /** The API: https://api.discogs.com */
  url: string;
  /** Where a person lets the application in: https://www.discogs.com/oauth/authorize */
  authorizeUrl: string;
  /** Whose public collection is read where nothing below lets in. */
  username?: string | undefined;
  /** A personal access token; goes before OAuth when both are there. */
  token?: Redacted | undefined;
  /** The application's key and secret, for the OAuth dance. */
  consumerKey?: Redacted | undefined;
  consumerSecret?: Redacted | undefined;
  /** What the dance gave: the person's access token. */
  oauthToken?: Redacted | undefined;
  oauthTokenSecret?: Redacted | undefined;
}

export const DISCOGS = 'Discogs';

/** How a request would be signed with these settings; null when Discogs would not know on whose behalf it comes. */
export function discogsAuthKind(settings: DiscogsSettings): 'token' | 'oauth' | null {
  if (settings.token) return 'token';
  return settings.consumerKey && settings.consumerSecret && settings.oauthToken && settings.oauthTokenSecret
    ? 'oauth'
    : null;
}
