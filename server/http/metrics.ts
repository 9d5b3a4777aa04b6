import type { Library } from '../library/contract.ts';

/** Counts requests by method, route and status for the metrics page. */
export class RequestCounter {
  readonly #counts = new Map<string, number>();
  readonly #seconds = new Map<string, number>();

  note(method: string, route: string, status: number, seconds: number): void {
    const key = `method="${method}",route="${route}",status="${status}"`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#seconds.set(key, (this.#seconds.get(key) ?? 0) + seconds);
  }

  lines(): string[] {
    return [
      '# HELP aime_http_requests_total Requests answered.',
      '# TYPE aime_http_requests_total counter',
      ...[...this.#counts].map(([key, count]) => `aime_http_requests_total{${key}} ${count}`),
      '# HELP aime_http_request_seconds_total Time spent answering.',
      '# TYPE aime_http_request_seconds_total counter',
      ...[...this.#seconds].map(([key, seconds]) => `aime_http_request_seconds_total{${key}} ${seconds.toFixed(6)}`),
    ];
  }
}

/** The Prometheus text format, version 0.0.4. */
export function metricsText(counter: RequestCounter, library: Library | null, gauges: Record<string, number>): string {
  const counts = Object.entries(library?.reads.counts() ?? {}).map(([name, count]) => `aime_library_rows{kind="${name}"} ${count}`);
  return [
    ...counter.lines(),
    '# HELP aime_library_rows What the library holds.',
    '# TYPE aime_library_rows gauge',
    ...counts,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ...Object.entries(gauges).flatMap(([name, value]) => [`# TYPE ${name} gauge`, `${name} ${value}`]),
    '',
  ].join('\n');
}
