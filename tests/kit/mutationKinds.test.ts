import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MUTATION_KINDS } from '#shared/mutations/registry.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What only tries, and the registries, which list the kinds. */
const LEFT_OUT = /\.test\.ts$|^(shared|server\/library)\/mutations\/registry\.ts$/;

/** Where each kind has a file of its own, which may name it. */
const UNITS = /^(shared|server\/library)\/mutations\//;

/** A kind between quotes. A mutation that is made, `kind: '…'`, and the type of one are no comparison. */
const NAMED = new RegExp(`(kind: |MutationOf<)?(['"\`])(${MUTATION_KINDS.join('|')})\\2`, 'g');
const DEFINED = /(?:v\.literal\(|MutationHandler<)'([a-z-]+)'/g;

/** A part of its name says no more than the whole. */
const PART_OF_NAME = /\b(?:mutation|intent)\.kind\.\w+\(/g;

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/.*$/gm, '');

/** @returns what in a source asks which kind a mutation is, as it stands there. */
function comparedIn(path: string, source: string): string[] {
  const text = withoutComments(source);
  const own = new Set(UNITS.test(path) ? [...text.matchAll(DEFINED)].map(([, kind]) => kind) : []);
  return [
    ...[...text.matchAll(NAMED)].filter(([, made, , kind]) => made === undefined && !own.has(kind)),
    ...text.matchAll(PART_OF_NAME),
  ].map(([found]) => `${path}: ${found}`);
}

it('what is asked of a kind of mutation is asked of its definition, never by its name', () => {
  const sources = ['server', 'shared', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => /\.(ts|svelte)$/.test(path) && !LEFT_OUT.test(path)),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.flatMap((path) => comparedIn(path, readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

it.each([
  "if (mutation.kind === 'love-track' || isOld) return;",
  "case 'rate-album':",
  "new Set(['note-album'])",
  "const LABELS = { 'note-listen': 1 };",
  "type Logged = Extract<Mutation, { kind: 'add-listens' | 'log-named' }>;",
  "`SELECT 1 FROM intents WHERE intent ->> 'kind' = 'log-named'`",
  '{#if change.kind === "love-track"}',
  "mutation.kind.includes('artist')",
])('finds %s', (source) => expect(comparedIn('web/lib/one.ts', source)).toHaveLength(1));

it.each([
  "submit({ kind: 'love-track', trackId, loved });",
  "const move: MutationOf<'move-needle'> = before;",
  '/** Group of an `add-listens` that waits. */',
  "// 'love-track' is one of them.",
])('passes %s', (source) => expect(comparedIn('web/lib/one.ts', source)).toEqual([]));

it('lets a kind’s own file name it, and no other', () => {
  const source = "export const one: MutationHandler<'love-track'> = {};\nconst two = ['love-track', 'rate-album'];";
  expect(comparedIn('server/library/mutations/one.ts', source)).toEqual([
    "server/library/mutations/one.ts: 'rate-album'",
  ]);
});
