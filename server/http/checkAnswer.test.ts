import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { defineEndpoint, empty, type Endpoint, file } from '#shared/api/contract.ts';
import { SERVICE_ERRORS } from '#shared/api/errorGroups.ts';
import { ConfigError } from '../config.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { UpstreamError } from '../kit/http/upstreamError.ts';
import { DatabaseUnavailable } from '../library/api/unavailable.ts';
import { API_BASE, reply, route, type Route } from './route.ts';
import { httpAppForTest } from './testing/httpApp.ts';

const Thing = v.object({ id: v.number(), name: v.optional(v.string()) });
const things = {
  method: 'get',
  path: '/things',
  tag: 'Things',
  summary: 'For a test',
} as const;

const ask = async (handled: Route) => {
  const app = httpAppForTest({ routes: [handled] });
  return app.request(`${API_BASE}/things`, { method: handled.method.toUpperCase() });
};

const one = defineEndpoint({ ...things, operationId: 'one', answers: { 200: Thing } });
const several = defineEndpoint({ ...things, operationId: 'several', answers: { 200: Thing, 202: v.string() } });
const picture = defineEndpoint({ ...things, operationId: 'picture', answers: { 200: file('image/webp'), 304: empty } });

test('an answer goes out with its status, as its endpoint says', async () => {
  const created = defineEndpoint({ ...things, operationId: 'created', answers: { 201: Thing } });
  const gone = defineEndpoint({ ...things, method: 'delete', operationId: 'gone', answers: { 204: empty } });
  expect((await ask(route(one, () => ({ id: 1 })))).status).toBe(200);
  expect((await ask(route(created, () => ({ id: 1, name: undefined })))).status).toBe(201);
  expect((await ask(route(gone, () => undefined))).status).toBe(204);
  const later = await ask(route(several, () => reply(202, 'soon', { 'retry-after': '2' })));
  expect([later.status, later.headers.get('retry-after'), await later.json()]).toEqual([202, '2', 'soon']);
  expect((await ask(route(picture, () => new Response(null, { status: 304 })))).status).toBe(304);
  const webp = () => new Response('', { headers: { 'content-type': 'image/webp' } });
  expect((await ask(route(picture, webp))).status).toBe(200);
});

test('any other answer is thrown out of the app in tests', async () => {
  const wrong = (value: unknown) => ask(route(one, () => value as { id: number }));
  await expect(wrong({ id: '1' })).rejects.toThrow(/GET \/things answers otherwise.*id: Invalid type/);
  await expect(wrong({ id: 1, more: 2 })).rejects.toThrow(/more/);
  await expect(wrong(undefined)).rejects.toThrow(/the answer/);
  await expect(wrong(new Response('x'))).rejects.toThrow(/a Response for the status 200/);
  await expect(wrong(reply(202, { id: 1 }))).rejects.toThrow(/no status 202/);
  await expect(ask(route(picture, () => new Response('<html>')))).rejects.toThrow(/a file of the type text\/plain/);
});

describe('an error', () => {
  const thrown = (error: Error, errors: Endpoint['errors'] = []) =>
    ask(
      route({ ...one, errors }, () => {
        throw error;
      }),
    );
  const errors: [string, Error, Endpoint['errors'], number][] = [
    ['of a handler', new HttpError({ code: 'unknown-job', params: { id: '1' } }), ['unknown-job'], 404],
    [
      'of another service',
      new UpstreamError({ upstream: 'roon', kind: 'timeout', message: 'Roon did not answer' }),
      SERVICE_ERRORS,
      502,
    ],
    ['of a setting', new ConfigError('x', 'It cannot be this'), ['setting-value'], 400],
  ];

  test.each(errors)(
    '%s goes out where its endpoint names it, and is a fault anywhere else',
    async (_, error, of, status) => {
      expect((await thrown(error, of)).status).toBe(status);
      await expect(thrown(error)).rejects.toThrow(/GET \/things answers otherwise.*it names no error/);
    },
  );

  test('of the library, of who asks and of what is given goes out everywhere', async () => {
    expect((await thrown(new DatabaseUnavailable('disk-full'))).status).toBe(503);
    expect((await thrown(new Error('unforeseen'))).status).toBe(500);
    const app = httpAppForTest({ routes: [route(one, () => ({ id: 1 }))] });
    expect((await app.request(`${API_BASE}/things?zz=1`)).status).toBe(400);
    expect((await app.request(`${API_BASE}/things`, { headers: { host: 'elsewhere.example' } })).status).toBe(403);
    expect((await app.request(`${API_BASE}/others`)).status).toBe(404);
  });
});
