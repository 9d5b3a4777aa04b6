import { deleteCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { HouseholdDocument } from '#shared/library/household.ts';
import type { Redacted } from '../../kit/redacted.ts';
import type { Library } from '../../library/contract.ts';
import { VERSION } from '../../version.ts';
import { isToken, SESSION_COOKIE, sessionFor } from '../auth.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const YEAR_SECONDS = 365 * 86_400;
const { id: _id, services: _services, ...household } = HouseholdDocument.entries;

export const houseRoutes = (library: Library, token: Redacted | undefined, ready: () => Promise<Record<string, 'ok' | 'failing'>>) => [
  defineRoute({
    method: 'get',
    path: '/health',
    tag: 'House',
    summary: 'Whether the server and its parts are well',
    open: true,
    answer: v.object({
      status: v.picklist(['ok', 'degraded']),
      version: v.string(),
      uptimeSeconds: v.number(),
      checks: v.record(v.string(), v.picklist(['ok', 'failing'])),
    }),
    async handle() {
      const checks = await ready();
      const well = Object.values(checks).every((check) => check === 'ok');
      return { status: well ? 'ok' : 'degraded', version: VERSION, uptimeSeconds: Math.floor(process.uptime()), checks };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/session',
    tag: 'House',
    summary: 'Exchange the access token for a session cookie',
    open: true,
    writes: false,
    body: v.object({ token: v.string() }),
    handle({ body, c }) {
      if (!token) return { needed: false };
      if (!isToken(token, body.token)) throw new HttpError('unauthorized', 'That is not the access token of the house', 'token');
      setCookie(c, SESSION_COOKIE, sessionFor(token), {
        httpOnly: true, sameSite: 'Strict', path: '/', maxAge: YEAR_SECONDS, secure: new URL(c.req.url).protocol === 'https:',
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
  defineRoute({
    method: 'get',
    path: '/household',
    tag: 'House',
    summary: 'What every device knows about the house',
    answer: HouseholdDocument,
    handle: () => library.household.get(),
  }),
  defineRoute({
    method: 'put',
    path: '/household',
    tag: 'House',
    summary: 'Change what the household agreed on (first run done, language)',
    body: v.strictObject({ firstRunDone: v.optional(household.firstRunDone), language: v.optional(household.language) }),
    answer: HouseholdDocument,
    handle({ body }) {
      library.household.update(body);
      return library.household.get();
    },
  }),
  defineRoute({
    method: 'get',
    path: '/devices',
    tag: 'House',
    summary: 'Devices that hold a replica and when each was last in step',
    answer: v.object({
      items: v.array(v.object({
        id: v.string(), name: v.nullable(v.string()), userAgent: v.nullable(v.string()), firstSeen: v.number(), lastSeen: v.number(), lastSeq: v.nullable(v.number()),
      })),
    }),
    handle: () => ({ items: library.devices.all() }),
  }),
  defineRoute({
    method: 'get',
    path: '/counts',
    tag: 'House',
    summary: 'How much the library holds',
    answer: v.object({
      artists: v.number(), albums: v.number(), owned: v.number(), tracks: v.number(), listens: v.number(), scrobbles: v.number(), playlists: v.number(),
    }),
    handle: () => library.reads.counts(),
  }),
];
