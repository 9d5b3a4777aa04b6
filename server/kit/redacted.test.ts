import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { withoutSecrets } from './redacted.ts';

const SENTENCE = 'a request to api.example was refused: the album a is not there';

test.each([
  ['a', SENTENCE, SENTENCE],
  ['e', SENTENCE, SENTENCE],
  [
    'x',
    'GET /2.0/?api_key=x&method=x.y "x" Bearer x',
    'GET /2.0/?api_key=<hidden>&method=<hidden>.y "<hidden>" Bearer <hidden>',
  ],
  ['key', 'the key is a key: key', 'the key is a key: key'],
  ['music', 'musicbrainz answered music', 'musicbrainz answered <hidden>'],
  ['0123456789abcdef', 'https://x/?k=a0123456789abcdefb', 'https://x/?k=a<hidden>b'],
  ['a+b(c', 'token a+b(c!', 'token <hidden>!'],
  ['', 'nothing', 'nothing'],
])('the secret %s in %s', (secret, text, shown) => {
  expect(withoutSecrets(text, [secret])).toBe(shown);
});

test('a secret within another goes with it', () => {
  expect(withoutSecrets('the 12345678-abcdefgh', ['12345678', '12345678-abcdefgh'])).toBe('the <hidden>');
});

test('the log hides secrets however deep and however they are written, and keeps its own words', () => {
  const lines: string[] = [];
  const secrets = ['very-secret-"text"', 'i', 'warn'];
  createLog(
    () => secrets,
    (line) => lines.push(line),
  ).warn('library.waits', {
    why: 'it is very-secret-"text"',
    deep: [{ error: 'very-secret-"text"' }],
    error: new Error('key=i'),
  });
  createLog(
    () => secrets,
    (line) => lines.push(line),
  ).info('warn');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    {
      level: 'warn',
      event: 'library.waits',
      why: 'it is <hidden>',
      deep: [{ error: '<hidden>' }],
      error: 'Error: key=<hidden>',
    },
    { level: 'info', event: 'warn' },
  ]);
});
