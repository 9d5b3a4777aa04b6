import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { App } from '../app.ts';
import { systemClock } from '../kit/clock.ts';
import { UpstreamHttp } from '../kit/http/upstreamHttp.ts';
import { silentLog } from '../kit/log.ts';
import { Redacted } from '../kit/redacted.ts';
import { DatabaseUnavailable } from '../library/api/unavailable.ts';
import { openingApp, recoveryApp, waitingApp } from '../recovery/app.ts';
import { between, BETWEEN } from '../recovery/between.ts';
import { servedAppForTest, type ServedApp } from './testing/httpApp.ts';

interface Read {
  type: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (NaN|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`);

/** Reads the text as strictly as the format is written down: each family's HELP, then TYPE, then its samples and nobody else's, each once. */
function strictly(text: string): Map<string, Read> {
  expect(text.endsWith('\n')).toBe(true);
  const families = new Map<string, Read>();
  const series = new Set<string>();
  let open = '';
  let helped = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = new RegExp(`^# HELP (${NAME}) (?:[^\\\\]|\\\\[\\\\n])+$`).exec(line);
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`).exec(line);
    if (help) {
      expect(families.has(help[1]!), line).toBe(false);
      helped = help[1]!;
    } else if (type) {
      expect(type[1], line).toBe(helped);
      families.set((open = type[1]!), { type: type[2]!, samples: [] });
    } else {
      const [, name = '', labelText = '', number = ''] = SAMPLE.exec(line) ?? expect.fail(`no sample: ${line}`);
      const family = families.get(open)!;
      const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      expect(
        suffixes.map((suffix) => open + suffix),
        line,
      ).toContain(name);
      expect(series.has(`${name}{${labelText}}`), line).toBe(false);
      series.add(`${name}{${labelText}}`);
      const labels: Record<string, string> = {};
      LABEL.lastIndex = 0;
      while (LABEL.lastIndex < labelText.length) {
        const [, label, value] = LABEL.exec(labelText) ?? expect.fail(`no labels: ${line}`);
        expect(Object.hasOwn(labels, label!), line).toBe(false);
        labels[label!] = value!;
      }
      family.samples.push({ name, labels, value: number === '+Inf' ? Infinity : Number(number) });
    }
  }
  for (const [name, family] of families) {
    if (family.type === 'counter') expect(name).toMatch(/_total$/);
    if (family.type === 'histogram') histogram(name, family);
  }
  return families;
}

/** Buckets rise, the last is without end, and as large as the count. */
function histogram(name: string, { samples }: Read): void {
  const by = new Map<string, Read['samples']>();
  for (const sample of samples) {
    const { le: _le, ...rest } = sample.labels;
    const key = JSON.stringify(rest);
    by.set(key, [...(by.get(key) ?? []), sample]);
  }
  for (const each of by.values()) {
    const buckets = each.filter((sample) => sample.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])));
    expect(bounds).toEqual([...bounds].sort((one, other) => one - other));
    expect(buckets.map(({ value }) => value)).toEqual(
      buckets.map(({ value }) => value).sort((one, other) => one - other),
    );
    expect(bounds.at(-1)).toBe(Infinity);
    expect(each.filter((sample) => sample.name === `${name}_sum`)).toHaveLength(1);
    expect(each.find((sample) => sample.name === `${name}_count`)?.value).toBe(buckets.at(-1)?.value);
  }
}

let served: ServedApp;
let folder: string;
let app: App;
let http: Hono;
const ask = (path: string, init?: RequestInit) => http.request(path, init);
const read = async () => strictly(await (await ask('/metrics')).text());
const valueOf = (families: Map<string, Read>, name: string, labels: Record<string, string>) =>
  families.get(name.replace(/_(bucket|sum|count)$/, '')) === undefined && families.get(name) === undefined
    ? expect.fail(`there is no ${name}`)
    : ([...families.values()]
        .flatMap(({ samples }) => samples)
        .find(
          (sample) =>
            sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
        )?.value ?? 0);

beforeAll(async () => {
  served = await servedAppForTest('metrics');
  ({ app, folder } = served);
  http = served.http();
});
afterAll(() => served.close());

test('requests are counted by the route’s template and the class of the status, whatever is asked for', async () => {
  const before = await read();
  for (let n = 0; n < 20; n += 1) await ask(`/api/v1/collection/albums/${n}-${Math.random()}`);
  await ask('/api/v1/nothing/at/all');
  const after = await read();
  const more = (name: string, labels: Record<string, string>) =>
    valueOf(after, name, labels) - valueOf(before, name, labels);
  const durations = after.get('aime_http_request_duration_seconds')!.samples;
  expect(durations.filter(({ labels }) => /0\.|nothing/.test(labels['route']!))).toEqual([]);
  const asked = { method: 'GET', route: '/api/v1/collection/albums/:id', status_class: '4xx' };
  expect(more('aime_http_request_duration_seconds_count', asked)).toBe(20);
  expect(more('aime_http_request_duration_seconds_bucket', { ...asked, le: '+Inf' })).toBe(20);
  expect(more('aime_http_requests_total', { route: '/*', status: '404' })).toBe(1);
});

test('pulls and pushes, upstreams and jobs are counted, and the server is as health says', async () => {
  const upstream = createServer(
    (request, response) => void response.writeHead(request.url === '/bad' ? 404 : 200).end('{}'),
  );
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const http = new UpstreamHttp({ upstream: 'Some.One', clock: systemClock, userAgent: 'test' });
  const url = (path: string) => new URL(path, `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`);
  await http.request({ url: url('/') });
  await http.request({ url: url('/bad') }).catch(() => undefined);
  upstream.close();
  expect((await ask('/api/v1/sync/household/pull')).status).toBe(200);
  expect(
    (
      await ask('/api/v1/sync/intents/push', {
        method: 'POST',
        body: '[]',
        headers: { 'content-type': 'application/json' },
      })
    ).status,
  ).toBe(200);
  const families = await read();
  expect(valueOf(families, 'aime_upstream_requests_total', { service: 'someone' })).toBe(2);
  expect(valueOf(families, 'aime_upstream_failures_total', { service: 'someone', kind: 'not-found' })).toBe(1);
  expect(valueOf(families, 'aime_upstream_request_duration_seconds_count', { service: 'someone' })).toBe(2);
  expect(valueOf(families, 'aime_sync_documents_pulled_total', { collection: 'household' })).toBeGreaterThan(0);
  expect(valueOf(families, 'aime_sync_pushes_total', { collection: 'intents' })).toBeGreaterThan(0);
  expect(valueOf(families, 'aime_ready', {})).toBe(1);
  expect(valueOf(families, 'aime_disk_free_bytes', {})).toBeGreaterThan(0);
  expect(families.get('aime_health_state')!.samples.map(({ labels }) => labels['part'])).toEqual(
    expect.arrayContaining(['database', 'disk', 'backup', 'jobs', 'services', 'feed', 'tracker']),
  );
  expect(await (await ask('/api/v1/metrics')).text()).toContain('# TYPE aime_ready gauge');
});

test('the page that lists the metrics names just those that there are, of their types, with labels that they have', async () => {
  const rows = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'monitoring.md'), 'utf8').matchAll(
    /^\| `((?:aime|process)_\w+)` \| (\w+) \| ([^|]*)\|/gm,
  );
  const listed = [...rows].map(([, name, type, labels]) => ({
    name: name!,
    type: type!,
    labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label),
  }));
  const families = await read();
  expect(listed.map(({ name, type }) => `${name} ${type}`).sort()).toEqual(
    [...families].map(([name, { type }]) => `${name} ${type}`).sort(),
  );
  for (const { name, labels } of listed) {
    for (const sample of families.get(name)!.samples)
      expect(
        Object.keys(sample.labels).filter((label) => label !== 'le'),
        name,
      ).toEqual(labels);
  }
});

test('with a token set both addresses need it, and without one only this machine’s own names are answered', async () => {
  const guarded = served.http({ token: new Redacted('open-sesame') });
  for (const path of ['/metrics', '/api/v1/metrics']) {
    expect((await guarded.request(path)).status).toBe(401);
    const answer = await guarded.request(path, { headers: { authorization: 'Bearer open-sesame' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await ask(path, { headers: { host: 'evil.example' } })).status).toBe(403);
  }
});

/** The expressions of the alerts in docs/monitoring.md. */
const alerts = () =>
  [
    ...readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'monitoring.md'), 'utf8').matchAll(
      /^ +expr: (.+)$/gm,
    ),
  ].map(([, expression]) => expression!);

test('each documented alert can fire in every state: what it reads is there, or it says what to do where it is not', async () => {
  const file = join(folder, 'nowhere', 'musique.db');
  const options = { token: undefined, corsOrigins: [], webRoot: folder, log: silentLog, libraryFile: file };
  const states = {
    'a library is served': http,
    'it is lost': recoveryApp(between(file), BETWEEN, options),
    'it is held by another program': waitingApp(new DatabaseUnavailable('database-busy', new Error('locked')), options),
    'it is being opened': openingApp('starting', options),
    'an update changes it': openingApp('migrating', options),
  };
  expect(alerts().length).toBeGreaterThan(2);
  for (const [state, asked] of Object.entries(states)) {
    const answer = await asked.request('/metrics');
    expect(answer.status, state).toBe(200);
    const families = strictly(await answer.text());
    expect(valueOf(families, 'aime_ready', {}), state).toBe(asked === http ? 1 : 0);
    expect(families.get('aime_health_state')!.samples, state).toContainEqual({
      name: 'aime_health_state',
      labels: { part: 'database' },
      value: asked === http ? 0 : 2,
    });
    for (const expression of alerts()) {
      for (const [metric] of expression.matchAll(/aime_\w+/g)) {
        const isThere = (families.get(metric)?.samples.length ?? 0) > 0;
        expect(isThere || expression.includes(`absent(${metric})`), `${expression}, while ${state}`).toBe(true);
      }
    }
  }
});

test('what cannot be read at the moment has no sample, and keeps nothing else from being read', async () => {
  const unreadable = () => {
    throw new Error('SQLITE_CORRUPT');
  };
  const counts = vi.spyOn(app.library.reads, 'counts').mockImplementation(unreadable);
  const household = vi.spyOn(app.library.household, 'get').mockImplementation(unreadable);
  try {
    const families = await read();
    expect(families.has('aime_library_rows')).toBe(false);
    expect(valueOf(families, 'aime_ready', {})).toBe(1);
    expect(families.get('aime_disk_free_bytes')!.samples).toHaveLength(1);
  } finally {
    counts.mockRestore();
    household.mockRestore();
  }
  expect((await read()).has('aime_library_rows')).toBe(true);
});
