import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { listen, type Listening } from './listen.ts';

const MOST = 20;
let server: Listening;
const opened: Socket[] = [];
const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  for (const stream of streams) stream.close();
  streams.clear();
  await server.close();
});

async function serve(): Promise<void> {
  const app = new Hono();
  app.get(
    '/stream',
    () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start: (stream) => (stream.enqueue(new TextEncoder().encode('hello')), void streams.add(stream)),
        }),
      ),
  );
  app.get('/', (c) => c.text('here'));
  app.post('/', async (c) => c.text(await c.req.text().catch(() => 'gone')));
  server = await listen(app, { host: '127.0.0.1', port: 0, connections: { most: MOST, mostAnAddress: MOST } });
}

/** Opens so many connections and sends this on each. @returns them once the server has them. */
async function open(count: number, sent: string): Promise<Socket[]> {
  const sockets = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve) => {
          const socket = connect(server.port, '127.0.0.1', () => socket.write(sent, () => resolve(socket)));
          socket.on('error', () => undefined).resume();
          opened.push(socket);
        }),
    ),
  );
  return sockets;
}

const ask = () =>
  fetch(`http://127.0.0.1:${server.port}/`, { headers: { connection: 'close' } }).then((answer) => answer.text());

test.each([
  ['that say nothing', ''],
  ['that never end their headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  ['whose request was answered long ago', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['whose request never arrives whole', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx'],
])('connections %s keep nobody out, however many they are', async (_, sent) => {
  await serve();
  await open(3 * MOST, sent);
  expect(await ask()).toBe('here');
  await open(MOST, sent);
  expect(await ask()).toBe('here');
});

test('a connection being answered is never closed for others', async () => {
  await serve();
  const heard: string[] = [];
  for (const socket of await open(MOST - 1, 'GET /stream HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.on('data', (text) => heard.push(text.toString()));
  await expect.poll(() => streams.size).toBe(MOST - 1);
  await open(3 * MOST, '');
  expect(await ask()).toBe('here');
  heard.length = 0;
  for (const stream of streams) stream.enqueue(new TextEncoder().encode('still here'));
  await expect.poll(() => heard.filter((text) => text.includes('still here')).length).toBe(MOST - 1);
});

test('where all are being answered a further one is refused, and answered once one has gone', async () => {
  await serve();
  const sockets = await open(MOST, 'GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
  await expect.poll(() => streams.size).toBe(MOST);
  await expect(ask()).rejects.toThrow();
  sockets[0]!.destroy();
  streams.delete([...streams][0]!);
  await expect.poll(() => ask().catch(() => 'refused')).toBe('here');
});
