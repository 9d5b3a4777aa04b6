import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { LIMIT_MS, type RunningServer, startServer, until } from '#tests/kit/serverProcess.ts';

let server: RunningServer | null = null;
afterEach(async () => {
  await server?.dispose();
  server = null;
});

/** A start that is expected to fail: how it ended and what it said. */
function failedStart(environment: Record<string, string>, files: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'aime-start-'));
  mkdirSync(join(home, 'config'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, 'config', name), text);
  const result = spawnSync(process.execPath, ['build/server/main.js'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      AIME_PORT: '0',
      AIME_DATA_DIR: join(home, 'data'),
      AIME_CONFIG_DIR: join(home, 'config'),
      ...environment,
    },
    encoding: 'utf8',
    timeout: LIMIT_MS,
  });
  return { code: result.status, said: result.stdout + result.stderr };
}

/** A GET with headers that fetch would not let a caller choose. */
const getWith = (url: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) =>
    request(url, { headers }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', reject)
      .end(),
  );

/** A body to one of the server's routes. @returns the status, and what is said when it is refused. */
async function sent(path: string, body: string) {
  const answer = await fetch(`${server!.url}/api/v1${path}`, { method: 'POST', body });
  return [answer.status, ((await answer.json()) as { error?: { message: string } }).error?.message];
}

describe('a start', () => {
  test.each([
    ['on all addresses without a token', { AIME_HOST: '0.0.0.0' }, {}, /AIME_TOKEN/],
    ['with an ill-typed value', { AIME_PORT: 'eighty' }, {}, /AIME_PORT.*whole number/],
    ['with an unknown key', {}, { 'app.json': '{"lastfm": {"usrname": "ada"}}' }, /lastfm\.usrname/],
    [
      'with a secret in the committed file',
      {},
      { 'app.json': '{"lastfm": {"apiKey": "k"}}' },
      /lastfm\.apiKey.*secrets\.json/,
    ],
    ['with half a certificate', { AIME_TLS_CERT: '/nowhere/cert.pem' }, {}, /AIME_TLS_KEY/],
  ])('%s is refused in words', (_name, environment, files, message) => {
    const { code, said } = failedStart(environment, files);
    expect(code).toBe(1);
    expect(said).toMatch(message);
  });
});

