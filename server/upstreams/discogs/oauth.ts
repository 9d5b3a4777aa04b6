import { randomBytes } from 'node:crypto';
import { nowSeconds, type Clock } from '#server/kit/clock.ts';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import { Redacted } from '#server/kit/redacted.ts';
import { DISCOGS, discogsAuthKind, type DiscogsSettings } from './settings.ts';

/** A token of the OAuth dance with its secret: the request's at first, then the person's own. */
export interface OAuthToken {
  token: Redacted;
  secret: Redacted;
}

export interface OAuthCredentials {
  consumerKey: Redacted;
  consumerSecret: Redacted;
  token?: OAuthToken;
  callback?: string;
  verifier?: string;
}

/**
 * An OAuth 1.0a header with a PLAINTEXT signature, which is the one Discogs documents: the two secrets, over HTTPS.
 * To be made anew for each request, since its nonce serves once.
 */
export function oauthHeader(credentials: OAuthCredentials, clock: Clock): string {
  const { consumerKey, consumerSecret, token, callback, verifier } = credentials;
  const signature = `${percent(consumerSecret.reveal())}&${percent(token?.secret.reveal() ?? '')}`;
  const fields = {
    oauth_consumer_key: consumerKey.reveal(),
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'PLAINTEXT',
    oauth_timestamp: String(nowSeconds(clock)),
    oauth_version: '1.0',
    oauth_token: token?.token.reveal(),
    oauth_callback: callback,
    oauth_verifier: verifier,
    oauth_signature: signature,
  };
  const written = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${percent(value)}"`],
  );
  return `OAuth ${written.join(', ')}`;
}

/** RFC 3986, as OAuth wants it (RFC 5849, 3.6): stricter than encodeURIComponent. */
function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** @throws UpstreamError `malformed` when the form-encoded answer holds no token. */
export function readToken(body: string): OAuthToken {
  const form = new URLSearchParams(body.trim());
  const token = form.get('oauth_token');
  const secret = form.get('oauth_token_secret');
  if (!token || !secret)
    throw new UpstreamError({ upstream: DISCOGS, kind: 'malformed', message: 'Discogs answered without a token' });
  return { token: new Redacted(token), secret: new Redacted(secret) };
}

/** @throws UpstreamError `refused` when the application's key or secret is not set. */
export function consumer(settings: DiscogsSettings): { consumerKey: Redacted; consumerSecret: Redacted } {
  const { consumerKey, consumerSecret } = settings;
  if (consumerKey && consumerSecret) return { consumerKey, consumerSecret };
  throw new UpstreamError({
    upstream: DISCOGS,
    kind: 'refused',
    code: 'no-consumer',
    message: "Discogs' consumer key and secret are not set",
  });
}

/** The Authorization header for an ordinary request: personal token first, then OAuth, then the application alone. */
export function authorization(settings: DiscogsSettings, clock: Clock): Record<string, string> {
  const { token, consumerKey, consumerSecret, oauthToken, oauthTokenSecret } = settings;
  const kind = discogsAuthKind(settings);
  if (kind === 'token' && token) return { authorization: `Discogs token=${token.reveal()}` };
  if (!consumerKey || !consumerSecret) return {};
  if (kind === 'oauth' && oauthToken && oauthTokenSecret) {
    return {
      authorization: oauthHeader(
        { consumerKey, consumerSecret, token: { token: oauthToken, secret: oauthTokenSecret } },
        clock,
      ),
    };
  }
  return { authorization: `Discogs key=${consumerKey.reveal()}, secret=${consumerSecret.reveal()}` };
}
