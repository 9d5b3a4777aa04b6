import { Counter, Histogram, WAIT_SECONDS } from '../kit/meters/meters.ts';

const LABELS = ['method', 'route', 'status'] as const;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Of the API's routes alone; they go on counting when another library takes the place of the one that is served. */
const requests = new Counter('aime_http_requests_total', 'Requests answered.', LABELS);
const seconds = new Counter('aime_http_request_seconds_total', 'Seconds spent answering, in all.', LABELS);
const durations = new Histogram('aime_http_request_duration_seconds', 'Seconds until an answer began.', WAIT_SECONDS, [
  'method',
  'route',
  'status_class',
]);

/** @param route its template, never the path that was asked for: there are as many of those as anybody likes. */
export function noteRequest(given: string, route: string, status: number, took: number): void {
  const method = METHODS.includes(given) ? given : 'other';
  const labels = { method, route, status: String(status) };
  requests.add(labels);
  seconds.add(labels, took);
  durations.observe(took, { method, route, status_class: `${Math.floor(status / 100)}xx` });
}

export const requestFamilies = () => [requests.family(), seconds.family(), durations.family()];
