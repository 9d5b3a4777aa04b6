import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import {
  CLOCK_OFFSET_HEADER,
  DEVICE_HEADER,
  NOW_HEADER,
  OLDEST_PROTOCOL,
  PROTOCOL_HEADER,
} from '#shared/sync/protocol.ts';
import { cut } from '#shared/text/cut.ts';
import { wellFormed } from '#shared/text/wellFormed.ts';
import { ConfigError } from '../config.ts';
import { isUpstreamError } from '../kit/http/upstreamError.ts';
import type { Log } from '../kit/log.ts';
import { problemOf } from '../kit/problemOf.ts';
import type { Redacted } from '../kit/redacted.ts';
import { turn } from '../kit/turns.ts';
import type { Library } from '../library/api/library.ts';
import { isDatabaseUnavailable } from '../library/api/unavailable.ts';
import { refuseForeignPages, requireToken } from './auth.ts';
import { refuseLargeBody } from './body.ts';
import { AnswerMismatch, checkError, checkSent, isChecked } from './checkAnswer.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { refusedSetting, unavailable } from './refusals.ts';
import type { Family } from '../kit/meters/exposition.ts';
import { answerMetrics } from './metrics.ts';
import { noteRequest } from './requestMeters.ts';
import { API_BASE, mountRoutes, type Route, routeFinder } from './route.ts';
import { staticFiles } from './staticFiles.ts';

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where Prometheus looks by itself: what `getMetrics` answers below the API's base. */
const METRICS = '/metrics';

export interface HttpAppOptions {
  routes: readonly Route[];
  /** Null while it is lost. */
  library: Library | null;
  token: Redacted | undefined;
  corsOrigins: readonly string[];
  /** Folder of the built pages. */
  webRoot: string;
  log: Log;
  /** What Prometheus reads beside what the process counts. */
  gauges: () => Promise<readonly Family[]>;
  /** Cache invalidation: a request changed something, and what others have been answered may be another by now. */
  changed?: () => void;
  /** What a request of the API is answered that no route is for; by default that there is nothing. */
  otherwise?: () => HttpError;
}

/** The whole HTTP surface: guards, the API's routes, the metrics where Prometheus looks for them, the built app. */
export function createHttpApp(options: HttpAppOptions): Hono {
  const { routes, library, token, log } = options;
  const app = new Hono();
  const open = new Set(routes.filter((route) => route.open).map((route) => API_BASE + route.path));

  /** Where answers are checked: the route that a request is for. */
  const routeOf = isChecked ? routeFinder(routes) : () => undefined;

  app.onError((error, c) => {
    if (error instanceof AnswerMismatch && process.env.NODE_ENV === 'test') throw error;
    // What another service answered or did not is no fault of this server: it is passed on in that service's words.
    const mappedError = isUpstreamError(error)
      ? new HttpError(problemOf(error), { message: error.message })
      : isDatabaseUnavailable(error)
        ? unavailable(error)
        : error instanceof ConfigError
          ? refusedSetting(error)
          : error;
    if (mappedError instanceof HttpError) {
      const route = routeOf(c);
      if (route !== undefined) checkError(route, mappedError);
      if (mappedError.retryAfterSeconds !== undefined) c.header('retry-after', String(mappedError.retryAfterSeconds));
      return c.json(mappedError.body(), mappedError.status as 400);
    }
    log.error('request failed', { method: c.req.method, path: c.req.path, error, stack: error.stack });
    return c.json(new HttpError({ code: 'internal' }).body(), 500);
  });
  app.notFound((c) =>
    c.json(new HttpError({ code: 'unknown-path', params: { path: cut(wellFormed(c.req.path), 200) } }).body(), 404),
  );

  app.use('/api/*', async (c: Context, next) => {
    const started = performance.now();
    // Requests that came together are answered one in each round of the event loop.
    await turn();
    await next();
    const route = routeOf(c);
    if (route !== undefined) checkSent(route, c.res);
    if (isChange(c.req.method, c.req.path, c.res.status)) options.changed?.();
    noteRequest(c.req.method, c.req.routePath, c.res.status, (performance.now() - started) / 1000);
    c.res.headers.set('x-content-type-options', 'nosniff');
  });
  if (options.corsOrigins.length > 0) {
    app.use(
      '/api/*',
      cors({
        origin: [...options.corsOrigins],
        credentials: true,
        allowHeaders: [
          'authorization',
          'content-type',
          PROTOCOL_HEADER,
          DEVICE_HEADER,
          NOW_HEADER,
          CLOCK_OFFSET_HEADER,
        ],
      }),
    );
  }
  app.use('/api/*', refuseForeignPages(options.corsOrigins, token !== undefined));
  app.use(
    '/api/*',
    requireToken(token, (c) => open.has(c.req.path)),
  );
  app.use(
    METRICS,
    refuseForeignPages(options.corsOrigins, token !== undefined),
    requireToken(token, () => false),
  );
  app.use('/api/*', refuseLargeBody);
  app.use('/api/*', compressed);
  for (const { method, path } of routes.filter((route) => route.etag))
    app.on(method.toUpperCase(), API_BASE + path, etag({ weak: true }));
  app.use(`${API_BASE}/sync/*`, async (c, next) => {
    const stated = c.req.header(PROTOCOL_HEADER);
    if (stated !== undefined && /^\d+$/.test(stated) && Number(stated) < OLDEST_PROTOCOL) {
      throw new HttpError({ code: 'app-too-old' }, { field: PROTOCOL_HEADER });
    }
    const device = c.req.header(DEVICE_HEADER) ?? c.req.query('device');
    if (device !== undefined && isUuid.test(device))
      library?.devices.seen(device, { userAgent: cut(wellFormed(c.req.header('user-agent') ?? ''), 300, 500) });
    await next();
    c.res.headers.set('cache-control', 'no-store');
    c.res.headers.set('x-aime-time', String(Date.now()));
  });

  mountRoutes(app, routes, async (signal) => library?.availability.writable({ signal }));
  app.get(METRICS, (c) => answerMetrics(c, options.gauges));
  const { otherwise } = options;
  if (otherwise !== undefined) {
    app.all(`${API_BASE}/*`, () => {
      throw otherwise();
    });
  }
  app.use('*', staticFiles(options.webRoot));
  return app;
}

const compressing = compress({ threshold: 512 });
/** A stream is sent piece by piece, and not held back to be made smaller. */
const compressed: MiddlewareHandler = (c, next) => (c.req.path.endsWith('/stream') ? next() : compressing(c, next));

/** What devices push goes through the feed, which announces it by itself. */
const isChange = (method: string, path: string, status: number): boolean =>
  ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && status < 400 && !path.startsWith(`${API_BASE}/sync/`);
