import { httpUrl, text } from '#server/kit/settingDefinition.ts';
import { discogs as shared } from '#shared/upstreams/discogs.ts';
import { defineUpstream } from '../upstream.ts';
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

export const DISCOGS = shared.name;

/** How a request would be signed with these settings; null when Discogs would not know on whose behalf it comes. */
export function discogsAuthKind(settings: DiscogsSettings): 'token' | 'oauth' | null {
  if (settings.token) return 'token';
  return settings.consumerKey && settings.consumerSecret && settings.oauthToken && settings.oauthTokenSecret
    ? 'oauth'
    : null;
}

export const discogs = defineUpstream({
  settings: {
    'discogs.url': { env: 'DISCOGS_URL', ...httpUrl, fallback: 'https://api.discogs.com' },
    'discogs.authorizeUrl': {
      env: 'DISCOGS_AUTHORIZE_URL',
      ...httpUrl,
      fallback: 'https://www.discogs.com/oauth/authorize',
    },
    'discogs.username': { env: 'DISCOGS_USERNAME', schema: text, inApp: true },
    'discogs.token': { env: 'DISCOGS_TOKEN', schema: text, secret: true, inApp: true },
    'discogs.consumerKey': { env: 'DISCOGS_CONSUMER_KEY', schema: text, secret: true, inApp: true },
    'discogs.consumerSecret': { env: 'DISCOGS_CONSUMER_SECRET', schema: text, secret: true, inApp: true },
    'discogs.oauthToken': { env: 'DISCOGS_OAUTH_TOKEN', schema: text, secret: true, inApp: true },
    'discogs.oauthTokenSecret': { env: 'DISCOGS_OAUTH_TOKEN_SECRET', schema: text, secret: true, inApp: true },
  },
  pictureOrigins: ['discogs.url'],
  pictureHosts: ['i.discogs.com', 'img.discogs.com', 'st.discogs.com'],
});
