/** The checks that need no running program: each has a name and a command. */
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { root } from './ready.mjs';

const bin = (...path) => [process.execPath, join(root, 'node_modules', ...path)];

export const gates = [
  { name: 'lint', command: [...bin('eslint', 'bin', 'eslint.js'), '.'] },
  { name: 'types of the pages, prepared', command: [...bin('@sveltejs', 'kit', 'svelte-kit.js'), 'sync'] },
  { name: 'types of server, shared and tests', command: [...bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'types of the pages', command: [...bin('svelte-check', 'bin', 'svelte-check'), '--tsconfig', './tsconfig.json', '--fail-on-warnings'] },
  { name: 'dependency rules', command: [...bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), '--config', '.dependency-cruiser.cjs', 'server', 'shared', 'web', 'tests', 'scripts'] },
  { name: 'dead code', command: [...bin('knip', 'bin', 'knip.js')] },
];

/** @returns the names of the gates that failed; what each printed is shown when it did. */
export function runGates() {
  return gates.flatMap(({ name, command: [program, ...args] }) => {
    const started = Date.now();
    const result = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const passed = result.status === 0;
    console.log(`${passed ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (!passed) console.log(result.stdout, result.stderr);
    return passed ? [] : [name];
  });
}
