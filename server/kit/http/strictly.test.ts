import * as v from 'valibot';
import { expect, test } from 'vitest';
import { GeneratePlaylist } from '#shared/playlists/options.ts';
import { Mutation } from '#shared/mutations/registry.ts';
import { strictly } from './strictly.ts';

const Nested = v.object({
  a: v.optional(
    v.pipe(
      v.object({ b: v.number() }),
      v.check(({ b }) => b > 0, 'must be more'),
    ),
  ),
  list: v.optional(v.array(v.object({ c: v.string() })), []),
  either: v.nullish(v.union([v.string(), v.object({ d: v.boolean() })])),
  free: v.optional(v.record(v.string(), v.unknown())),
});

test.each([
  [{ a: { b: 1, x: 1 } }, 'a.x'],
  [{ list: [{ c: '' }, { c: '', x: 1 }] }, 'list.1.x'],
  [{ either: { d: true, x: 1 } }, 'either'],
  [{ x: 1 }, 'x'],
])('a name that nobody knows is refused, however deep: %j', (value, field) => {
  const { success, issues } = v.safeParse(strictly(Nested), value);
  expect(success).toBe(false);
  expect(v.getDotPath(issues![0])).toContain(field);
  expect(v.is(Nested, value)).toBe(true);
});

test('what is known is read as before, with its checks, its defaults and what is free', () => {
  expect(v.parse(strictly(Nested), { a: { b: 1 }, free: { x: { y: 1 } } })).toEqual({
    a: { b: 1 },
    list: [],
    free: { x: { y: 1 } },
  });
  expect(v.is(strictly(Nested), { a: { b: 0 } })).toBe(false);
  expect(v.parse(strictly(GeneratePlaylist), { algorithm: 'decade', decade: '1970s' })).toMatchObject({
    decade: 1970,
    keep: true,
  });
  expect(
    v.safeParse(strictly(GeneratePlaylist), {
      algorithm: 'random',
      period: { from: 1_200_000_000, to: 1_300_000_000, x: 1 },
    }).success,
  ).toBe(false);
});

test('a mutation of any kind holds nothing that its kind does not know', () => {
  const Strict = strictly(Mutation);
  expect(v.parse(Strict, { kind: 'love-track', trackId: 1, loved: true })).toEqual({
    kind: 'love-track',
    trackId: 1,
    loved: true,
  });
  expect(
    v.getDotPath(v.safeParse(Strict, { kind: 'love-track', trackId: 1, loved: true, private: true }).issues![0]),
  ).toBe('private');
});

test('a kind of schema that it cannot look into is a mistake', () => {
  expect(() => strictly(v.object({ m: v.map(v.string(), v.string()) }))).toThrow('map');
});
