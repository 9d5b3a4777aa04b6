/**
 * How a request must authenticate: by the access token, as a bearer token or through the session cookie that signing in gives. And
 * what keeps other sites' pages out where no token is set.
 */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Redacted } from '../kit/redacted.ts';
import { HttpError } from '../kit/http/httpError.ts';

export const SESSION_COOKIE = 'aime_session';

const same = (one: string, other: string) => {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
};

/** What the session cookie carries: proof of having known the token, which changes when the token does. */
export const sessionFor = (token: Redacted): string =>
  createHmac('sha256', token.reveal()).update('aime session').digest('base64url');

export const isToken = (token: Redacted, offered: string): boolean => same(token.reveal(), offered);

/** Whether who asks has the access token, as a bearer token or as the session cookie; everybody has where none is set. */
export function hasToken(token: Redacted | undefined, c: Context): boolean {
  if (!token) return true;
  const bearer = /^bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined && isToken(token, bearer.trim())) return true;
  const cookie = getCookie(c, SESSION_COOKIE);
  return cookie !== undefined && same(sessionFor(token), cookie);
}

/** Authenticates a request by checking its access token: once one is set, every API route but the open ones needs it. */
export function requireToken(token: Redacted | undefined, isOpen: (c: Context) => boolean): MiddlewareHandler {
  return async (c, next) => {
    if (isOpen(c) || hasToken(token, c)) return next();
    throw new HttpError({ code: 'sign-in' });
  };
}

const loopbackNames = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i;
const nameOf = (host: string) => host.replace(/:\d+$/, '');

/**
 * Keeps other web sites out of a server that knows no password: a page elsewhere may not write here (CSRF: its Origin differs),
 * and a foreign name that was made to point at this machine may not read (DNS rebinding: its Host is not this machine's).
 */
export function refuseForeignPages(allowedOrigins: readonly string[], tokenSet: boolean): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (
      !tokenSet &&
      host !== '' &&
      !loopbackNames.test(nameOf(host)) &&
      !allowedOrigins.some((origin) => URL.canParse(origin) && new URL(origin).host === host)
    ) {
      throw new HttpError({ code: 'localhost-only', params: { host: nameOf(host) } });
    }
    const origin = c.req.header('origin');
    const writes = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method);
    if (
      writes &&
      origin !== undefined &&
      !allowedOrigins.includes(origin) &&
      (!URL.canParse(origin) || new URL(origin).host !== host)
    ) {
      throw new HttpError({ code: 'foreign-page' });
    }
    return next();
  };
}
