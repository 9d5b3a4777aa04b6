import type { Context } from 'hono';
import {
  getHealth,
  getLiveness,
  getReadiness,
  type Health,
  type HealthParts,
  type Readiness,
} from '#shared/api/health.ts';
import type { RecoveryReason } from '#shared/api/recovery.ts';
import { checksOf, publicParts, readinessOf } from '../../health/serverHealth.ts';
import { VERSION } from '../../version.ts';
import { reply, route } from '../route.ts';

/** Where health comes from: of a server with a library, or of what is served while there is none. */
export interface HealthSource {
  parts(): Promise<HealthParts>;
  ready(): Promise<Readiness>;
  /** While the library is lost. */
  recovery?: { reason: RecoveryReason };
}

/**
 * The health check, and the probes for liveness and readiness.
 * Probes put names of their own behind an address, so that nothing in between answers for the server: these three pass them over.
 * @param isKnown whether who asks has the token, where there is one: only they get more than states and codes.
 */
export const healthRoutes = (source: HealthSource, isKnown: (c: Context) => boolean) => [
  route(getHealth, async ({ c }) => {
    const parts = await source.parts();
    const checks = checksOf(parts);
    const { ready } = readinessOf(parts);
    const status = source.recovery
      ? 'recovery'
      : Object.values(checks).every((check) => check !== 'failing')
        ? 'ok'
        : 'degraded';
    const health: Health = {
      status,
      version: VERSION,
      uptimeSeconds: uptime(),
      live: true,
      ready,
      checks,
      parts: isKnown(c) ? parts : publicParts(parts),
      ...(source.recovery && { recovery: source.recovery }),
    };
    c.header('cache-control', 'no-store');
    return reply(ready ? 200 : 503, health);
  }),
  route(getLiveness, ({ c }) => {
    c.header('cache-control', 'no-store');
    return { live: true, uptimeSeconds: uptime() };
  }),
  route(getReadiness, async ({ c }) => {
    const readiness = await source.ready();
    c.header('cache-control', 'no-store');
    return reply(readiness.ready ? 200 : 503, readiness);
  }),
];

const uptime = (): number => Math.floor(process.uptime());
