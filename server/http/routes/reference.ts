import { getMetrics, getOpenApi, getReference } from '#shared/api/reference.ts';
import type { Family } from '../../kit/meters/exposition.ts';
import { VERSION } from '../../version.ts';
import { answerMetrics } from '../metrics.ts';
import { openApi, type OpenApi } from '../openapi.ts';
import { referencePage } from '../referencePage.ts';
import { route, type Route } from '../route.ts';

/**
 * These routes, with those that describe them, themselves too, and what Prometheus reads.
 * @param gauges what it reads beside what the process counts.
 */
export function withReference(routes: readonly Route[], gauges: () => Promise<readonly Family[]>): Route[] {
  let document: OpenApi | undefined;
  const all: Route[] = [
    ...routes,
    route(getOpenApi, () => ({ ...(document ??= openApi(all, VERSION)) })),
    route(getReference, ({ c }) =>
      c.html(referencePage(all, VERSION), 200, {
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      }),
    ),
    route(getMetrics, ({ c }) => answerMetrics(c, gauges)),
  ];
  return all;
}
