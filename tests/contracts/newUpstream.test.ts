import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServiceState } from '#shared/library/household.ts';
import { sharedUpstreams, type UpstreamId, upstreamIds } from '#shared/upstreams/registry.ts';
import { UPSTREAM_KINDS } from '#shared/upstreams/upstream.ts';
import { freePort } from '#tests/kit/freePort.ts';
import { mutationRow } from '#tests/kit/mutationRows.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { recordNamed } from '#tests/simulators/catalogue/inventedRecords.ts';
import { changes, steps, takeCopy, tested } from './newUpstreamGuide.ts';

/** docs/adding-an-upstream.md, followed to the letter: its source is added to a copy of ours. */
const home = mkdtempSync(join(tmpdir(), 'aime-new-upstream-'));
const run = promisify(execFile);
let server: ChildProcess | undefined;
/** The copy's. */
let simulator: { url: string; requests: unknown[]; close(): Promise<void> } | undefined;

beforeAll(() => takeCopy(home));
afterAll(async () => {
  server?.kill('SIGKILL');
  await simulator?.close();
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
    'web/lib/i18n/en/sources.ts',
    'web/lib/i18n/fr/sources.ts',
  ]);
  expect(places(4)).toEqual(['server/modules/enrichment/lookups/registry.ts', 'server/enrichment/newEntities.ts']);
  expect(places(5)).toEqual([
    'README.md',
    'config/secrets.example.json',
    'PROJECT-SUMMARY.md',
    'web/routes/services/services.test.ts',
    'web/routes/services/serviceMessages.test.ts',
    'tests/e2e/sentences/services.ts',
  ]);
  expect(places(6)).toEqual([]);
});

