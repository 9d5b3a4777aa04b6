import type { RefusalCode } from '#shared/library/household.ts';
import { UpstreamError, type UpstreamErrorKind } from '../../kit/http/upstreamError.ts';
import type { UpstreamAnswer } from '../../kit/http/upstreamAnswer.ts';
import { retryAfterSeconds } from '../../kit/http/retryAfter.ts';
import { upstreamMessage } from '../../kit/http/responseSchema.ts';
import type { Redacted } from '../../kit/redacted.ts';
import { LASTFM } from './settings.ts';

/** What a request was about, so that its failure can be described in words that fit. */
export interface RequestContext {
  /** The user asked for, when error 6 means that this user does not exist. */
  user?: string;
  /** The album or artist asked for, when error 6 means that Last.fm does not have it. */
  subject?: string;
  /** Texts that an answer may repeat and that nobody may read. */
  secrets: readonly (Redacted | undefined)[];
  now: number;
}

/** Last.fm gives no figure with error 29; its advice is minutes. */
const PAUSE_SECONDS = 120;

/** Its own error numbers (last.fm/api/errorcodes), which say more than the HTTP status and may come with 200. */
const KNOWN: Record<number, [UpstreamErrorKind, string, RefusalCode?]> = {
  4: ['refused', 'Last.fm did not accept the sign-in: connect your account again in Settings', 'account-refused'],
  8: ['broken', 'Last.fm has a problem of its own (error 8) and will be asked again'],
  9: [
    'refused',
    'Last.fm no longer accepts the connection to your account: connect it again in Settings',
    'account-refused',
  ],
  10: ['refused', 'Last.fm does not know the API key: check it in Settings'],
  11: ['broken', 'Last.fm is offline for the moment (error 11) and will be asked again'],
  13: [
    'refused',
    'Last.fm did not accept the signature: the shared secret does not belong to the API key, check both in Settings',
    'secret-refused',
  ],
  14: [
    'refused',
    'The connection was not approved on Last.fm: connect your account again and allow access there',
    'account-refused',
  ],
  15: ['refused', 'The approval on Last.fm has expired: connect your account again in Settings', 'account-refused'],
  16: ['broken', 'Last.fm could not answer just now (error 16) and will be asked again'],
  17: [
    'refused',
    'This Last.fm user keeps recent listening private: connect that account in Settings, or show recent listening in its privacy settings on Last.fm',
    'history-private',
  ],
  26: ['refused', 'Last.fm has suspended the API key: create another on last.fm/api and enter it in Settings'],
  29: ['rate-limited', 'Last.fm asks for a pause: it was asked too often from this address'],
};

/** Error 6 is "invalid parameters" as often as "no such thing". */
const ABOUT_PARAMETERS = /out of bounds|invalid param|missing|required param/i;

/**
 * What an answer says went wrong: Last.fm's own error number first, a body that is no data second.
 * @returns null when it carries data, or when only its status shows the failure.
 */
export function lastfmError(answer: UpstreamAnswer, context: RequestContext): UpstreamError | null {
  let body: unknown;
  try {
    body = answer.json();
  } catch (error) {
    return answer.status < 400 && error instanceof UpstreamError ? error : null;
  }
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  const code = Number(body.error);
  if (!Number.isInteger(code) || code === 0) return null;
  const said = upstreamMessage(
    'message' in body && typeof body.message === 'string' ? body.message : '',
    context.secrets,
  );
  const [kind, message, refuses] = explain(code, said, answer.status, context);
  const pause = retryAfterSeconds(answer.headers.get('retry-after'), context.now) ?? PAUSE_SECONDS;
  return new UpstreamError({
    upstream: LASTFM,
    kind,
    message,
    code,
    status: answer.status,
    ...(refuses !== undefined && { refuses }),
    ...(kind === 'rate-limited' ? { retryAfterSeconds: pause } : {}),
  });
}

function explain(
  code: number,
  said: string,
  status: number,
  { user, subject }: RequestContext,
): (typeof KNOWN)[number] {
  const known = KNOWN[code];
  if (known) return known;
  if ((code === 6 || code === 7) && !ABOUT_PARAMETERS.test(said)) {
    if (user !== undefined) {
      return [
        'not-found',
        `Last.fm knows no user “${user}”, or none that ever listened: check the name in Settings (a renamed account has a new one)`,
        'user-unknown',
      ];
    }
    if (subject !== undefined) return ['not-found', `Last.fm does not have ${subject}`];
  }
  const suffix = said === '' ? '' : `: ${said}`;
  if (status >= 500) return ['broken', `Last.fm has a problem of its own (error ${code})${suffix}`];
  return ['bad-request', `Last.fm did not accept the request (error ${code})${suffix}`];
}
