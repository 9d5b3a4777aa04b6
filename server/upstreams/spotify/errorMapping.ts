import * as v from 'valibot';
import { UpstreamError } from '#server/kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '#server/kit/http/upstreamAnswer.ts';
import { jsonIfAny, upstreamMessage } from '#server/kit/http/responseSchema.ts';
import type { Redacted } from '#server/kit/redacted.ts';
import { SPOTIFY } from './settings.ts';
import { Complaint, TokenComplaint } from './schema.ts';

type Secrets = readonly (Redacted | undefined)[];

const isOurs = (status: number) => status >= 400 && status < 500;

/** The error in an answer of the accounts service, `{error, error_description}`; null when it is none. */
export function tokenError(answer: UpstreamAnswer, secrets: Secrets): UpstreamError | null {
  const { status } = answer;
  if (!isOurs(status)) return null;
  const body = v.safeParse(TokenComplaint, jsonIfAny(answer.text()));
  const code = body.success ? upstreamMessage(body.output.error, secrets) : undefined;
  const wrongClient = code === 'invalid_client' || code === 'unauthorized_client' || status === 401 || status === 403;
  return new UpstreamError({
    upstream: SPOTIFY,
    kind: wrongClient ? 'refused' : 'bad-request',
    status,
    ...(code !== undefined && { code }),
    message: wrongClient
      ? 'Spotify does not accept the client id or its secret'
      : `Spotify gave no token (${code ?? `status ${status}`})`,
  });
}

export const TOKEN_EXPIRED = 'token-expired';

/** The error in an answer of the Web API, `{error: {status, message}}` or the plain text of a lapsed Premium; null when it is none. */
export function apiError(answer: UpstreamAnswer, secrets: Secrets): UpstreamError | null {
  const { status } = answer;
  if (!isOurs(status)) return null;
  const text = answer.text();
  if (status === 403 && /premium/i.test(text)) {
    return new UpstreamError({
      upstream: SPOTIFY,
      kind: 'refused',
      status,
      code: 'premium-required',
      refuses: 'premium-needed',
      message:
        'Spotify answers only while the owner of the app has Premium; after it is renewed this can take a few hours',
    });
  }
  const body = v.safeParse(Complaint, jsonIfAny(text));
  const said = body.success ? `: ${upstreamMessage(body.output.error.message, secrets)}` : '';
  if (status === 401)
    return new UpstreamError({
      upstream: SPOTIFY,
      kind: 'refused',
      status,
      code: TOKEN_EXPIRED,
      message: `Spotify refused the token${said}`,
    });
  if (status === 403)
    return new UpstreamError({
      upstream: SPOTIFY,
      kind: 'refused',
      status,
      message: `Spotify refused the request${said}`,
    });
  if (status === 404)
    return new UpstreamError({ upstream: SPOTIFY, kind: 'not-found', status, message: 'Spotify does not have this' });
  return new UpstreamError({
    upstream: SPOTIFY,
    kind: 'bad-request',
    status,
    message: `Spotify did not accept the request (${status})${said}`,
  });
}

/** An hour, in seconds: a used-up quota does not come back in the minute that a missing Retry-After stands for. */
const QUOTA_PAUSE = 3600;

/** A 429 whose body says that the developer's whole quota is used up: rather longer than the header may ask. */
export function quotaError(error: UpstreamError): UpstreamError | null {
  if (error.kind !== 'rate-limited' || typeof error.cause !== 'string' || !error.cause.includes('QUOTA_EXCEEDED'))
    return null;
  return new UpstreamError({
    upstream: SPOTIFY,
    kind: 'rate-limited',
    status: 429,
    code: 'quota-exceeded',
    retryAfterSeconds: Math.max(error.retryAfterSeconds ?? 0, QUOTA_PAUSE),
    message: "The Spotify developer account's quota, shared by all its apps, is used up for now",
    cause: error,
  });
}
