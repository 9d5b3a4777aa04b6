import type { Context } from 'hono';
import { jobFamilies } from '../jobs/jobMeters.ts';
import { upstreamFamilies } from '../kit/http/upstreamMeters.ts';
import { lagFamilies } from '../kit/loopLag.ts';
import { EXPOSITION_TYPE, exposition, type Family, gauge } from '../kit/meters/exposition.ts';
import { syncFamilies } from '../sync/syncMeters.ts';
import { requestFamilies } from './requestMeters.ts';

/** What Prometheus reads: what the process counts, and how the server is. docs/monitoring.md has the list. */
function metricsText(appFamilies: readonly Family[]): string {
  return exposition([
    ...requestFamilies(),
    ...upstreamFamilies(),
    ...syncFamilies(),
    ...jobFamilies(),
    ...lagFamilies(),
    gauge('process_resident_memory_bytes', 'Resident memory of the process.', process.memoryUsage.rss()),
    gauge(
      'process_start_time_seconds',
      'When the process began, seconds since the epoch.',
      Math.round(performance.timeOrigin / 1000),
    ),
    ...appFamilies,
  ]);
}

/** Answers it. @param gauges what it reads beside what the process counts. */
export const answerMetrics = async (c: Context, gauges: () => Promise<readonly Family[]>): Promise<Response> =>
  c.text(metricsText(await gauges()), 200, {
    'content-type': EXPOSITION_TYPE,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
