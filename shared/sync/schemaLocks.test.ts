import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MUTATIONS } from '../mutations/registry.ts';
import { canonical } from '../text/canonical.ts';
import { PULL_LIMIT, PullAnswer } from './checkpoint.ts';
import { collectionNames, collections } from './collections.ts';
import * as protocol from './protocol.ts';
import { Sighting, SyncState } from './state.ts';
import { StreamEvents } from './stream.ts';

/**
 * What travels between the server and its devices, and what the server keeps as it travels. Its history is in the `.lock`
 * file of that name: one line for every shape there was, with the protocol's version then, and why that rose or stayed.
 * When a shape changes, append the line that this test asks for. It is a new version of the protocol (`PROTOCOL` rises, and
 * `OLDEST_PROTOCOL` says who is still answered) unless both sides read what the other one of before writes. Lines are
 * never changed: each is linked with the one before.
 */
const SHAPES: Record<string, unknown> = {
  stream: shapesOf(StreamEvents),
  push: {
    ...shapesOf({ row: protocol.PushRow, body: protocol.PushBody, answer: protocol.PushAnswer }),
    pushed: collectionNames.filter((name) => collections[name].push),
  },
  pull: { ...shapesOf({ answer: PullAnswer }), limit: PULL_LIMIT, collections: collectionNames },
  state: shapesOf({ state: SyncState, seen: Sighting }),
  protocol: Object.fromEntries(Object.entries(protocol).filter(([, value]) => typeof value !== 'object')),
};

/**
 * The same of what push and pull carry and leave open, each part by its name: a line of these begins with it. A part that is
 * gone ends with a line of the shape `null`.
 */
const NAMED_SHAPES: Record<string, Record<string, unknown>> = {
  collections: Object.fromEntries(
    collectionNames.map((name) => [name, shapesOf({ document: collections[name].schema })]),
  ),
  mutations: Object.fromEntries(
    Object.entries(MUTATIONS).map(([kind, { schema }]) => [kind, shapesOf({ mutation: schema })]),
  ),
};

function shapesOf(schemas: Record<string, v.GenericSchema>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, inOrder(toJsonSchema(schema, { errorMode: 'ignore' }))]),
  );
}

/** The order of alternatives, of what is required and of words to choose from says nothing. */
function inOrder(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(inOrder).sort((one, other) => (canonical(one) < canonical(other) ? -1 : 1));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inOrder(value)]));
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A line of a lock: the protocol's version, the shape's hash, that of the line with all before it, and why. */
function lineFor(before: string, version: number, shape: unknown, why: string): string {
  const hashed = hash(canonical(shape));
  return `${version} ${hashed} ${linkOf(before, version, hashed)} ${why}`;
}

const linkOf = (before: string, version: number | string | undefined, hashed: string | undefined): string =>
  hash(`${before.split(' ')[2] ?? ''} ${version} ${hashed}`);

/** @returns what is wrong with the history, in words; null where the shape is its last line's. */
function problem(lock: string, shape: unknown): string | null {
  let before = '';
  for (const line of lock.split('\n').filter((each) => each !== '')) {
    const [version, hashed, link, ...why] = line.split(' ');
    if (link !== linkOf(before, version, hashed)) return `${line} was changed: append a line instead`;
    if (why.join('').trim() === '') return `${line} does not say why`;
    if (Number(version) < Number(before.split(' ')[0])) return `${line} is of an earlier protocol than the one before`;
    before = line;
  }
  const [version, hashed] = before.split(' ');
  if (hashed !== hash(canonical(shape)))
    return `the shape is another; append:\n${lineFor(before, protocol.PROTOCOL, shape, 'why the version rose, or need not')}`;
  return Number(version) > protocol.PROTOCOL ? `the protocol is ${protocol.PROTOCOL}, of an earlier shape` : null;
}

/** The same for the parts of a history of named ones, each with the line as it has to be appended. */
function namedProblem(lock: string, shapes: Record<string, unknown>): string | null {
  const lines = lock.matchAll(/^(\S+) (.*)$/gm);
  const own = new Map(Object.keys(shapes).map((name) => [name, '']));
  for (const [, name = '', line = ''] of lines) own.set(name, `${own.get(name) ?? ''}${line}\n`);
  const wrong = [...own].flatMap(([name, history]) => {
    const found = problem(history, shapes[name] ?? null);
    return found === null ? [] : [`${name}: ${found.replace('append:\n', `append:\n${name} `)}`];
  });
  return wrong.length === 0 ? null : wrong.join('\n');
}

const lockOf = (name: string) => readFileSync(new URL(`${name}.lock`, import.meta.url), 'utf8');

describe('the history of what travels', () => {
  it.each(Object.keys(SHAPES))('of %s ends with the shape that it has', (name) => {
    expect(problem(lockOf(name), SHAPES[name])).toBeNull();
  });

  it.each(Object.keys(NAMED_SHAPES))('of %s ends with the shape that each of them has', (name) => {
    expect(namedProblem(lockOf(name), NAMED_SHAPES[name]!)).toBeNull();
  });
});

describe('a history', () => {
  const first = lineFor('', 1, { a: 1 }, 'first');
  const second = lineFor(first, 1, { a: 2 }, 'a may be 2: nobody reads it');

  it('fails where the shape changes without a line, and says which one', () => {
    expect(problem(first, { a: 2 })).toContain(`append:\n1 ${hash(canonical({ a: 2 }))}`);
    expect(problem(`${first}\n${second}\n`, { a: 2 })).toBeNull();
  });

  it('fails where a line was changed, taken away, or gives no reason', () => {
    expect(problem(`${first.replace('1 ', '2 ')}\n${second}`, { a: 2 })).toContain('was changed');
    expect(problem(second, { a: 2 })).toContain('was changed');
    expect(problem(lineFor('', 1, { a: 1 }, ''), { a: 1 })).toContain('does not say why');
  });

  it('never goes back to an earlier protocol, nor beyond the one that is spoken', () => {
    const later = lineFor(first, 2, { a: 2 }, 'a is a list now');
    expect(problem(`${first}\n${later}`, { a: 2 })).toContain('the protocol is 1');
    expect(problem(`${first}\n${later}\n${lineFor(later, 1, { a: 3 }, 'back')}`, { a: 3 })).toContain(
      'earlier protocol',
    );
  });

  it('of named parts is one for each: a part that is new, changed or gone lacks its line', () => {
    const lock = `a ${first}\na ${second}\nb ${first}\n`;
    expect(namedProblem(lock, { a: { a: 2 }, b: { a: 1 } })).toBeNull();
    expect(namedProblem(lock, { a: { a: 2 }, b: { a: 2 } })).toMatch(
      new RegExp(`^b: .*append:\nb 1 ${hash(canonical({ a: 2 }))} `),
    );
    expect(namedProblem(lock, { a: { a: 2 }, b: { a: 1 }, c: 3 })).toMatch(/^c: .*append:\nc 1 /);
    expect(namedProblem(lock, { a: { a: 2 } })).toMatch(new RegExp(`^b: .*append:\nb 1 ${hash('null')} `));
    const gone = lineFor(first, 1, null, 'nobody has one');
    expect(namedProblem(`${lock}b ${gone}\n`, { a: { a: 2 } })).toBeNull();
    expect(namedProblem(`b ${second}\n`, { b: { a: 2 } })).toContain('was changed');
  });
});
