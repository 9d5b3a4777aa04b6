import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listen, type Listening } from './listen.ts';
import { API_BASE } from './route.ts';
import { servedAppForTest, type ServedApp } from './testing/httpApp.ts';

let served: ServedApp;
let open: Listening;

beforeAll(async () => {
  served = await servedAppForTest('malformed');
  const web = join(served.folder, 'web');
  mkdirSync(web);
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>AIME</title>');
  open = await listen(served.http({ webRoot: web }), { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await open.close();
  await served.close();
});

/** As it stands: fetch would put some of these right before it sends them. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: open.port, path, method }, (answer) => {
      let text = '';
      answer
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('end', () => resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', text }));
    });
    sent.on('error', reject).end();
  });

const MALFORMED = ['%E0%A4%A', '%zz', '%', '%2', '%ff', '%C3', '%80', '%ed%a0%80', 'a%2', '%25%', '%uD800'];
/** Every route that takes something in its path. */
const inPath = () => served.app.routes.filter(({ path }) => path.includes(':'));

test('an address of the API that cannot be read is refused as a value that is wrong, or as something that is not there', async () => {
  expect(inPath().length).toBeGreaterThan(20);
  for (const [at, { method, path }] of inPath().entries()) {
    const asked = `${API_BASE}${path.replaceAll(/:\w+/g, MALFORMED[at % MALFORMED.length]!)}`;
    const { status, text } = await ask(asked, method.toUpperCase());
    expect([400, 404], `${method} ${asked}`).toContain(status);
    expect((JSON.parse(text) as { error: { code: string } }).error, asked).toMatchObject({
      kind: expect.stringMatching(/bad-request|not-found/) as string,
      code: expect.any(String) as string,
    });
  }
  for (const part of MALFORMED) expect((await ask(`${API_BASE}/${part}`)).status).toBe(404);
});

test('a page whose address cannot be read is answered with the app, which says that there is nothing, and with 404', async () => {
  for (const part of MALFORMED) {
    for (const before of ['/album/', '/']) {
      const { status, type, text } = await ask(before + part);
      expect([status, type], before + part).toEqual([404, 'text/html; charset=utf-8']);
      expect(text).toContain('AIME');
    }
    expect((await ask(`/_app/${part}.js`)).status).toBe(404);
    expect((await ask(`/api/${part}`)).type).toMatch(/json/);
  }
});
