import type { Hono } from 'hono';
import type { DatabaseCode } from '#shared/api/health.ts';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import { diskHealth } from '../health/disk.ts';
import { healthFamilies } from '../health/healthMetrics.ts';
import { createHttpApp, type HttpAppOptions } from '../http/app.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { unavailable } from '../http/refusals.ts';
import { hasToken } from '../http/auth.ts';
import type { Route } from '../http/route.ts';
import type { OpeningCode } from '../http/routeErrors.ts';
import { healthRoutes } from '../http/routes/health.ts';
import { recoveryRoutes } from '../http/routes/recovery.ts';
import type { RecoveryActions } from '../http/recoveryActions.ts';
import { withReference } from '../http/routes/reference.ts';
import { sessionRoutes } from '../http/routes/session.ts';
import type { DatabaseUnavailable } from '../library/api/unavailable.ts';

type Options = Omit<HttpAppOptions, 'routes' | 'library' | 'gauges'> & {
  /** Where the library's file is, or should be. */
  libraryFile: string;
};

/** When it is worth asking again. */
const OPENING_SECONDS: Record<OpeningCode, number> = { starting: 2, migrating: 5 };

/** What is served while there is no library: the pages, health, and what can be done about it; everything else is answered with 503. */
export const recoveryApp = (
  actions: RecoveryActions,
  lost: { reason: RecoveryReason; message: string },
  options: Options,
): Hono =>
  appWithout(
    'recovery',
    recoveryRoutes(actions),
    () => new HttpError({ code: lost.reason }, { message: lost.message }),
    options,
    lost.reason,
  );

/** What is served while a sound library cannot be opened yet: the pages and health; everything else is answered when to ask again. */
export const waitingApp = (why: DatabaseUnavailable, options: Options): Hono =>
  appWithout(why.code, [], () => unavailable(why), options);

/** What is served from the start of the process until the library is open: the pages and health; everything else is answered when to ask again. */
export const openingApp = (code: OpeningCode, options: Options): Hono =>
  appWithout(code, [], () => new HttpError({ code }, { retryAfterSeconds: OPENING_SECONDS[code] }), options);

/** @param code why there is no library; it is not ready as long as this is served. */
function appWithout(
  code: DatabaseCode,
  routes: readonly Route[],
  otherwise: () => HttpError,
  { libraryFile, ...options }: Options,
  lost?: RecoveryReason,
): Hono {
  const parts = async () => ({ database: { state: 'failing' as const, code }, disk: await diskHealth(libraryFile) });
  const source = {
    parts,
    ready: () => Promise.resolve({ ready: false, code }),
    ...(lost !== undefined && { recovery: { reason: lost } }),
  };
  const health = healthRoutes(source, (c) => hasToken(options.token, c));
  const gauges = async () => healthFamilies(await parts());
  return createHttpApp({
    ...options,
    library: null,
    gauges,
    routes: withReference([...health, ...sessionRoutes(options.token), ...routes], gauges),
    otherwise,
  });
}
