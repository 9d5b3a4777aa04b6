import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gates } from '../../scripts/gates.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the gates are configured by, and what that imports. */
const CONFIGURATION = [
  '.dependency-cruiser.cjs',
  '.prettierrc.json',
  'package.json',
  'tsconfig.boundaries.json',
  'tsconfig.node.json',
];

/** What the lint is configured by besides. */
const LINTED_BY = ['eslint.config.js', 'svelte.config.js', 'tsconfig.json', 'tsconfig.service-worker.json'];

/** A few files in which nothing is wrong: one in each folder that the gates look into. */
const RIGHT = {
  'vite.config.ts': 'export {};\n',
  'scripts/plain.mjs': 'export {};\n',
  'web/styles/plain.css': 'p {\n  margin: 0;\n}\n',
  'tests/kit/plain.ts': "export { plain } from '#shared/text/plain.ts';\n",
  'shared/text/plain.ts': 'export const plain = 1;\n',
  'server/kit/used.ts': "import { plain } from '#shared/text/plain.ts';\n\nexport const used = plain;\n",
  'server/library/index.ts': "export { used } from '../kit/used.ts';\n",
};

let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'aime-gates-'));
  for (const path of CONFIGURATION) cpSync(join(root, path), join(copy, path));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  plant(RIGHT);
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

function plant(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
}

/** Runs one of the gates in the copy. */
async function gate(name: string): Promise<{ passed: boolean; said: string }> {
  const [program, ...args] = gates.find((each) => each.name === name)!.command;
  const child = spawn(program, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()));
  const passed = await new Promise<boolean>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status === 0));
  });
  return { passed, said };
}

it('the dependency rules pass where nothing is wrong', async () => {
  expect(await gate('dependency rules')).toMatchObject({ passed: true });
});

it('the dependency rules catch what is planted', async () => {
  const planted = {
    'upstreams-know-no-library: server/upstreams/one/client.ts':
      "import { used } from '../../library/index.ts';\n\nexport const client = used;\n",
    // A room that is not listed, and a way between two rooms that is not.
    'not-in-allowed: server/annex/shed.ts': "import { used } from '../kit/used.ts';\n\nexport const shed = used;\n",
    'not-in-allowed: server/images/one.ts': "import { two } from '../jobs/two.ts';\n\nexport const one = two;\n",
    // A circle that types alone make.
    'no-cycles: shared/library/one.ts': "import type { Two } from './two.ts';\n\nexport type One = Two | 1;\n",
    // The two that the library's documents are made of, and that know nothing of them.
    'primitives-are-the-bottom: shared/primitives/count.ts':
      "import { plain } from '../text/plain.ts';\n\nexport const count = plain;\n",
    'journal-knows-no-library: shared/journal/plays.ts':
      "import type { Two } from '../library/two.ts';\n\nexport type Plays = Two;\n",
    // The library's inside, what its tests share, and an API that hangs on what implements it.
    'library-by-its-api: server/jobs/inside.ts':
      "import { used } from '../library/listens/used.ts';\n\nexport const inside = used;\n",
    'testing-is-for-tests: server/jobs/tried.ts':
      "import { used } from '../library/testing/used.ts';\n\nexport const tried = used;\n",
    'library-api-is-a-leaf: server/library/api/port.ts':
      "import type { Used } from '../listens/used.ts';\n\nexport type Port = Used;\n",
    'only-library-opens-libsql: server/jobs/two.ts':
      "import Database from 'libsql';\n\nexport const two = new Database(':memory:');\n",
  };
  plant({
    'shared/library/two.ts': "import type { One } from './one.ts';\n\nexport type Two = One | 2;\n",
    'server/library/listens/used.ts': 'export type Used = 1;\n\nexport const used = 1;\n',
    'server/library/testing/used.ts': 'export const used = 1;\n',
  });
  plant(Object.fromEntries(Object.entries(planted).map(([where, text]) => [where.split(': ')[1]!, text])));
  const { passed, said } = await gate('dependency rules');
  expect(passed).toBe(false);
  for (const where of Object.keys(planted)) expect(said).toContain(where);
});

it('a wrong type is caught', async () => {
  plant({ 'server/kit/wrong.ts': "export const wrong: number = 'one';\n" });
  expect(await gate('types of server, shared and tests')).toMatchObject({
    passed: false,
    said: expect.stringContaining('wrong.ts') as string,
  });
});

it.each([
  ['lint of server, shared and tests', 'server/kit/floating.ts'],
  ['lint of the pages', 'web/lib/floating.ts'],
])('a promise that nobody waits for is caught: %s', async (name, path) => {
  for (const each of LINTED_BY) cpSync(join(root, each), join(copy, each));
  plant({
    // What Kit writes of the pages, as far as it is needed here.
    '.svelte-kit/tsconfig.json': '{ "compilerOptions": { "module": "esnext" }, "include": ["../web/**/*.ts"] }\n',
    [path]: "Promise.resolve('one');\n",
  });
  const { passed, said } = await gate(name);
  expect(passed).toBe(false);
  expect(said).toContain(path);
  expect(said).toContain('@typescript-eslint/no-floating-promises');
  expect(said).toContain('1 problem');
});

it('a file that is not formatted is caught', async () => {
  plant({ 'server/kit/untidy.ts': 'export const untidy = "one"\n' });
  expect(await gate('formatting')).toMatchObject({
    passed: false,
    said: expect.stringContaining('untidy.ts') as string,
  });
});
