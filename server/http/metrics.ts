import { jobFamilies } from '../jobs/jobMeters.ts';
import { upstreamFamilies } from '../kit/http/upstreamMeters.ts';
import { lagFamilies } from '../kit/loopLag.ts';
import { exposition, type Family, gauge } from '../kit/meters/exposition.ts';
import { syncFamilies } from '../sync/syncMeters.ts';
import { requestFamilies } from './requestMeters.ts';

/** What Prometheus reads: what the process counts, and how the server is. docs/monitoring.md has the list. */
export function metricsText(appFamilies: readonly Family[]): string {
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