it('it is right for the types: its client and what asks it, settings, health, the cards, the messages and its tests', async () => {
  // Not all of the server, whose types take minutes on a busy machine: it is started below.
  const config = {
    extends: './tsconfig.node.json',
    compilerOptions: { paths: { '$lib/*': ['./web/lib/*'] }, types: ['node', 'svelte'] },
    include: [
      'server/config.ts',
      'server/health/services.ts',
      'server/upstreams/liner/index.ts',
      'server/modules/enrichment/workers.ts',
      'web/routes/services/services.ts',
      'web/lib/i18n/fr/index.ts',
      'tests/e2e/sentences/services.ts',
      'tests/contracts/liner.test.ts',
      'web/routes/services/services.test.ts',
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
  // The last of its kind, as it is the last of all: those that were there stay where they were.
  const kindOf = (id: string) => (id === 'liner' ? 'lookups' : sharedUpstreams[id as UpstreamId].kind);
  expect(services.map(({ id }) => id)).toEqual(
    UPSTREAM_KINDS.flatMap((kind) => [...upstreamIds, 'liner'].filter((id) => kindOf(id) === kind)),
  );
  expect(services.find(({ id }) => id === 'liner')).toEqual({
    id: 'liner',
    kind: 'lookups',
    fields: [{ key: 'liner.token', label: 'field.liner.token', hint: 'hint.liner.token' }],
    where: 'https://liner.example/developers',
  });
  expect(sentenceOf('liner', undefined, 'UTC', 0)).toBe('Not connected. The year on the sleeve of a record.');
});

const TOKEN = 'ln-token-0a1b2c3d';
let base = '';
/** Asks the copy's server. */
const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${base}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};
const get = async <T>(path: string) => (await (await ask('GET', path)).json()) as T;

it('the server starts with it: its settings, its health, and where its pictures come from', async () => {
  const simulatorFile = pathToFileURL(join(home, 'tests/simulators/liner/index.ts')).href;
  const { startLinerSimulator } = (await import(/* @vite-ignore */ simulatorFile)) as {
    startLinerSimulator: (options: { token: string }) => Promise<NonNullable<typeof simulator>>;
  };
  simulator = await startLinerSimulator({ token: TOKEN });
  const port = await freePort();
  base = `http://127.0.0.1:${port}/api/v1`;
  mkdirSync(join(home, 'household'));
  server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: home,
    env: {
      PATH: process.env['PATH'] ?? '',
      AIME_PORT: String(port),
      AIME_DATA_DIR: join(home, 'data'),
      AIME_CONFIG_DIR: join(home, 'household'),
      LINER_URL: simulator.url,
      // It holds its answers against their endpoints.
      NODE_ENV: 'development',
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
  const { values, secrets } = await get<{ values: Record<string, { value: unknown }>; secrets: object }>('/settings');
  expect(values['liner.url']).toMatchObject({ value: simulator.url, fixedBy: 'LINER_URL' });
  expect(values['images.allowedHosts']!.value).toContain('pictures.liner.example');
  expect(secrets).toHaveProperty(['liner.token', 'set'], false);
  const shown = { id: 'liner', state: 'ok', code: 'not-configured', since: expect.any(Number) as unknown };
  expect(await get<object>('/health')).toMatchObject({
    parts: { services: { items: expect.arrayContaining([shown]) as unknown } },
  });
});

it('it is asked about a new album once there is a token and nobody paused it, and the album has the year that it says', async () => {
  const { artist, title, year } = recordNamed('Ada Nordlund', 'Harbour Lights');
  const album = async () =>
    (await get<{ items: { title: string; year: number | null }[] }>('/collection/albums')).items.find(
      (each) => each.title === title,
    );
  const work = async () =>
    (
      await get<{ upstreams: { upstream: string; waiting: number; kinds: Record<string, number> }[] }>(
        '/services/enrichment/status',
      )
    ).upstreams.find(({ upstream }) => upstream === 'liner')!;
  const card = async () =>
    (await get<{ services: ServiceState[] }>('/household')).services.find(({ id }) => String(id) === 'liner');

  await ask('POST', '/services/liner/pause');
  const record = { alias: randomUUID(), title, artists: [artist], year: null, support: 'Vinyl' };
  await ask('POST', '/sync/intents/push', [mutationRow({ kind: 'add-record', ...record })]);
  const queued = await until('the task', work, ({ waiting }) => waiting > 0);
  expect(queued).toMatchObject({ state: 'off', kinds: { 'liner-album': 1 } });
  await ask('PUT', '/settings/secrets', { 'liner.token': TOKEN });
  expect(await card()).toMatchObject({ status: 'connected', code: 'lookups-paused' });
  expect(await album()).toMatchObject({ year: null });
  expect(simulator!.requests).toEqual([]);

  await ask('POST', '/services/liner/resume');
  const found = await until('the year', album, (one) => one?.year !== null);
  expect(found).toMatchObject({ year });
  expect(simulator!.requests).toHaveLength(1);
  expect(await until('its state', card, (state) => state?.code !== 'unasked')).toMatchObject({ code: 'ready' });
  expect(await work()).toMatchObject({ waiting: 0, done: 1 });
});

it('its client holds to its simulator, and every list of services has its place', async () => {
  const suites = [
    'tests/contracts/liner',
    'tests/kit/lookupLabels',
    'server/upstreams/registry',
    'web/routes/services/services',
    'web/routes/services/serviceMessages',
    'web/lib/i18n/messages',
    'web/lib/i18n/usedMessages',
  ];
  expect(await tested(home, suites)).toBe('passed');
});

it('what people read names its variables, its secret and itself', async () => {
  const named = /^(?:README\.md names every|the files of config|PROJECT-SUMMARY\.md names what)/;
  expect(await tested(home, ['tests/kit/docs'], named)).toBe('passed');
});

it('the reference of the API names it, and is else the same', async () => {
  await run(process.execPath, ['--import', 'tsx', 'scripts/api-docs.ts'], { cwd: home });
  const [ours, theirs] = ['.', home].map((folder) => readFileSync(join(folder, 'docs/API.md'), 'utf8'));
  expect(theirs).not.toBe(ours);
  expect(theirs!.replaceAll(', `"liner"`', '')).toBe(ours);
});

it('what travels: the locks take the lines that their tests print, and the replica the next number', async () => {
  const suites = ['shared/sync/schemaLocks', 'shared/api/endpointLock', 'web/lib/replica/schema'];
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(home, path), change(readFileSync(join(home, path), 'utf8')));

  const asked = await tested(home, suites);
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

  expect(await tested(home, suites)).toBe('passed');
});
