import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dockerImage } from '#tests/kit/dockerImage.ts';
import { freePort } from '#tests/kit/freePort.ts';

/** The image's own user, where this process may take another. */
const USER = 1000;

const image = dockerImage();

/** The files that the image has, with the packages that an installation for production has, in a folder of their own. */
function assembled(folder: string): void {
  for (const { from, to } of image.files) {
    if (from === 'node_modules') for (const path of productionPackages()) linked(path, join(folder, path));
    else linked(from, join(folder, to));
  }
}

function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(path))
    .map(([path]) => path);
}

/** Names for the same files, which cost no room; copies where the folder is on another disk. */
function linked(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const { status } = spawnSync('cp', ['-al', from, to], { stdio: 'ignore' });
  if (status !== 0) cpSync(from, to, { recursive: true });
}

test('what the image holds is enough to serve, to be looked after, and for every command that the guides name', async () => {
  const home = mkdtempSync(join(tmpdir(), 'aime-image-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const [app, data, config] = ['app', 'data', 'config'].map((name) => join(home, name)) as [string, string, string];
  assembled(app);
  for (const folder of [data, config]) mkdirSync(folder);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) for (const folder of [data, config]) chownSync(folder, USER, USER);
  chmodSync(home, 0o755);
  const how = {
    cwd: app,
    env: {
      PATH: process.env['PATH'] ?? '',
      ...image.environment,
      AIME_DATA_DIR: data,
      AIME_CONFIG_DIR: config,
      AIME_TOKEN: 'a-token-for-this',
      AIME_PORT: String(await freePort()),
    },
    ...(isRoot && { uid: USER, gid: USER }),
  };
  const [node, ...main] = image.command;
  const server = spawn(node!, main, how);
  onTestFinished(() => void server.kill('SIGKILL'));
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code)));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('AIME is ready on ')) resolve();
    };
    server.stdout.on('data', hear);
    server.stderr.on('data', hear);
    void ended.then(() => reject(new Error(said)));
  });

  /** One command in the image. @returns how it ended, and what it said. */
  const ran = (command: string, args: readonly string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      let said = '';
      const child = spawn(command, args, how);
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.once('close', (code) => resolve({ code, said }));
    });
  const saying = (text: string) => expect.stringContaining(text) as string;
  const [, ...check] = image.healthCheck;
  expect(
    await Promise.all([
      ran(node!, check),
      ran('npm', ['run', '--silent', 'restore']),
      ran(node!, ['scripts/restore-archive.mjs', 'all']),
      ran(node!, ['scripts/reresolve.mjs', '--what']),
    ]),
  ).toEqual([
    { code: 0, said: saying('ready') },
    { code: 2, said: saying('Brings a backup back') },
    { code: 1, said: saying('AIME is running with the data folder') },
    { code: 2, said: saying('the same listen') },
  ]);
  server.kill('SIGTERM');
  expect(await ended).toBe(0);
});
