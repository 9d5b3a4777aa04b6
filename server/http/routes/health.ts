import type { Context } from 'hono';
import * as v from 'valibot';
import { HealthParts, PartState, Readiness } from '#shared/api/health.ts';
import { RecoveryReason } from '#shared/api/recovery.ts';
import { checksOf, publicParts, readinessOf } from '../../health/serverHealth.ts';
import { VERSION } from '../../version.ts';
import { defineRoute } from '../route.ts';

/** Where health is found out: of a house, or of what is served while there is no library. */
export interface HealthSource {
  parts(): Promise<HealthParts>;
  ready(): Promise<Readiness>;
  /** While the library is lost. */
  recovery?: { reason: v.InferOutput<typeof RecoveryReason> };
}

/**
 * Probes put names of their own behind an address, so that nothing in between answers for the server: these three pass them over.
 * @param isKnown whether who asks has the token, where there is one: only they are told more than states and codes.
 */
export const healthRoutes = (source: HealthSource, isKnown: (c: Context) => boolean) => [
  defineRoute({
    method: 'get',
    path: '/health',
    tag: 'House',
    summary:
      'How the server and its parts are; 503 with the same body when it is not ready. Details of the parts are for callers with credentials',
    open: true,
    anyQuery: true,
    answer: v.object({
      /** `recovery`: the library is lost, see GET /recovery. `degraded`: a part is failing. */
      status: v.picklist(['ok', 'degraded', 'recovery']),
      version: v.string(),
      uptimeSeconds: v.number(),
      live: v.boolean(),
      ready: v.boolean(),
      checks: v.record(v.string(), PartState),
      parts: HealthParts,
      recovery: v.optional(v.object({ reason: RecoveryReason })),
    }),
    async handle({ c }) {
      const parts = await source.parts();
      const checks = checksOf(parts);
      const { ready } = readinessOf(parts);
      const status = source.recovery
        ? 'recovery'
        : Object.values(checks).every((check) => check !== 'failing')
          ? 'ok'
          : 'degraded';
      const told = {
        status,
        version: VERSION,
        uptimeSeconds: uptime(),
        live: true,
        ready,
        checks,
        parts: isKnown(c) ? parts : publicParts(parts),
      };
      c.header('cache-control', 'no-store');
      return c.json({ ...told, ...(source.recovery && { recovery: source.recovery }) }, ready ? 200 : 503);
    },
  }),
  defineRoute({
    method: 'get',
    path: '/health/live',
    tag: 'House',
    summary: 'Answers as long as the process does, whatever else is the matter',
    open: true,
    anyQuery: true,
    answer: v.object({ live: v.boolean(), uptimeSeconds: v.number() }),
    handle({ c }) {
      c.header('cache-control', 'no-store');
      return { live: true, uptimeSeconds: uptime() };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/health/ready',
    tag: 'House',
    summary:
      'Whether the library can be read and written now; 503 with the same body when it cannot: locked, lost, damaged, or its disk full',
    open: true,
    anyQuery: true,
    answer: Readiness,
    async handle({ c }) {
      const readiness = await source.ready();
      c.header('cache-control', 'no-store');
      return c.json(readiness, readiness.ready ? 200 : 503);
    },
  }),
];

const uptime = (): number => Math.floor(process.uptime());
