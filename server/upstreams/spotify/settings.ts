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

export const SPOTIFY = 'Spotify';
