/** What must be there before anything runs: the right Node, the packages of the lock file, a build of the sources as they are. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the repository; ends this process with its status when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`AIME needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** An image holds what was built and installed for it, and no sources to do it again from. */
const isWithoutSources = () =>
  !existsSync(join(root, 'server')) && existsSync(join(root, 'build', 'server', 'main.js'));

/** Installs exactly what the lock file says, when it is not what was installed last. */
export function ensureInstalled() {
  if (isWithoutSources()) return;
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.aime-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (the first time, and when the lock file changed)…');
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], { shell: process.platform === 'win32' });
  writeFileSync(stamp, wanted);
}

const SOURCES = [
  'web',
  'server',
  'shared',
  'static',
  'scripts',
  join('tests', 'simulators'),
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
];

function* filesOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) yield { path, size: found.size, changed: found.mtimeMs };
  if (found?.isDirectory()) for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
}

function sourcesStamp() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const { path, size, changed } of filesOf(join(root, source))) {
      if (!path.endsWith('.test.ts')) hash.update(`${path}\0${size}\0${changed}\n`);
    }
  }
  return hash.digest('hex');
}

/** Builds server and pages when a source changed since the last build. */
export function ensureBuilt() {
  if (isWithoutSources()) return;
  const stamp = join(root, 'build', '.sources');
  const now = sourcesStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  console.log('Building (the first time, and when a source changed)…');
  run(process.execPath, [join('scripts', 'build.mjs')]);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}
