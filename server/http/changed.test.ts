import * as v from 'valibot';
import { expect, it } from 'vitest';
import { defineEndpoint } from '#shared/api/contract.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { API_BASE, route as serve, type Route } from './route.ts';
import { httpAppForTest } from './testing/httpApp.ts';

const route = (method: Route['method'], path: `/${string}`, handle: () => object = () => ({})) =>
  serve(
    defineEndpoint({
      operationId: `${method}${path}`,
      method,
      path,
      tag: 'Test',
      summary: 'For a test',
      answers: { 200: v.object({}) },
    }),
    handle,
  );

it('announces that something was changed when a request has changed it, and not when it was read, refused, or came by the feed', async () => {
  let notified = 0;
  const refuse = () => {
    throw new HttpError({ code: 'bad-value' });
  };
  const routes = [
    route('get', '/settings'),
    route('put', '/settings'),
    route('delete', '/backups'),
    route('post', '/backups', refuse),
    route('post', '/sync/intents/push'),
  ];
  const app = httpAppForTest({ routes, changed: () => notified++ });
  const ask = async (method: string, path: string) => {
    const before = notified;
    await app.request(API_BASE + path, { method });
    return notified - before;
  };
  expect(await ask('PUT', '/settings')).toBe(1);
  expect(await ask('DELETE', '/backups')).toBe(1);
  expect(await ask('GET', '/settings')).toBe(0);
  expect(await ask('POST', '/backups')).toBe(0);
  expect(await ask('POST', '/sync/intents/push')).toBe(0);
});
