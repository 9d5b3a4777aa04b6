import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressOf } from './address.ts';
import { getListen, listListens } from './history.ts';
import { endpoints } from './endpoints.ts';
import { serviceTestOf } from './services.ts';
import { testableIds } from '../upstreams/registry.ts';

test('every endpoint is exported under its operationId, and every area is listed', async () => {
  const files = readdirSync(import.meta.dirname).flatMap((name) => /^(\w+)\.ts$/.exec(name)?.[1] ?? []);
  const areas = await Promise.all(files.map((name) => import(`./${name}.ts`) as Promise<Record<string, unknown>>));
  const exported = areas.flatMap((area) =>
    Object.entries(area).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && 'operationId' in value ? [[name, value.operationId]] : [],
    ),
  );
  expect(exported.filter(([name, operationId]) => name !== operationId)).toEqual([]);
  expect(Object.keys(endpoints).sort()).toEqual(exported.map(([name]) => name).sort());
});

test('only what reads answers by an ETag', () => {
  expect(Object.values(endpoints).filter(({ etag, method }) => etag && method !== 'get')).toEqual([]);
});

test('no two answer the same method and path', () => {
  const places = Object.values(endpoints).map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`);
  expect(new Set(places).size).toBe(places.length);
});

test('every service that can be asked once has the operation for it, and no other has', () => {
  const tests = Object.values(endpoints).filter(({ path }) => /^\/services\/\w+\/test$/.test(path));
  expect(tests.map(({ path }) => path).sort()).toEqual(testableIds.map((id) => serviceTestOf(id).path).sort());
  for (const { method, path, answers } of tests)
    expect(testableIds.map(serviceTestOf)).toContainEqual(expect.objectContaining({ method, path, answers }));
});

test('an address has its names filled in, and its query without what is not given', () => {
  expect(addressOf(getListen, { params: { id: 7 } })).toBe('/api/v1/history/tracks/7');
  expect(addressOf(listListens, { query: { q: 'a b&c', loved: true, album: undefined, page: 2 } })).toBe(
    '/api/v1/history/tracks?q=a+b%26c&loved=true&page=2',
  );
});
