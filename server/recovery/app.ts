import type { Hono } from 'hono';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import { createApp, type AppOptions } from '../http/app.ts';
import { HttpError, unavailable } from '../http/httpError.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { recoveryRoutes, type RecoveryDesk } from '../http/routes/recovery.ts';
import { sessionRoutes } from '../http/routes/session.ts';
import type { DatabaseUnavailable } from '../library/unavailable.ts';
import { VERSION } from '../version.ts';

type Options = Omit<AppOptions, 'routes' | 'library' | 'gauges'>;

/** What is served while there is no library: the pages, health, and what can be done about it; everything else is answered with 503. */
export const recoveryApp = (desk: RecoveryDesk, lost: { reason: RecoveryReason; message: string }, options: Options): Hono =>
  appWithout(
    { status: 'recovery', recovery: { reason: lost.reason } }, recoveryRoutes(desk), () => new HttpError({ code: lost.reason }, { message: lost.message }), options,
  );

/** What is served while a sound library cannot be opened yet: the pages and health; everything else is told when to ask again. */
export const waitingApp = (why: DatabaseUnavailable, options: Options): Hono => appWithout({ status: 'degraded' }, [], () => unavailable(why), options);

function appWithout(said: { status: string; recovery?: { reason: RecoveryReason } }, routes: readonly Route[], otherwise: () => HttpError, options: Options): Hono {
  const health = defineRoute({
    method: 'get',
    path: '/health',
    tag: 'House',
    summary: 'Says that there is no library to serve',
    open: true,
    handle: () => ({ ...said, version: VERSION, uptimeSeconds: Math.floor(process.uptime()), checks: { library: 'failing' } }),
  });
  return createApp({ ...options, library: null, gauges: () => ({}), routes: [health, ...sessionRoutes(options.token), ...routes], otherwise });
}