describe('with an access token', () => {
  test('every API route but health needs it, as bearer or as cookie; the shell needs none', async () => {
    server = await startServer({ AIME_TOKEN: 'open-sesame', AIME_HOST: '127.0.0.1' });
    const api = `${server.url}/api/v1`;
    expect((await fetch(`${api}/health`)).status).toBe(200);
    expect((await fetch(`${server.url}/`)).status).toBe(200);
    expect((await fetch(`${server.url}/journal`)).headers.get('content-type')).toMatch(/html/);
    for (const path of [
      '/counts',
      '/settings',
      '/sync/journal/pull',
      '/sync/stream',
      '/openapi.json',
      '/metrics',
      '/images/1',
    ]) {
      const answer = await fetch(api + path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(await answer.json()).toMatchObject({ error: { kind: 'unauthorized' } });
    }
    expect((await fetch(`${api}/counts`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(`${api}/counts`, { headers: { authorization: 'Bearer open-sesame' } })).status).toBe(200);
    expect((await fetch(`${api}/session`, { method: 'POST', body: JSON.stringify({ token: 'wrong' }) })).status).toBe(
      401,
    );
    const session = await fetch(`${api}/session`, { method: 'POST', body: JSON.stringify({ token: 'open-sesame' }) });
    const cookie = session.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).not.toContain('open-sesame');
    expect((await fetch(`${api}/counts`, { headers: { cookie: cookie.split(';')[0]! } })).status).toBe(200);
    expect(server.output()).not.toContain('open-sesame');
  });
});

describe('other web sites', () => {
  test('may not write here, nor read under a name of their own', async () => {
    server = await startServer();
    const stop = `${server.url}/api/v1/services/tracker/stop`;
    expect((await fetch(stop, { method: 'POST', headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(stop, { method: 'POST', headers: { origin: server.url } })).status).toBe(200);
    expect(await getWith(`${server.url}/api/v1/counts`, { host: 'evil.example' })).toBe(403);
    expect(await getWith(`${server.url}/api/v1/counts`, { host: `localhost:${server.port}` })).toBe(200);
  });
});

describe('settings', () => {
  test('secrets go to a file that only the owner reads, and never come back', async () => {
    server = await startServer({ LASTFM_USERNAME: 'ada' });
    expect((await server.send('PUT', '/settings/secrets', { 'lastfm.apiKey': 'a-very-secret-key' })).status).toBe(200);
    const path = join(server.configDir, 'secrets.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toContain('a-very-secret-key');
    const { json } = await server.send('GET', '/settings');
    expect(JSON.stringify(json)).not.toContain('a-very-secret-key');
    expect(json).toMatchObject({ secrets: { 'lastfm.apiKey': { set: true } } });
    expect(json).toMatchObject({
      values: {
        'lastfm.username': {
          value: 'ada',
          source: 'environment',
          readOnlyReason: expect.stringContaining('LASTFM_USERNAME') as unknown,
        },
      },
    });
    expect(server.output()).not.toContain('a-very-secret-key');
  });

  test('a change that is wrong names the key and leaves all as it was', async () => {
    server = await startServer({ LASTFM_USERNAME: 'ada' });
    const wrong = [
      [{ 'lastfm.pollSeconds': 'often' }, 'lastfm.pollSeconds'],
      [{ 'lastfm.username': 'grace' }, 'lastfm.username'],
      [{ nothing: 1 }, 'nothing'],
      [{ 'lastfm.apiKey': 'x' }, 'lastfm.apiKey'],
      [{ timezone: 'Mars/Olympus' }, 'timezone'],
    ] as const;
    for (const [body, field] of wrong)
      expect(await server.send('PUT', '/settings', body)).toMatchObject({ status: 400, json: { error: { field } } });
    expect(await server.send('PUT', '/settings', { 'lastfm.pollSeconds': 60 })).toMatchObject({ status: 200 });
    await server.stop();
    server = await server.restart();
    expect(await server.get('/settings')).toMatchObject({
      values: { 'lastfm.pollSeconds': { value: 60, source: 'app' } },
    });
  });
});

describe('the wire', () => {
  test('refuses a body that is too large with a message, whatever its size; its sender is answered further', async () => {
    server = await startServer();
    const lists = `[[${Array(400_000).fill('{"a":1}').join(',')}]]`;
    const long = JSON.stringify({ token: 'x'.repeat(3_000_000) });
    for (let round = 0; round < 5; round += 1) {
      expect(await sent('/sync/intents/push', lists)).toEqual([
        413,
        expect.stringMatching(/more than 40,000 lists, objects and names/),
      ]);
      expect(await sent('/session', long)).toEqual([413, expect.stringMatching(/larger than 256 KB/)]);
      expect(
        await sent('/session', `{${Array.from({ length: 20_000 }, (_, index) => `"${index}":1`).join(',')}}`),
      ).toEqual([413, expect.stringMatching(/more than/)]);
      expect(await sent('/session', '{"token":"x"}')).toEqual([200, undefined]);
    }
  });

  test('answers what is unchanged with 304, compresses, and describes itself', async () => {
    server = await startServer();
    const url = `${server.url}/api/v1/collection/albums`;
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const reference = await fetch(`${server.url}/api/v1/openapi.json`);
    expect(reference.headers.get('content-encoding')).toBeTruthy();
    const paths = Object.keys(((await reference.json()) as { paths: object }).paths);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/v1/history/tracks',
        '/api/v1/sync/{collection}/pull',
        '/api/v1/services/tracker/status',
      ]),
    );
    expect(await (await fetch(`${server.url}/api/v1/docs`)).text()).toContain('/api/v1/history/tracks');
    expect(await (await fetch(`${server.url}/api/v1/metrics`)).text()).toMatch(/^aime_http_requests_total\{/m);
    expect((await fetch(`${server.url}/api/v1/session`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await fetch(`${server.url}/..%2f..%2fpackage.json`)).headers.get('content-type')).toMatch(/html/);
  });

  test('streams what changes, and resumes where a reader was cut off', async () => {
    server = await startServer();
    const read = async (
      headers: Record<string, string>,
      act: () => Promise<unknown>,
      enough: (text: string) => boolean,
    ) => {
      const stop = new AbortController();
      const answer = await fetch(`${server!.url}/api/v1/sync/stream`, { headers, signal: stop.signal });
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      await act();
      await until('the event', async () => (text += (await reader.read()).value ?? ''), enough);
      stop.abort();
      return text;
    };
    const first = await read(
      {},
      () => server!.send('PUT', '/household', { language: 'fr' }),
      (text) => text.split('event: resync').length > 1 && text.includes('"household"'),
    );
    expect(first).toContain('event: hello');
    const id = [...first.matchAll(/^id: (.+)$/gm)].at(-1)![1]!;
    const again = await read(
      { 'last-event-id': id },
      () => server!.send('PUT', '/household', { language: 'en' }),
      (text) => text.includes('"household"'),
    );
    expect(again).not.toContain('"collection":"albums"');
  });
});
