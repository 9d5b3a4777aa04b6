import type { Hono } from 'hono';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import { createApp, type AppOptions } from '../http/app.ts';
import { HttpError } from '../http/httpError.ts';
import { defineRoute } from '../http/route.ts';
import { recoveryRoutes, type RecoveryDesk } from '../http/routes/recovery.ts';
import { sessionRoutes } from '../http/routes/session.ts';
import { VERSION } from '../version.ts';

/** What is served while there is no library: the pages, health, and what can be done about it; everything else is answered with 503. */
export function recoveryApp(desk: RecoveryDesk, lost: { reason: RecoveryReason; message: string }, options: Omit<AppOptions, 'routes' | 'library' | 'gauges'>): Hono {
  const health = defineRoute({
    method: 'get',
    path: '/health',
    tag: 'House',
    summary: 'Says that the library is lost',
    open: true,
    handle: () => ({
      status: 'recovery', version: VERSION, uptimeSeconds: Math.floor(process.uptime()), checks: { library: 'failing' }, recovery: { reason: lost.reason },
    }),
  });
  return createApp({
    ...options,
    library: null,
    gauges: () => ({}),
    routes: [health, ...sessionRoutes(options.token), ...recoveryRoutes(desk)],
    otherwise: () => new HttpError('recovery', lost.message, undefined, lost.reason),
  });
}
