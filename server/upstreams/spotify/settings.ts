import { httpUrl, text } from '#server/kit/settingDefinition.ts';
import { spotify as shared } from '#shared/upstreams/spotify.ts';
import { defineUpstream } from '../upstream.ts';
import type { Redacted } from '#server/kit/redacted.ts';

export interface SpotifySettings {
  /** The Web API: https://api.spotify.com/v1 */
  url: string;
  /** Where tokens are given: https://accounts.spotify.com */
  accountsUrl: string;
  /** The person's own application; development mode needs its owner to have Premium. */
  clientId?: Redacted | undefined;
  clientSecret?: Redacted | undefined;
}

export const SPOTIFY = shared.name;

export const spotify = defineUpstream({
  settings: {
    'spotify.apiUrl': { env: 'SPOTIFY_API_URL', ...httpUrl, fallback: 'https://api.spotify.com/v1' },
    'spotify.accountsUrl': { env: 'SPOTIFY_ACCOUNTS_URL', ...httpUrl, fallback: 'https://accounts.spotify.com' },
    'spotify.clientId': { env: 'SPOTIFY_CLIENT_ID', schema: text, secret: true, inApp: true },
    'spotify.clientSecret': { env: 'SPOTIFY_CLIENT_SECRET', schema: text, secret: true, inApp: true },
  },
  pictureOrigins: ['spotify.apiUrl'],
  pictureHosts: ['i.scdn.co'],
});
