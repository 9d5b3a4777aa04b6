import { deleteCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import type { Redacted } from '../../kit/redacted.ts';
import { isToken, SESSION_COOKIE, sessionFor } from '../auth.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const YEAR_SECONDS = 365 * 86_400;

export const sessionRoutes = (token: Redacted | undefined) => [
  defineRoute({
    method: 'post',
    path: '/session',
    errors: ['wrong-token'],
    tag: 'House',
    summary: 'Exchange the access token for a session cookie',
    open: true,
    writes: false,
    body: v.object({ token: v.string() }),
    handle({ body, c }) {
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
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/session',
    tag: 'House',
    summary: 'Forget the session cookie',
    open: true,
    writes: false,
    handle({ c }) {
      deleteCookie(c, SESSION_COOKIE, { path: '/' });
      return { needed: token !== undefined };
    },
  }),
];
