import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { request } from './apiClient.ts';

let server: Server;
let base = '';

beforeAll(async () => {
  server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '', 'http://x');
    const [, , , status = '200', what = ''] = pathname.split('/');
    if (what === 'hang') return;
    res.writeHead(Number(status), { 'content-type': 'application/json' });
    if (what === 'headers') res.end(JSON.stringify(req.headers));
    else if (what === 'html') res.end('<html>Bad gateway</html>');
    else if (what === 'empty') res.end();
    else if (what === 'error')
      res.end(JSON.stringify({ error: { kind: 'stale-epoch', message: 'restored', field: 'epoch' } }));
    else res.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const real = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => real(base + path, init));
});

afterEach(() => vi.useRealTimers());
afterAll(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

describe('a request', () => {
  it('answers JSON, or undefined for an empty answer', async () => {
    expect(await request('/200/ok')).toEqual({ ok: true });
    expect(await request('/200/empty', { method: 'DELETE' })).toBeUndefined();
  });

  it('takes the answer at a status that was asked for with it, and at no other', async () => {
    expect(await request('/503/ok', { also: [503] })).toEqual({ ok: true });
    await expect(request('/503/html', { also: [503] })).rejects.toMatchObject({ kind: 'bad-answer' });
    await expect(request('/500/ok', { also: [503] })).rejects.toMatchObject({ kind: 'bad-answer' });
  });

  it('states the protocol, and a type only with a body', async () => {
    const bare = await request<Record<string, string>>('/200/headers', { method: 'POST' });
    expect(bare).toMatchObject({ 'x-aime-protocol': '1' });
    expect(bare['content-type']).toBeUndefined();
    expect(await request('/200/headers', { method: 'POST', body: {} })).toMatchObject({
      'content-type': 'application/json',
    });
  });

  it.each([
    ['/409/error', { kind: 'stale-epoch', status: 409, field: 'epoch', message: 'restored' }],
    ['/502/html', { kind: 'unavailable', status: 502 }],
    ['/200/html', { kind: 'bad-answer' }],
  ])('fails in a known way for %s', async (path, error) => {
    await expect(request(path)).rejects.toMatchObject(error);
  });

  it.each(
    [400, 401, 403, 404, 409, 413, 426, 500].flatMap((status) => [
      `/${status}/html`,
      `/${status}/empty`,
      `/${status}/ok`,
    ]),
  )('does not take %s, which is not in AIME’s words, for AIME’s answer', async (path) => {
    await expect(request(path)).rejects.toMatchObject({ kind: 'bad-answer' });
  });

  it('fails with `timeout` when nothing comes, and with the caller’s reason when it gave up', async () => {
    await expect(request('/200/hang', { timeout: 50 })).rejects.toMatchObject({ kind: 'timeout' });
    const given = new AbortController();
    const asked = request('/200/hang', { signal: given.signal });
    given.abort(new Error('left the page'));
    await expect(asked).rejects.toThrow('left the page');
  });

  it('fails with `network` when nobody is there', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    await expect(request('/200/ok')).rejects.toMatchObject({ kind: 'network', status: 0 });
  });
});
