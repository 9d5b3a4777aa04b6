/** The checks that need no running program: each has a name and a command. */
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { root } from './ready.mjs';

const bin = (...path) => [process.execPath, join(root, 'node_modules', ...path)];

/** Writes the types of the pages' data, which the checks of types read. */
const prepared = {
  name: 'types of the pages, prepared',
  command: [...bin('@sveltejs', 'kit', 'svelte-kit.js'), 'sync'],
};

/** The longest first, so that no processor waits at the end. */
const independent = [
  {
    name: 'lint of server, shared and tests',
    command: [...bin('eslint', 'bin', 'eslint.js'), '.', '--ignore-pattern', 'web/'],
  },
  {
    name: 'types of the pages',
    command: [...bin('svelte-check', 'bin', 'svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  },
  { name: 'formatting', command: [...bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { name: 'lint of the pages', command: [...bin('eslint', 'bin', 'eslint.js'), 'web'] },
  {
    name: 'types of server, shared and tests',
    command: [...bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.node.json'],
  },
  {
    name: 'types of the service worker',
    command: [...bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.service-worker.json'],
  },
  {
    name: 'dependency rules',
    command: [
      ...bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'server',
      'shared',
      'web',
      'tests',
      'scripts',
    ],
  },
  { name: 'words', command: [process.execPath, 'scripts/words.mjs'] },
  { name: 'dead code', command: [...bin('knip', 'bin', 'knip.js')] },
];

export const gates = [prepared, ...independent];

const AT_ONCE = 2;

/** Runs every gate, two at a time. @returns the names of those that failed; what each printed is shown when it did. */
export async function runGates() {
  const failed = [];
  const waiting = [...independent];
  const runOne = async (gate) => {
    if (!(await passes(gate))) failed.push(gate.name);
  };
  const lane = async () => {
    for (let gate = waiting.shift(); gate; gate = waiting.shift()) await runOne(gate);
  };
  await runOne(prepared);
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return failed;
}

async function passes({ name, command: [program, ...args] }) {
  const started = Date.now();
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = [];
  child.stdout.on('data', (piece) => printed.push(piece));
  child.stderr.on('data', (piece) => printed.push(piece));
  const passed = await new Promise((resolve) => {
    child.once('error', (error) => {
      printed.push(Buffer.from(String(error)));
      resolve(false);
    });
    child.once('close', (status) => resolve(status === 0));
  });
  console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(Buffer.concat(printed).toString());
  return passed;
}
