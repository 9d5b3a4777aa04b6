import { Counter, Histogram } from '../meters/meters.ts';
import { isUpstreamError } from './upstreamError.ts';

const requests = new Counter(
  'aime_upstream_requests_total',
  'Requests sent to other services, each attempt by itself.',
  ['service'],
);
const failures = new Counter(
  'aime_upstream_failures_total',
  'Requests to other services that failed, each attempt by itself, by what went wrong.',
  ['service', 'kind'],
);
const durations = new Histogram(
  'aime_upstream_request_duration_seconds',
  'Seconds that another service took to answer, or to fail.',
  [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ['service'],
);

/** Counts an attempt, however it ends. @param upstream the service's name as a person reads it: "Last.fm". */
export async function metered<T>(upstream: string, attempt: () => Promise<T>): Promise<T> {
  const service = upstream.toLowerCase().replace(/[^a-z0-9]/g, '');
  const begun = performance.now();
  requests.add({ service });
  try {
    return await attempt();
  } catch (error) {
    // What we gave up ourselves is nobody's failure.
    const kind = isUpstreamError(error) ? error.kind : 'internal';
    if (kind !== 'cancelled') failures.add({ service, kind });
    throw error;
  } finally {
    durations.observe((performance.now() - begun) / 1000, { service });
  }
}

export const upstreamFamilies = () => [requests.family(), failures.family(), durations.family()];
