import { deleteCookie, setCookie } from 'hono/cookie';
import { createSession, deleteSession } from '#shared/api/session.ts';
import type { Redacted } from '../../kit/redacted.ts';
import { isToken, SESSION_COOKIE, sessionFor } from '../auth.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

const YEAR_SECONDS = 365 * 86_400;

/** To sign in (login), the access token is exchanged for the session cookie; to sign out (logout), the cookie is deleted. */
export const sessionRoutes = (token: Redacted | undefined) => [
  route(createSession, ({ body, c }) => {
    if (!token) return { needed: false };
    if (!isToken(token, body.token)) throw new HttpError({ code: 'wrong-token' }, { field: 'token' });
    setCookie(c, SESSION_COOKIE, sessionFor(token), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: YEAR_SECONDS,
      secure: new URL(c.req.url).protocol === 'https:',
    });
    return { needed: true };
  }),
  route(deleteSession, ({ c }) => {
    deleteCookie(c, SESSION_COOKIE, { path: '/' });
    return { needed: token !== undefined };
  }),
];
