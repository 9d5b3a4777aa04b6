import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { another } from '#tests/kit/anotherProgram.ts';
import { freePort } from '#tests/kit/freePort.ts';
import { ownCertificate } from '#tests/kit/ownCertificate.ts';
import { until } from '#tests/kit/serverProcess.ts';
import { programHome, type Served } from './programHome.ts';

const home = programHome();

interface HealthAnswer {
  status: number;
  json: {
    status: string;
    ready: boolean;
    code?: string | null;
    checks: Record<string, string>;
    parts: Record<string, { state: string; code: string }>;
  };
}
const askHealth = (server: Served, path = '/health') => server.ask('GET', path) as Promise<HealthAnswer>;

/** Waits until health says so; a finding is cached for some seconds. */
async function says(server: Served, code: string): Promise<void> {
  await until(
    `health to say ${code}`,
    () => askHealth(server),
    ({ json }) => json.parts['database']?.code === code,
  );
  const well = code === 'writable';
  expect(await askHealth(server)).toMatchObject({
    status: well ? 200 : 503,
    json: { status: well ? 'ok' : 'degraded', ready: well, checks: { library: well ? 'ok' : 'failing' } },
  });
  expect(await askHealth(server, '/health/ready')).toMatchObject({
    status: well ? 200 : 503,
    json: { ready: well, code: well ? null : code },
  });
  expect(await askHealth(server, '/health/live')).toMatchObject({ status: 200, json: { live: true } });
}

/** What a container runs to know whether it is well, with the server's settings. */
async function checks(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const check = await home.run('commands/health-check', [], settings);
  const { code } = await check.ended;
  return { code, said: check.output().trim() };
}

test('health reports a library that is locked, cannot grow, is torn or removed while AIME runs, though nobody writes, and reports its recovery', async () => {
  await home.inLibrary((library) => {
    library.scrobbles.record(
      Array.from({ length: 2_000 }, (_, n) => ({
        source: 'lastfm' as const,
        sourceKey: `${n}`,
        playedAt: 1_700_000_000 + n * 400,
        artist: `Artist ${n % 40}`,
        title: `Title ${n}`,
        album: 'Halt',
        raw: null,
      })),
    );
  });
  const settings = { AIME_PORT: String(await freePort()) };
  expect(await checks(settings)).toMatchObject({ code: 1, said: expect.stringMatching(/ECONNREFUSED/) as unknown });
  const server = await home.serve(settings);
  const file = join(home.dataDir, 'musique.db');
  await says(server, 'writable');
  expect(await checks(settings)).toEqual({ code: 0, said: 'ready' });

  const letGo = await another(file, 'BEGIN EXCLUSIVE');
  await says(server, 'database-busy');
  expect(await checks(settings)).toMatchObject({
    code: 1,
    said: expect.stringMatching(/not ready: 503 .*database-busy/) as unknown,
  });
  letGo();

  const room = (bytes: number | 'unlimited') =>
    expect(spawnSync('prlimit', ['--pid', String(server.program.child.pid), `--fsize=${bytes}:`]).status).toBe(0);
  room(0);
  // As the system says it of a limit; a disk without room is tried by the stress test `full disk`.
  await says(server, 'disk-failing');
  room('unlimited');
  await says(server, 'writable');

  // Its middle is written over, as by a failing disk: nobody has read there yet.
  const db = new Libsql(file);
  db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  db.close();
  const opened = openSync(file, 'r+');
  const half = Math.floor(statSync(file).size / 8_192) * 4_096;
  for (let page = 0; page < 8; page += 1) writeSync(opened, Buffer.alloc(4_096, 0xa5), 0, 4_096, half + page * 4_096);
  closeSync(opened);
  await says(server, 'damaged');

  rmSync(file);
  const removed = await askHealth(server);
  expect(removed).toMatchObject({
    status: 503,
    json: { status: 'recovery', ready: false, checks: { library: 'failing' } },
  });
  expect(await askHealth(server, '/health/live')).toMatchObject({ status: 200 });
});

test('the check of a container takes the server’s own certificate on this machine, any port and every address, and nothing that is no AIME', async () => {
  const settings = {
    ...ownCertificate(home.folder),
    AIME_PORT: String(await freePort()),
    AIME_HOST: '0.0.0.0',
    AIME_TOKEN: 'a token of sixteen letters',
  };
  const program = await home.run('server/main', [], settings);
  await program.says('AIME is ready on https://');
  expect(await checks(settings)).toEqual({ code: 0, said: 'ready' });
  const { AIME_TLS_CERT: _cert, AIME_TLS_KEY: _key, ...plain } = settings;
  expect(await checks(plain)).toMatchObject({ code: 1 });
  expect(await checks({ ...settings, AIME_PORT: '0' })).toMatchObject({
    code: 1,
    said: expect.stringMatching(/any free port/) as unknown,
  });
});

test('the check of a container takes that certificate also where the server listens on one address of the network alone', async () => {
  const address = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  // A name of this machine's stands for an address where it is in no network.
  const settings = {
    ...ownCertificate(home.folder),
    AIME_PORT: String(await freePort()),
    AIME_HOST: address ?? hostname(),
    AIME_TOKEN: 'a token of sixteen letters',
  };
  const program = await home.run('server/main', [], settings);
  await program.says('AIME is ready on https://');
  expect(await checks(settings)).toEqual({ code: 0, said: 'ready' });
});

test('the check of a container is not content with another program that answers everything with a page', async () => {
  const other = createServer((_request, response) => response.end('<!doctype html><title>Somebody else</title>'));
  const port = await new Promise<number>((resolve) =>
    other.listen(0, '127.0.0.1', () => resolve((other.address() as AddressInfo).port)),
  );
  try {
    expect(await checks({ AIME_PORT: String(port) })).toMatchObject({
      code: 1,
      said: expect.stringMatching(/another program.*Somebody else/i) as unknown,
    });
  } finally {
    other.close();
  }
});
