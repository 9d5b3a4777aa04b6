/** Bundles the server for plain Node and builds the pages, both into build/. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { listOwnFiles } from './ownFiles.mjs';
import { root, run } from './ready.mjs';

/** Programs that run on Node: the server, what it runs in workers, and what package.json's commands call. */
const programs = JSON.parse(readFileSync(join(root, 'scripts', 'programs.json'), 'utf8'));

rmSync(join(root, 'build'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: programs,
  // The pages' own extends what SvelteKit writes only later, in a fresh clone.
  tsconfig: 'tsconfig.node.json',
  outdir: 'build',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
// The demo's services send the drawn covers from beside their bundle.
cpSync(join(root, 'tests', 'simulators', 'catalogue', 'covers'), join(root, 'build', 'demo', 'covers'), {
  recursive: true,
});
run(process.execPath, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn']);
listOwnFiles(join(root, 'build', 'web'));
