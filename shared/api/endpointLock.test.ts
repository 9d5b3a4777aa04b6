import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { canonical } from '../text/canonical.ts';
import { answersOf, type Endpoint } from './contract.ts';
import { endpoints } from './endpoints.ts';

/**
 * What each operation takes and answers. `endpoints.lock` is its history: a line for every shape that an operation had, and why it
 * became another. When one changes, append the line that this test asks for, and say in it what becomes of the app and of other
 * programs that know the shape of before. Lines are never changed: each is linked with the one before of its operation.
 */
const LOCK = new URL('endpoints.lock', import.meta.url);

const isSchema = (answer: object): answer is v.GenericSchema => 'kind' in answer && answer.kind === 'schema';
const shapeOf = (schema: v.GenericSchema) => inOrder(toJsonSchema(schema, { errorMode: 'ignore' }));
const shapesOf = (entries: v.ObjectEntries = {}) =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, shapeOf(entry)]));

/** The order of alternatives, of what is required and of words to choose from says nothing, and neither do descriptions. */
function inOrder(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(inOrder).sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, value]) => (key === 'description' ? [] : [[key, inOrder(value)]])),
  );
}

const shapeOfEndpoint = ({ method, path, params, query, body, open = false, ...of }: Endpoint): unknown => ({
  place: `${method} ${path}`,
  open,
  params: shapesOf(params),
  query: shapesOf(query),
  body: body === undefined ? null : shapeOf(body),
  answers: Object.fromEntries(
    Object.entries(answersOf(of)).map(([status, answer]) => [status, isSchema(answer) ? shapeOf(answer) : answer]),
  ),
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const GONE = 'gone';
const shapes = (of: Readonly<Record<string, Endpoint>>) =>
  Object.fromEntries(Object.entries(of).map(([name, endpoint]) => [name, hash(canonical(shapeOfEndpoint(endpoint)))]));

const linkOf = (before: string | undefined, name: string, shape: string | undefined): string =>
  hash(`${before?.split(' ')[2] ?? ''} ${name} ${shape}`);

/** The lines that a lock lacks. @throws for a line that was changed, or gives no reason. */
function lacking(lock: string, now: Readonly<Record<string, string>>): string[] {
  const lines = lock.split('\n').filter((line) => line !== '');
  const last = new Map<string, string>();
  for (const line of lines) {
    const [name = '', shape, link, ...why] = line.split(' ');
    if (link !== linkOf(last.get(name), name, shape)) throw new Error(`${line} was changed: append a line instead`);
    if (why.join('').trim() === '') throw new Error(`${line} does not say why`);
    last.set(name, line);
  }
  return [...new Set([...last.keys(), ...Object.keys(now)])].flatMap((name) => {
    const before = last.get(name);
    const shape = now[name] ?? GONE;
    return shape === (before?.split(' ')[1] ?? GONE) ? [] : [`${name} ${shape} ${linkOf(before, name, shape)} `];
  });
}

describe('the history of the operations', () => {
  it('ends with the shapes they have: else append these lines, each with its reason at the end', () => {
    expect(lacking(readFileSync(LOCK, 'utf8'), shapes(endpoints))).toEqual([]);
  });
});

describe('a history', () => {
  const endpoint: Endpoint = {
    operationId: 'one',
    method: 'get',
    path: '/one',
    tag: 'One',
    summary: 'One',
    answers: { 200: v.object({ a: v.string() }) },
  };
  const first = `${lacking('', shapes({ one: endpoint }))[0]}first`;

  it('lacks a line for what an operation takes or answers otherwise, and for one that is new or gone', () => {
    expect(lacking(first, shapes({ one: endpoint }))).toEqual([]);
    const asks = { ...endpoint, query: { q: v.optional(v.string()) } };
    const answers = { ...endpoint, answers: { 200: v.object({ a: v.nullable(v.string()) }) } };
    for (const other of [asks, answers]) expect(lacking(first, shapes({ one: other }))).toHaveLength(1);
    expect(lacking(first, shapes({ one: endpoint, two: endpoint }))[0]).toMatch(/^two /);
    const gone = lacking(first, {});
    expect(gone[0]).toMatch(/^one gone /);
    expect(lacking(`${first}\n${gone[0]}nobody asked`, {})).toEqual([]);
  });

  it('is not for words about it', () => {
    expect(lacking(first, shapes({ one: { ...endpoint, summary: 'Another', tag: 'Other' } }))).toEqual([]);
  });

  it('fails where a line was changed or gives no reason', () => {
    expect(() => lacking(first.replace('one ', 'two '), {})).toThrow('was changed');
    expect(() => lacking(first.replace('first', ''), {})).toThrow('does not say why');
  });
});
