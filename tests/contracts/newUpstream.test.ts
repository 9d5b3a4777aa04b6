import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '#tests/kit/freePort.ts';
import { until } from '#tests/kit/serverProcess.ts';

/** docs/adding-an-upstream.md, followed to the letter: its source is added to a copy of ours. */
const home = mkdtempSync(join(tmpdir(), 'aime-new-upstream-'));
const run = promisify(execFile);
let server: ChildProcess | undefined;

/** The guide's steps, by their numbers. */
const steps = readFileSync('docs/adding-an-upstream.md', 'utf8')
  .split(/^(?=\d+\. \*\*)/m)
  .slice(1);

/** Every change that the guide asks for: in which step, what stands in a file, and what is to stand there. */
const changes = steps.flatMap((text, at) =>
  [...text.matchAll(/^( *)```diff (\S+)\n([\s\S]*?)^ *```/gm)].map((found) => changeOf(at + 1, found)),
);

function changeOf(step: number, [, indent, path, block]: readonly (string | undefined)[]) {
  const lines = block!
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.slice(indent!.length));
  const textOf = (shown: string[]) => shown.map((line) => line.slice(1)).join('\n');
  const before = textOf(lines.filter((line) => !line.startsWith('+')));
  return { step, path: path!, before, after: textOf(lines) };
}

beforeAll(() => {
  for (const path of ['server', 'shared', 'web', 'tests/e2e/sentences', 'package.json', 'tsconfig.node.json'])
    cpSync(path, join(home, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(home, 'node_modules'), 'dir');
  cpSync('tests/contracts/newUpstream', home, { recursive: true });
  for (const { path, before, after } of changes) {
    const text = readFileSync(join(home, path), 'utf8');
    if (text.split(before).length !== 2) throw new Error(`${path} does not hold once:\n${before}`);
    writeFileSync(
      join(home, path),
      text.replace(before, () => after),
    );
  }
});
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

it('the guide changes one line in most places, and those are few', () => {
  expect(steps.map((text) => Number(text.split('.')[0]))).toEqual([1, 2, 3, 4, 5, 6]);
  const places = (step: number) => [
    ...new Set(changes.filter((change) => change.step === step).map(({ path }) => path)),
  ];
  expect(places(1)).toEqual(['shared/upstreams/registry.ts']);
  expect(places(2)).toEqual(['server/upstreams/registry.ts']);
  expect(places(3)).toEqual([
    'shared/library/serviceStates.ts',
    'web/routes/services/serviceMessages.ts',
    'web/lib/i18n/en/services.ts',
    'web/lib/i18n/fr/services.ts',
  ]);
  expect([4, 5, 6].map(places)).toEqual([[], ['tests/e2e/sentences/services.ts'], []]);
});

it('it is right for the types: its client and settings, health, the cards and the messages', async () => {
  // Not all of the server, whose types take minutes on a busy machine: it is started below.
  const config = {
    extends: './tsconfig.node.json',
    compilerOptions: { paths: { '$lib/*': ['./web/lib/*'] }, types: ['node', 'svelte'] },
    include: [
      'server/config.ts',
      'server/health/services.ts',
      'server/upstreams/liner/index.ts',
      'web/routes/services/services.ts',
      'web/lib/i18n/fr/index.ts',
      'tests/e2e/sentences/services.ts',
    ],
  };
  writeFileSync(join(home, 'tsconfig.json'), JSON.stringify(config));
  const compiler = resolve('node_modules', 'typescript', 'bin', 'tsc');
  const compilerOutput = await run(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: home }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(compilerOutput).toBe('');
});

it('it has a card among those of its kind, and sentences', async () => {
  const bundle = join(home, 'card.mjs');
  await build({
    stdin: {
      contents: `export { services, sentenceOf } from './web/routes/services/services.ts';`,
      resolveDir: home,
    },
    bundle: true,
    format: 'esm',
    outfile: bundle,
    logLevel: 'silent',
    plugins: [
      {
        name: 'words without a page',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\$lib\/i18n\// }, ({ path }) => ({ path, namespace: 'messages' }));
          onLoad({ filter: /.*/, namespace: 'messages' }, () => ({
            contents: `import en from './web/lib/i18n/en/index.ts';
              export const lookUp = (key, values = {}) => en[key]?.replace(/\\{(\\w+)\\}/g, (_, name) => values[name]);
              export const t = lookUp; export const moment = String;`,
            resolveDir: home,
          }));
        },
      },
    ],
  });
  const { services, sentenceOf } = (await import(pathToFileURL(bundle).href)) as {
    services: { id: string }[];
    sentenceOf: (id: string, state: undefined, timeZone: string, now: number) => string;
  };
  expect(services.map(({ id }) => id)).toEqual([
    'lastfm',
    'roon',
    'discogs',
    'spotify',
    'musicbrainz',
    'liner',
    'euria',
  ]);
  expect(services.find(({ id }) => id === 'liner')).toEqual({
    id: 'liner',
    kind: 'lookups',
    fields: [{ key: 'liner.token', label: 'field.liner.token', hint: 'hint.liner.token' }],
    where: 'https://liner.example/developers',
  });
  expect(sentenceOf('liner', undefined, 'UTC', 0)).toBe('Not connected. Who played on a record.');
});

