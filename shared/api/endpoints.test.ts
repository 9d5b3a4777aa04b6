import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressOf } from './address.ts';
import { getListen, listListens } from './history.ts';
import { endpoints } from './endpoints.ts';

test('every endpoint is exported under its operationId, and every area is listed', () => {
  for (const [name, { operationId }] of Object.entries(endpoints)) expect(operationId).toBe(name);
  const defined = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'contract.ts')
    .flatMap((name) => [
      ...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(/^export const (\w+) = defineEndpoint/gm),
    ])
    .map(([, name]) => name);
  expect(Object.keys(endpoints).sort()).toEqual(defined.sort());
});

test('no two answer the same method and path', () => {
  const places = Object.values(endpoints).map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
  expect(new Set(places).size).toBe(places.length);
});

test('an address has its names filled in, and its query without what is not given', () => {
  expect(addressOf(getListen, { params: { id: 7 } })).toBe('/api/v1/history/tracks/7');
  expect(addressOf(listListens, { query: { q: 'a b&c', loved: true, album: undefined, page: 2 } })).toBe(
    '/api/v1/history/tracks?q=a+b%26c&loved=true&page=2',
  );
});
