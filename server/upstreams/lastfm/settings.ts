import { UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Redacted } from '../../kit/redacted.ts';

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
      upstream: 'Last.fm',
      kind: 'refused',
      code: 'not-configured',
      message: WHAT_TO_DO[name],
    });
  return value as NonNullable<LastfmSettings[Name]>;
}