it('the server starts with it: its settings, its health, and where its pictures come from', async () => {
  const port = await freePort();
  mkdirSync(join(home, 'config'));
  server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: home,
    env: {
      PATH: process.env['PATH'] ?? '',
      AIME_PORT: String(port),
      AIME_DATA_DIR: join(home, 'data'),
      AIME_CONFIG_DIR: join(home, 'config'),
      LINER_URL: 'http://127.0.0.1:9/liner',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [server.stdout!, server.stderr!])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await until(
    'the server',
    () => {
      if (server?.exitCode !== null) throw new Error(said);
      return said;
    },
    (message) => message.includes('AIME is ready on'),
  );
  const get = async <T>(path: string) => (await (await fetch(`http://127.0.0.1:${port}/api/v1${path}`)).json()) as T;
  const { values, secrets } = await get<{ values: Record<string, { value: unknown }>; secrets: object }>('/settings');
  expect(values['liner.url']).toMatchObject({ value: 'http://127.0.0.1:9/liner', fixedBy: 'LINER_URL' });
  expect(values['images.allowedHosts']!.value).toContain('pictures.liner.example');
  expect(secrets).toHaveProperty(['liner.token', 'set'], false);
  expect(await get<object>('/health')).toMatchObject({
    parts: {
      services: { items: expect.arrayContaining([{ id: 'liner', state: 'ok', code: 'not-configured' }]) as unknown },
    },
  });
});

it('what travels: the locks take the lines that their tests print, and the replica the next number', async () => {
  writeFileSync(
    join(home, 'vitest.config.mjs'),
    `export default { test: { include: ['{shared,web}/**/*.test.ts'] } };`,
  );
  const suites = ['shared/sync/wireSchemas', 'shared/api/endpointLock', 'web/lib/replica/schema'];
  const tested = () =>
    run(
      process.execPath,
      [
        resolve('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--root',
        '.',
        ...suites.map((suite) => `${suite}.test.ts`),
      ],
      { cwd: home, env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' } },
    ).then(
      () => 'passed',
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(home, path), change(readFileSync(join(home, path), 'utf8')));

  const asked = await tested();
  const shapes = [
    ...asked.matchAll(/FAIL .* of (\w+) ends with[\s\S]*?append:\n((?:household )?\d+ [0-9a-f]{16} [0-9a-f]{16}) /g),
  ];
  expect(shapes.map(([, lock]) => lock).sort()).toEqual(['collections', 'stream']);
  for (const [, lock, line] of shapes)
    edit(`shared/sync/${lock}.lock`, (text) => `${text.trimEnd()}\n${line} a source\n`);
  const operations = [...asked.matchAll(/^\+ +"(\w+ [0-9a-f]{16} [0-9a-f]{16} )",$/gm)];
  expect(operations).not.toEqual([]);
  for (const [, line] of operations)
    edit('shared/api/endpoints.lock', (text) => `${text.trimEnd()}\n${line}a source\n`);
  const [, before, version, digest] = /Expected: "((\d+):[0-9a-f]+)"\nReceived: "\d+:([0-9a-f]+)"/.exec(asked)!;
  const next = Number(version) + 1;
  edit('web/lib/replica/schema.test.ts', (text) => text.replace(before!, `${next}:${digest}`));
  edit('web/lib/replica/versions.ts', (text) => text.replace(`household: ${version}`, `household: ${next}`));

  expect(await tested()).toBe('passed');
});
