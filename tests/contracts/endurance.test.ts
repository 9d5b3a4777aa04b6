import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#tests/kit/serverProcess.ts';
import { stressFullDisk } from '#tests/stress/fullDisk.ts';
import { stressLocked } from '#tests/stress/locked.ts';
import { stressShutdown } from '#tests/stress/shutdown.ts';

const seed = 20_261;
const nothing = { lost: 0, doubled: 0, serverErrors: 0, deaths: 0 };

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.dispose();
  server = null;
});

test('another program holds the write lock: reads go on, writes are answered to retry, nothing is lost', async () => {
  expect(await stressLocked({ seed, rounds: 1, seconds: 8 })).toMatchObject(nothing);
});

test('the disk is full, and has room again: the server lives, says so and goes on', async () => {
  const { tried, ...rest } = await stressFullDisk({ seed, rounds: 1 });
  expect(tried).toBeGreaterThan(0);
  expect(rest).toMatchObject(nothing);
});

test('stopped in the midst: what was begun is finished, nothing half-written is left', async () => {
  expect(await stressShutdown({ seed, rounds: 2 })).toMatchObject(nothing);
});

/** Sends a body in chunks, without saying how long it is. @returns the answer's status */
const sendChunked = (url: string, megabytes: number) =>
  new Promise<{ status: number; sent: number }>((resolve, reject) => {
    let sent = 0;
    const asking = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (answer) => {
      answer.resume();
      asking.destroy();
      resolve({ status: answer.statusCode ?? 0, sent });
    });
    asking.on('error', reject);
    const more = () => {
      while (sent < megabytes && !asking.destroyed) {
        sent += 1;
        if (!asking.write(Buffer.alloc(1_000_000, 'x'))) return void asking.once('drain', more);
      }
      asking.end();
    };
    more();
  });

test('a body is counted as it comes, on open routes too: too much of it is refused before it is all there', async () => {
  server = await startServer({ AIME_TOKEN: 'open-sesame' });
  const { status, sent } = await sendChunked(`${server.url}/api/v1/session`, 200);
  expect(status).toBe(413);
  expect(sent).toBeLessThan(100);
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200);
});

test('headers that are too long, or never end, hold nobody up', async () => {
  server = await startServer();
  const { port, url } = server;
  const answered = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(40_000)}\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
  });
  expect(answered).toMatch(/^HTTP\/1.1 431/);
  const slow = Array.from({ length: 50 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  for (const socket of slow) socket.write('GET / HTTP/1.1\r\nX-Slow: ');
  expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
  for (const socket of slow) socket.destroy();
});

test('one bad row refuses no neighbour, and each is answered for', async () => {
  server = await startServer();
  const deviceId = '1b4e28ba-2fa1-4d25-883f-0016d3cca427';
  const row = (number: number, mutation: unknown) => ({
    newDocumentState: {
      id: `1b4e28ba-2fa1-4d25-883f-00000000000${number}`,
      deviceId,
      number,
      madeAt: Date.now(),
      intent: mutation,
      _deleted: false,
    },
  });
  const rows = [
    row(1, { kind: 'love-track', trackId: 'one' }),
    'no row',
    row(2, { kind: 'rate-album', albumId: '1', rating: 3 }),
    { newDocumentState: { id: 7 } },
    row(3, null),
  ];
  const push = (headers: Record<string, string>) =>
    fetch(`${server!.url}/api/v1/sync/intents/push`, { method: 'POST', headers, body: JSON.stringify(rows) });
  const answer = await push({ 'x-aime-rows': '1' });
  expect(answer.status).toBe(200);
  const { refused } = (await answer.json()) as { refused: { index: number; reason: string }[] };
  expect(refused.map(({ index, reason }) => [index, reason])).toEqual(
    [0, 1, 3, 4].map((index) => [index, 'bad-request']),
  );
  // An app that does not ask for it gets the first refusal alone, and the rest is taken all the same.
  expect((await push({})).status).toBe(400);
  const pulled = await server.get<{ documents: { id: string }[] }>(`/sync/intents/pull?limit=10&device=${deviceId}`);
  expect(pulled.documents).toHaveLength(1);
});

test('a push of many rows lets others have their turn', async () => {
  server = await startServer();
  const deviceId = '1b4e28ba-2fa1-4d25-883f-0016d3cca427';
  const tracks = Array.from({ length: 200 }, (_, index) => ({ trackId: index + 1 }));
  const rows = Array.from({ length: 300 }, (_, index) => ({
    newDocumentState: {
      id: `1b4e28ba-2fa1-4d25-883f-${String(index).padStart(12, '0')}`,
      deviceId,
      number: index + 1,
      madeAt: Date.now(),
      _deleted: false,
      intent: { kind: 'add-listens', group: deviceId, playedAt: 1_700_000_000, tracks },
    },
  }));
  const pushed = server.send('POST', '/sync/intents/push', rows);
  let answers = 0;
  let over = false;
  void pushed.then(() => (over = true));
  while (!over) {
    await server.get('/health');
    answers += 1;
  }
  expect((await pushed).status).toBe(200);
  expect(answers).toBeGreaterThan(3);
});
