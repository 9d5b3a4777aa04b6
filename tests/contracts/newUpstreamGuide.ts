import { execFile } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the tests of the copy need beside the program. */
const COPIED = [
  'server',
  'shared',
  'web',
  'scripts',
  'config',
  'docs',
  'tests/kit',
  'tests/simulators',
  'tests/e2e/sentences',
  'tests/contracts/outcomes.ts',
  'tests/contracts/upstreamFixture.ts',
  'CONTRIBUTING.md',
  'PROJECT-SUMMARY.md',
  'README.md',
  'package.json',
  'tsconfig.node.json',
];
/** A picture is no text that anything there reads. */
const isText = (path: string) => !/\.(?:png|jpg|webp|svg|woff2)$/.test(path);

/** The guide's steps, by their numbers. */
export const steps = readFileSync('docs/adding-an-upstream.md', 'utf8')
  .split(/^(?=\d+\. \*\*)/m)
  .slice(1);

/** Every change that the guide asks for: in which step, what stands in a file, and what is to stand there. */
export const changes = steps.flatMap((text, at) =>
  [...text.matchAll(/^( *)```diff (\S+)\n([\s\S]*?)^ *```/gm)].map((found) => changeOf(at + 1, found)),
);

function changeOf(step: number, [, indent, path, block]: readonly (string | undefined)[]) {
  const lines = block!
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(indent!.length));
  const textOf = (shown: string[]) => shown.map((line) => line.slice(1)).join('\n');
  const without = (sign: string) => textOf(lines.filter((line) => !line.startsWith(sign)));
  return { step, path: path!, before: without('+'), after: without('-') };
}

/** A copy of AIME in an empty folder, with all that the guide says added and changed. @throws Error where a change does not fit. */
export function takeCopy(home: string): void {
  for (const path of COPIED) cpSync(path, join(home, path), { recursive: true, filter: isText });
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'dir');
  cpSync('tests/contracts/newUpstream', home, { recursive: true });
  const include = ['{server,shared,web,tests}/**/*.test.ts'];
  writeFileSync(
    join(home, 'vitest.config.mjs'),
    `export default { test: ${JSON.stringify({ include, testTimeout: 60_000 })} };`,
  );
  for (const { path, before, after } of changes) {
    const text = readFileSync(join(home, path), 'utf8');
    if (text.split(before).length !== 2) throw new Error(`${path} does not hold once:\n${before}`);
    writeFileSync(
      join(home, path),
      text.replace(before, () => after),
    );
  }
}

/** What vitest prints of these files of a copy, or `passed`. @param named only the tests whose names it fits. */
export const tested = (home: string, files: readonly string[], named?: RegExp) =>
  run(
    process.execPath,
    [
      resolve('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--root',
      '.',
      ...(named ? ['--testNamePattern', named.source] : []),
      ...files.map((file) => `${file}.test.ts`),
    ],
    { cwd: home, env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' } },
  ).then(
    // A name that fits none would pass, too.
    ({ stdout }) => (/Tests +\d+ passed/.test(stdout) ? 'passed' : stdout),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
  );
