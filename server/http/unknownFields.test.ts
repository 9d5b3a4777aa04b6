import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../app.ts';
import { API_BASE, type Route } from './route.ts';
import { servedAppForTest, type ServedApp } from './testing/httpApp.ts';

let served: ServedApp;
let app: App;
let http: Hono;

beforeAll(async () => {
  served = await servedAppForTest('unknown-fields');
  ({ app } = served);
  http = served.http();
});
afterAll(() => served.close());

/** What a route's path may hold where no number is taken. */
const VALUES: Record<string, string> = {
  collection: 'albums',
  mbid: '1b4e28ba-2fa1-4d25-883f-0016d3cca427',
  service: 'discogs',
  year: '2020',
};
const addressOf = ({ path }: Pick<Route, 'path'>) =>
  API_BASE + path.replaceAll(/:(\w+)/g, (_, name: string) => VALUES[name] ?? '1');
const ask = async (method: string, address: string, body?: unknown) => {
  const answer = await http.request(address, {
    method: method.toUpperCase(),
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return {
    status: answer.status,
    body: answer.headers.get('content-type')?.startsWith('application/json')
      ? ((await answer.json()) as unknown)
      : undefined,
  };
};
const refused = {
  status: 400,
  body: { error: { kind: 'bad-request', code: 'unknown-field', message: 'There is no zz here', field: 'zz' } },
};

/** What probes ask, and put things behind of their own so that nothing in between answers for the server. */
const PROBED = ['/health', '/health/live', '/health/ready', '/metrics'].map((path) => API_BASE + path);

describe('a field that nobody knows is refused by every route there is', () => {
  test('in the query', async () => {
    const asked = app.routes.filter((route) => !PROBED.includes(API_BASE + route.path));
    expect(asked.length).toBeGreaterThan(90);
    for (const route of asked)
      expect(await ask(route.method, `${addressOf(route)}?zz=1`), `${route.method} ${route.path}`).toEqual(refused);
  });

  test('in the body', async () => {
    const writeRoutes = app.routes.filter(({ method }) => method !== 'get');
    for (const route of writeRoutes) {
      const answer = await ask(route.method, addressOf(route), { zz: 1 });
      const name = `${route.method} ${route.path}`;
      // A list, one of several kinds of change, and settings by their names have words of their own for it.
      const isOfFields = route.body === undefined || route.body.type === 'strict_object';
      if (isOfFields) expect(answer, name).toEqual(refused);
      else
        expect(answer, name).toMatchObject({
          status: 400,
          body: {
            error: {
              kind: 'bad-request',
              code: expect.stringMatching(/^(bad-value|unknown-setting|setting-not-secret)$/) as string,
              field: expect.any(String) as string,
            },
          },
        });
    }
  });

  test('what a probe puts behind its address is passed over, and no route else is asked so', async () => {
    expect(
      app.routes
        .filter(({ anyQuery }) => anyQuery)
        .map(({ path }) => API_BASE + path)
        .sort(),
    ).toEqual(PROBED.sort());
    for (const address of [...PROBED, '/metrics'])
      expect((await ask('get', `${address}?zz=1&zz=2`)).status, address).toBe(200);
  });
});

test('a route that takes no body takes an empty one, and nothing else', async () => {
  const stop = `${API_BASE}/services/roon/stop`;
  expect((await ask('post', stop, {})).status).toBe(200);
  expect((await http.request(stop, { method: 'POST', body: '' })).status).toBe(200);
  expect(await ask('post', stop, 'x')).toMatchObject({
    status: 400,
    body: { error: { code: 'bad-value', field: 'body' } },
  });
  for (const [method, path] of [
    ['post', stop],
    ['put', `${API_BASE}/settings`],
    ['put', `${API_BASE}/settings/secrets`],
  ] as const) {
    expect(await ask(method, path, []), path).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-value', field: 'body' } },
    });
  }
  expect((await http.request(stop, { method: 'POST', body: '{' })).status).toBe(400);
});
