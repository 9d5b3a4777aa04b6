import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { defineEndpoint } from '#shared/api/contract.ts';
import { HttpError } from '../kit/http/httpError.ts';
import { refuseLargeBody } from './body.ts';
import { API_BASE, mountRoutes, route } from './route.ts';
import { openApi } from './openapi.ts';

const Read = v.object({ read: v.number() });
const routes = [
  route(
    defineEndpoint({
      operationId: 'takeLittle',
      method: 'post',
      path: '/ordinary',
      tag: 'Test',
      summary: 'Takes a little',
      body: v.looseObject({}),
      answers: { 200: Read },
    }),
    ({ body }) => ({ read: Object.keys(body).length }),
  ),
  route(
    defineEndpoint({
      operationId: 'takeMuch',
      method: 'post',
      path: '/batches',
      tag: 'Test',
      summary: 'Takes much',
      body: v.array(v.unknown()),
      largeBody: true,
      answers: { 200: Read },
    }),
    ({ body }) => ({ read: body.length }),
  ),
];

const app = new Hono();
mountRoutes(app, routes, () => Promise.resolve());
app.onError((error, c) => {
  if (!(error instanceof HttpError)) throw error;
  return c.json(error.body(), error.status as 400);
});

async function post(path: string, body: string | ReadableStream<Uint8Array>) {
  const answer = await app.request(API_BASE + path, {
    method: 'POST',
    body,
    ...(typeof body === 'string' ? {} : { duplex: 'half' }),
  });
  return { status: answer.status, ...((await answer.json()) as { read?: number; error?: { message: string } }) };
}

const keys = (count: number) => `{${Array.from({ length: count }, (_, index) => `"k${index}":1`).join(',')}}`;
const list = (count: number, item: string) => `[${Array(count).fill(item).join(',')}]`;

test('a body of more names, lists or values than its route takes is refused in words before it is parsed', async () => {
  expect(await post('/ordinary', keys(9_000))).toMatchObject({ status: 200, read: 9_000 });
  expect(await post('/ordinary', keys(12_000))).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/more than 10,000 lists, objects and names/) as unknown },
  });
  expect(await post('/ordinary', `{"a":${list(25_000, '1')}}`)).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/more than 20,000 values/) as unknown },
  });
  // What is refused is not parsed: that it is no JSON is not found out.
  expect(await post('/ordinary', `${keys(12_000)} and no JSON`)).toMatchObject({ status: 413 });
  expect(await post('/batches', list(10_001, '1'))).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/more than 10,000 rows/) as unknown },
  });
  expect(await post('/batches', list(5, list(41_000, '[]')))).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/A row .* more than 40,000/) as unknown },
  });
  expect(await post('/batches', list(2, list(301_000, '1')))).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/more than 300,000 values/) as unknown },
  });
  expect(await post('/batches', `${'['.repeat(65)}${']'.repeat(65)}`)).toMatchObject({
    status: 400,
    error: { message: expect.stringMatching(/deeper than 64/) as unknown },
  });
});

test('many rows are taken, however much they hold together', async () => {
  expect(await post('/batches', list(1_000, list(200, '{"trackId":12345,"durationSeconds":200}')))).toMatchObject({
    status: 200,
    read: 1_000,
  });
});

test('only what devices give in batches may be megabytes; of what never ends no more is taken in than that', async () => {
  const long = JSON.stringify(['x'.repeat(1_000_000)]);
  expect(await post('/batches', long)).toMatchObject({ status: 200, read: 1 });
  expect(await post('/ordinary', `{"a":${long}}`)).toMatchObject({
    status: 413,
    error: { message: expect.stringMatching(/larger than 256 KB/) as unknown },
  });
  let given = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => (controller.enqueue(new Uint8Array(10_000).fill(0x20)), void (given += 1)),
  });
  expect(await post('/ordinary', endless)).toMatchObject({ status: 413 });
  expect(given).toBeLessThan(900);
});

test('a body in pieces is read as one, wherever a letter or an escape is cut', async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(['é😀', '\\"[{', { a: 1 }]));
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await post('/batches', pieces)).toMatchObject({ status: 200, read: 3 });
});

test('a body that states a length beyond every limit is refused before any of it is read', async () => {
  const guarded = new Hono().use(refuseLargeBody).post('/', (c) => c.text('reached'));
  guarded.onError((error, c) =>
    error instanceof HttpError ? c.json(error.body(), error.status as 400) : c.text('', 500),
  );
  const ask = (length: number) =>
    guarded.request('/', { method: 'POST', body: '{}', headers: { 'content-length': String(length) } });
  expect((await ask(8 * 1024 * 1024)).status).toBe(200);
  const refused = await ask(8 * 1024 * 1024 + 1);
  expect({ status: refused.status, ...((await refused.json()) as object) }).toMatchObject({
    status: 413,
    error: { code: 'body-too-large', params: { size: '8 MB' } },
  });
});

test('bodyLimit of hono holds back a body in chunks until it is whole, so that those are counted here', async () => {
  const events: string[] = [];
  const pieces = () =>
    new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          events.push('piece');
          if (events.length > 3) controller.close();
          else controller.enqueue(Uint8Array.of(0x20));
        },
      },
      { highWaterMark: 0 },
    );
  const reach = async (...before: MiddlewareHandler[]) => {
    events.length = 0;
    const reached = new Hono().use(...before).post('/', async (c) => {
      events.push('reached');
      return c.text(await c.req.text());
    });
    await reached.request('/', { method: 'POST', body: pieces(), duplex: 'half' } as RequestInit);
    return events.indexOf('reached');
  };
  expect(await reach(bodyLimit({ maxSize: 100 }))).toBe(4);
  expect(await reach(refuseLargeBody)).toBe(0);
});

test('the reference says what a route takes', () => {
  const { paths } = openApi(routes, '1') as {
    paths: Record<string, { post: { responses: Record<string, { description: string }> } }>;
  };
  const said = (path: string) => paths[API_BASE + path]!.post.responses['413']!.description;
  expect(said('/ordinary')).toMatch(/at most 256 KB and 20,000 values/);
  expect(said('/batches')).toMatch(/at most 8 MB and 10,000 rows, in each 300,000 values/);
});
