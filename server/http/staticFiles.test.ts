import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteRange } from './byteRange.ts';
import { staticFiles } from './staticFiles.ts';

let root: string;
let app: Hono;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'aime-static-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>AIME</title>');
  writeFileSync(join(root, 'letters.txt'), 'abcdefghij');
  writeFileSync(join(root, 'letters.txt.br'), 'packed');
  app = new Hono().use('*', staticFiles(root));
});
afterAll(() => rmSync(root, { recursive: true }));

async function ask(headers: Record<string, string> = {}, method = 'GET', path = '/letters.txt') {
  const answer = await app.request(path, { method, headers });
  const of = (name: string) => answer.headers.get(name);
  return {
    status: answer.status,
    text: await answer.text(),
    range: of('content-range'),
    encoding: of('content-encoding'),
    etag: of('etag') ?? '',
    accepts: of('accept-ranges'),
  };
}

test.each([
  ['bytes=2-4', { status: 206, text: 'cde', range: 'bytes 2-4/10' }],
  ['bytes=7-', { status: 206, text: 'hij', range: 'bytes 7-9/10' }],
  ['bytes=-2', { status: 206, text: 'ij', range: 'bytes 8-9/10' }],
  ['bytes=-20', { status: 206, text: 'abcdefghij', range: 'bytes 0-9/10' }],
  ['bytes=8-99', { status: 206, text: 'ij', range: 'bytes 8-9/10' }],
  ['bytes=10-', { status: 416, text: '', range: 'bytes */10' }],
  ['bytes=-0', { status: 416, text: '', range: 'bytes */10' }],
  ['bytes=4-2', { status: 200, text: 'abcdefghij', range: null }],
  ['bytes=0-1,4-5', { status: 200, text: 'abcdefghij', range: null }],
  ['bytes=-', { status: 200, text: 'abcdefghij', range: null }],
  ['letters=0-1', { status: 200, text: 'abcdefghij', range: null }],
])('a request for %s of ten bytes', async (range, answer) => {
  expect(await ask({ range })).toMatchObject({ ...answer, accepts: 'bytes' });
});

test('no byte of an empty file can be asked for', () => {
  for (const range of ['bytes=0-', 'bytes=0-0', 'bytes=-1']) expect(byteRange(range, 0)).toBe('unsatisfiable');
  expect(byteRange(undefined, 0)).toBeNull();
});

test('a range is answered only of the version that its first part was of', async () => {
  const { etag } = await ask();
  const range = 'bytes=0-1';
  expect(await ask({ range, 'if-range': etag })).toMatchObject({ status: 206, text: 'ab' });
  expect(await ask({ range, 'if-range': '"another"' })).toMatchObject({ status: 200, text: 'abcdefghij', range: null });
  expect(await ask({ range, 'if-range': `W/${etag}` })).toMatchObject({ status: 200 });
  expect(await ask({ range, 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
  expect(await ask({ range, 'if-none-match': `"another", W/${etag}` })).toMatchObject({ status: 304, text: '' });
});

test('each encoding is a version of its own, with ranges of its own bytes', async () => {
  const packed = { 'accept-encoding': 'br' };
  const [plain, small] = [await ask(), await ask(packed)];
  expect(small).toMatchObject({ text: 'packed', encoding: 'br' });
  expect(small.etag).not.toBe(plain.etag);
  const range = 'bytes=1-3';
  expect(await ask({ ...packed, range, 'if-range': small.etag })).toMatchObject({
    status: 206,
    text: 'ack',
    range: 'bytes 1-3/6',
    encoding: 'br',
  });
  expect(await ask({ ...packed, range, 'if-range': plain.etag })).toMatchObject({ status: 200, text: 'packed' });
  expect(await ask({ ...packed, 'if-none-match': small.etag })).toMatchObject({ status: 304 });
  expect(await ask({ ...packed, 'if-none-match': plain.etag })).toMatchObject({ status: 200 });
});

test('what is only asked about has no ranges, and neither has an address that cannot be read', async () => {
  const range = 'bytes=0-1';
  expect(await ask({ range }, 'HEAD')).toMatchObject({ status: 200, text: '', range: null });
  expect(await ask({ range }, 'GET', '/%zz')).toMatchObject({ status: 404, range: null });
});
