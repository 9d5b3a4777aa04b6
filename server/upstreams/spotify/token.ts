import type { Clock } from '#server/kit/clock.ts';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import type { UpstreamRequest } from '#server/kit/http/upstreamHttp.ts';
import { upstreamUrl } from '#server/kit/http/upstreamUrl.ts';
import { notData, parseResponse } from '#server/kit/http/responseSchema.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { tokenError } from './errorMapping.ts';
import { SPOTIFY, type SpotifySettings } from './settings.ts';
import { TokenAnswer } from './schema.ts';

const HOUR_S = 3600;
/** No token is assumed to be valid for longer. */
const DAY_S = 86_400;
/** A token is not used in its last minute, so that it does not expire on the way. */
const MARGIN_MS = 60_000;

export interface TokenSource {
  /** The cached token, or a new one when it is about to expire. Callers at the same time share one request. */
  token(signal?: AbortSignal): Promise<Redacted>;
  /** A new token whatever the cached one's age. @returns when it expires, in milliseconds since the epoch. */
  refresh(signal?: AbortSignal): Promise<number>;
  /** Forgets `token`, unless a newer one has taken its place already. */
  expire(token: Redacted): void;
}

/** Tokens by client credentials: no person signs in, and there is no refresh token. */
export function tokenSource(
  settings: SpotifySettings,
  clock: Clock,
  send: (request: UpstreamRequest) => Promise<UpstreamAnswer>,
): TokenSource {
  let cached: { token: Redacted; expiresAt: number } | null = null;
  let asking: Promise<{ token: Redacted; expiresAt: number }> | null = null;

  async function ask(): Promise<{ token: Redacted; expiresAt: number }> {
    const { clientId, clientSecret } = settings;
    if (!clientId || !clientSecret) {
      throw new UpstreamError({
        upstream: SPOTIFY,
        kind: 'refused',
        code: 'no-credentials',
        message: "Spotify's client id and secret are not set",
      });
    }
    const answer = await send({
      url: upstreamUrl(SPOTIFY, settings.accountsUrl, 'api/token'),
      method: 'POST',
      repeatable: true,
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId.reveal()}:${clientSecret.reveal()}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      validate: (given) => tokenError(given, [clientId, clientSecret]) ?? notData(given),
    });
    const { access_token, expires_in } = parseResponse(SPOTIFY, TokenAnswer, answer.json());
    return { token: new Redacted(access_token), expiresAt: clock.now() + Math.min(expires_in ?? HOUR_S, DAY_S) * 1000 };
  }

  /** One request for all who wait; a caller that gives up leaves it to the others. */
  async function renew(signal?: AbortSignal) {
    asking ??= ask().finally(() => (asking = null));
    const fresh = await unlessAborted(asking, signal);
    cached = fresh;
    return fresh;
  }

  return {
    async token(signal) {
      if (cached && cached.expiresAt - MARGIN_MS > clock.now()) return cached.token;
      return (await renew(signal)).token;
    },
    refresh: async (signal) => (await renew(signal)).expiresAt,
    expire(token) {
      if (cached?.token === token) cached = null;
    },
  };
}

function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const give = () =>
      reject(
        new UpstreamError({
          upstream: SPOTIFY,
          kind: 'cancelled',
          message: 'The request to Spotify was cancelled',
          cause: signal.reason,
        }),
      );
    signal.addEventListener('abort', give, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
    if (signal.aborted) give();
  });
}
