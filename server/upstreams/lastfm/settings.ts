import { lastfm as shared } from '#shared/upstreams/lastfm.ts';
import { httpUrl, onOrOff, text, whole } from '../../kit/settingDefinition.ts';
import { UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Redacted } from '../../kit/redacted.ts';
import { defineUpstream } from '../upstream.ts';

export const LASTFM = shared.name;

/** What a person configures to connect Last.fm. Without a key nothing can be asked; without a session nothing can be written. */
export interface LastfmSettings {
  /** The API's one address. */
  url: string;
  /** The page on which a person allows the application to act for them. */
  authUrl: string;
  apiKey?: Redacted;
  /** Needed for whatever is signed: connecting an account, loving, scrobbling, reading a private history. */
  apiSecret?: Redacted;
  /** Whose history is read. */
  username?: string;
  /** Stands for the connected account; it does not expire. */
  sessionKey?: Redacted;
}

const WHAT_TO_DO = {
  apiKey: 'Last.fm needs an API key: create one on last.fm/api and enter it in Settings',
  apiSecret: 'Last.fm needs the shared secret that came with the API key: enter it in Settings',
  username: 'It is not known whose Last.fm history to read: enter the user name in Settings',
  sessionKey: 'Your Last.fm account is not connected: connect it in Settings, then this can be sent',
} as const;

/**
 * A setting without which the request makes no sense.
 * @throws UpstreamError `refused` with code `not-configured`, saying what to enter.
 */
export function required<Name extends keyof typeof WHAT_TO_DO>(
  settings: LastfmSettings,
  name: Name,
): NonNullable<LastfmSettings[Name]> {
  const value = settings[name];
  if (value === undefined)
    throw new UpstreamError({
      upstream: LASTFM,
      kind: 'refused',
      code: 'not-configured',
      message: WHAT_TO_DO[name],
    });
  return value;
}

export const lastfm = defineUpstream({
  settings: {
    'lastfm.url': { env: 'LASTFM_URL', ...httpUrl, fallback: 'https://ws.audioscrobbler.com/2.0/' },
    'lastfm.authUrl': { env: 'LASTFM_AUTH_URL', ...httpUrl, fallback: 'https://www.last.fm/api/auth/' },
    'lastfm.apiKey': { env: 'LASTFM_API_KEY', schema: text, secret: true, inApp: true },
    'lastfm.apiSecret': { env: 'LASTFM_API_SECRET', schema: text, secret: true, inApp: true },
    'lastfm.username': { env: 'LASTFM_USERNAME', schema: text, inApp: true },
    'lastfm.sessionKey': { env: 'LASTFM_SESSION_KEY', schema: text, secret: true, inApp: true },
    'lastfm.pollSeconds': { env: 'LASTFM_POLL_SECONDS', ...whole(1, 86_400), fallback: 150, inApp: true },
    /** Last.fm asks applications to stay at about one request a second. */
    'lastfm.requestsPerMinute': { env: 'LASTFM_REQUESTS_PER_MINUTE', ...whole(1, 60_000), fallback: 60, inApp: true },
    'lastfm.scrobbleManual': { schema: onOrOff, fallback: false, inApp: true },
  },
  pictureOrigins: ['lastfm.url'],
  pictureHosts: ['lastfm.freetls.fastly.net', 'lastfm-img2.akamaized.net'],
});
