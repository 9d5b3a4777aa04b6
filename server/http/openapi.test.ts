import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '#shared/api/endpoints.ts';
import { type App, openApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { systemClock } from '../kit/clock.ts';
import { silentLog } from '../kit/log.ts';
import { openApi, type OpenApi, type Operation } from './openapi.ts';

const folder = mkdtempSync(join(tmpdir(), 'aime-openapi-'));
let app: App;
let document: OpenApi;
let operations: { name: string; path: string; method: string; operation: Operation }[];

beforeAll(async () => {
  app = await openApp({
    config: loadConfig({ AIME_DATA_DIR: join(folder, 'data'), AIME_CONFIG_DIR: join(folder, 'config') }),
    log: silentLog,
    clock: systemClock,
  });
  // As it is sent.
  document = JSON.parse(JSON.stringify(openApi(app.routes, '1'))) as OpenApi;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
  );
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What may have a fraction, by the shape it is in, if that has a name, and the fields that lead to it; every other number is whole. */
const FRACTIONS = [
  'AccentColour.chroma',
  'AccentColour.hue',
  'HouseholdDocument.turntable.tracks.seconds',
  'RoonStatus.zones.nowPlaying.durationSeconds',
  'RoonStatus.zones.nowPlaying.positionSeconds',
  'SourceReport.reasons.reasons.seconds',
  'SourceReport.reasons.reasons.weight',
  'SourceReport.reasons.score',
  'TrackerStatus.nowPlaying.durationSeconds',
  'TrackerStatus.nowPlaying.positionSeconds',
  'hours.share',
  'lead.hours.share',
  'lead.mostly.share',
  'mainHours.share',
  'mostly.share',
];
/** The values that a sentence names are texts and numbers of whatever kind. */
const OF_A_SENTENCE = /\.(params|values)$/;

/** Every object within. */
function* partsOf(part: unknown, at: string): Generator<[at: string, part: Record<string, unknown>]> {
  if (typeof part !== 'object' || part === null) return;
  if (!Array.isArray(part)) yield [at, part as Record<string, unknown>];
  for (const [name, value] of Object.entries(part)) yield* partsOf(value, `${at}.${name}`);
}
/** Of the place of a schema in the document: the shape's name and its fields. */
function fieldOf(at: string): string {
  const shape = /^\.components\.schemas\.(\w+)/.exec(at)?.slice(1) ?? [];
  const fields = [...at.matchAll(/\.properties\.(\w+)/g)].map(([, field]) => field);
  return [...shape, ...fields].join('.');
}
const lacking = (is: (each: (typeof operations)[number]) => boolean) =>
  operations.filter((each) => !is(each)).map(({ name }) => name);
const answers =
  (...statuses: number[]) =>
  ({ operation }: { operation: Operation }) =>
    statuses.every((status) => operation.responses[status] !== undefined);

describe('the whole document', () => {
  test('has an operation for each endpoint there is, with an operationId of its own', () => {
    expect(operations.length).toBeGreaterThan(90);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(endpoints)));
  });

  test('bounds every integer of a query, a path, a body and an answer', () => {
    const integers = [...partsOf(document, '')].filter(([, { type }]) => type === 'integer');
    expect(integers.length).toBeGreaterThan(300);
    expect(
      integers.filter(([, { minimum, maximum }]) => typeof minimum !== 'number' || typeof maximum !== 'number'),
    ).toEqual([]);
    expect(integers.filter(([at]) => at.includes('parameters')).length).toBeGreaterThan(35);
  });

  test('calls a number whole, but for those that can have a fraction', () => {
    const numbers = [...partsOf(document, '')].filter(([, { type }]) => type === 'number');
    const fields = new Set(numbers.map(([at]) => fieldOf(at)).filter((field) => !OF_A_SENTENCE.test(field)));
    expect([...fields].sort()).toEqual(FRACTIONS);
  });

  test('has no number in a request that is not an integer', () => {
    const numbers = operations.flatMap(({ name, operation: { parameters, requestBody } }) =>
      [...partsOf({ parameters, requestBody }, name)].filter(([, { type }]) => type === 'number'),
    );
    expect(numbers).toEqual([]);
  });

  test('names every status that an operation can answer', () => {
    expect(lacking(answers(500, 503))).toEqual([]);
    expect(lacking((each) => each.operation.security !== undefined || answers(401)(each))).toEqual([]);
    expect(lacking(answers(403))).toEqual([]);
    expect(lacking((each) => each.method === 'get' || answers(400, 413)(each))).toEqual([]);
    expect(lacking((each) => each.operation.parameters === undefined || answers(400)(each))).toEqual([]);
    expect(lacking((each) => !each.path.includes('{') || answers(404)(each))).toEqual([]);
  });

  test('gives every parameter of a path a place in it, and says what is required', () => {
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter(({ in: place }) => place === 'path');
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(inPath.every(({ required }) => required)).toBe(true);
    }
    const { parameters } = document.paths['/api/v1/search']!.get!;
    expect(parameters?.map(({ name, required }) => [name, required])).toEqual([
      ['q', true],
      ['limit', false],
    ]);
    expect(parameters?.[1]?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 50, default: 10 });
  });

  test('names its shared schemas once, and every reference leads to one', () => {
    const components = Object.keys(document.components.schemas);
    const references = [...partsOf(document, '')].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    const named = [...new Set(references)].map((reference) => reference.replace('#/components/schemas/', ''));
    expect(named.sort()).toEqual(components.sort());
    expect(components).toEqual(expect.arrayContaining(['Album', 'Artist', 'Error', 'Listen', 'Playlist']));
  });

  test('says what an answer that is no JSON is', () => {
    const types = ({ responses }: Operation, status = 200) => Object.keys(responses[status]?.content ?? {});
    expect(types(document.paths['/api/v1/images/{id}']!.get!)).toEqual(['image/webp']);
    expect(types(document.paths['/api/v1/sync/stream']!.get!)).toEqual(['text/event-stream']);
    expect(types(document.paths['/api/v1/playlists/{id}/export']!.get!)).toContain('text/csv');
  });

  test('distinguishes an answer and an error of one status', () => {
    const { schema } = document.paths['/api/v1/health']!.get!.responses[503]!.content!['application/json']!;
    expect(schema?.anyOf?.[0]).toEqual({ $ref: '#/components/schemas/Health' });
    expect(schema?.anyOf).toHaveLength(2);
  });
});
