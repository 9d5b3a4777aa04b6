import type { Hono } from 'hono';
import type { DatabaseCode } from '#shared/api/health.ts';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import { createApp, type AppOptions } from '../http/app.ts';
import { HttpError, unavailable } from '../http/httpError.ts';
import { hasToken } from '../http/auth.ts';
import type { Route } from '../http/route.ts';
import { healthRoutes } from '../http/routes/health.ts';
import { recoveryRoutes, type RecoveryDesk } from '../http/routes/recovery.ts';
import { sessionRoutes } from '../http/routes/session.ts';
import type { DatabaseUnavailable } from '../library/unavailable.ts';

type Options = Omit<AppOptions, 'routes' | 'library' | 'gauges'>;

/** What is served while there is no library: the pages, health, and what can be done about it; everything else is answered with 503. */
export const recoveryApp = (desk: RecoveryDesk, lost: { reason: RecoveryReason; message: string }, options: Options): Hono =>
  appWithout(
    'recovery', recoveryRoutes(desk), () => new HttpError({ code: lost.reason }, { message: lost.message }), options, lost.reason,
  );

/** What is served while a sound library cannot be opened yet: the pages and health; everything else is told when to ask again. */
export const waitingApp = (why: DatabaseUnavailable, options: Options): Hono => appWithout(why.code, [], () => unavailable(why), options);

/** @param code why there is no library; it is not ready as long as this is served. */
function appWithout(code: DatabaseCode, routes: readonly Route[], otherwise: () => HttpError, options: Options, lost?: RecoveryReason): Hono {
  const source = {
    parts: () => Promise.resolve({ database: { state: 'failing' as const, code } }),
    ready: () => Promise.resolve({ ready: false, code }),
    ...(lost !== undefined && { recovery: { reason: lost } }),
  };
  const health = healthRoutes(source, (c) => hasToken(options.token, c));
  return createApp({ ...options, library: null, gauges: () => Promise.resolve([]), routes: [...health, ...sessionRoutes(options.token), ...routes], otherwise });
}
