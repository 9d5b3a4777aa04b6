import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#shared/sync/state.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { recoveryHome } from './recoveryHome.ts';

const { aLibrary, contents, hashOf, filesWith, listens, place, run, serve, served, status } = recoveryHome();

const somebodyElses = (path: string) => {
  const db = new Libsql(path);
  db.exec('CREATE TABLE notes (text TEXT)');
  db.close();
};

describe('a lost library', () => {
  test.each([
    ['missing', () => rmSync(place())],
    ['empty', () => truncateSync(place(), 0)],
    ['damaged', () => writeFileSync(place(), 'this was a database '.repeat(1_000))],
    ['damaged', () => truncateSync(place(), Math.floor(statSync(place()).size / 2))],
    ['foreign', () => (rmSync(place()), somebodyElses(place()))],
    [
      'newer',
      () => {
        const db = new Libsql(place());
        db.exec('PRAGMA user_version = 9999');
        db.close();
      },
    ],
  ] as const)(
    'that is %s is reported so, nothing is begun or changed, and a backup restores it',
    async (reason, lose) => {
      const { libraryId, backup } = await aLibrary();
      lose();
      const before = contents();
      const wasThere = existsSync(place()) ? hashOf(place()) : null;
      const server = await serve();
      const said = server.program.output();
      expect(said).toContain('AIME has no library to serve');
      expect(said).toContain(backup);
      expect(said).toContain('25 listens, 11 albums');
      expect(await server.ask('GET', '/health')).toMatchObject({
        status: 503,
        json: { status: 'recovery', recovery: { reason } },
      });
      expect(await server.ask('GET', '/health/ready')).toMatchObject({
        status: 503,
        json: { ready: false, code: 'recovery' },
      });
      expect(await server.ask('GET', '/health/live')).toMatchObject({ status: 200 });
      expect(await status(server)).toMatchObject({
        state: 'recovery',
        reason,
        formerLife: { libraryId, listens: 40, albums: 11 },
        backups: [{ name: backup, folder: 'first', listens: 25, albums: 11, kind: 'by-hand' }],
        rebuilding: null,
        working: null,
      });
      for (const path of ['/counts', '/sync/albums/pull', '/history/tracks', '/sync/state', '/nothing']) {
        expect(await server.ask('GET', path)).toMatchObject({
          status: 503,
          json: { error: { kind: 'recovery', code: reason } },
        });
      }
      expect(contents()).toEqual(before);
      expect((await server.ask('POST', '/recovery/restore', { name: 'nothing.zip' })).status).toBe(404);
      expect((await server.ask('POST', '/recovery/restore', { name: backup })).status).toBe(202);
      await served(server);
      expect(await listens(server)).toBe(25);
      expect(await server.get<SyncState>('/sync/state')).toMatchObject({ libraryId, cause: 'restore', listens: 25 });
      if (wasThere !== null && statSync(place()).size > 0) expect(filesWith(wasThere)).not.toEqual([]);
      expect(flawsOf(place())).toEqual([]);
    },
  );

  test('begins anew only when that is said; what was there stays', async () => {
    const { libraryId, backup } = await aLibrary();
    truncateSync(place(), Math.floor(statSync(place()).size / 3));
    const damaged = hashOf(place());
    const server = await serve();
    expect((await server.ask('POST', '/recovery/begin-anew', {})).status).toBe(400);
    expect((await server.ask('POST', '/recovery/begin-anew', { confirm: 'begin-anew' })).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(0);
    const fresh = await server.get<SyncState>('/sync/state');
    expect(fresh).toMatchObject({ cause: 'new' });
    expect(fresh.libraryId).not.toBe(libraryId);
    expect(filesWith(damaged)).toHaveLength(1);
    expect(existsSync(join(place('backups'), backup))).toBe(true);
    await server.kill();
    expect(await listens(await serve())).toBe(0);
  });

  test('needs the access token like any data', async () => {
    await aLibrary();
    rmSync(place());
    const token = 'a token of sixteen letters';
    const server = await serve({ AIME_TOKEN: token });
    expect(await server.ask('GET', '/health')).toMatchObject({ json: { status: 'recovery' } });
    const [url] = (await server.program.says('AIME is ready on ')).split(',');
    for (const [method, path] of [
      ['GET', '/recovery'],
      ['POST', '/recovery/begin-anew'],
      ['POST', '/recovery/restore'],
      ['GET', '/counts'],
    ] as const) {
      expect((await fetch(`${url}/api/v1${path}`, { method })).status).toBe(401);
    }
    const session = await fetch(`${url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ token }) });
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    expect((await fetch(`${url}/api/v1/recovery`, { headers: { cookie } })).status).toBe(200);
  });

  test('is restored by npm run restore too, with AIME stopped', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    expect((await status(server)).state).toBe('recovery');
    await server.kill();
    const restore = await run('commands/restore', [backup]);
    expect(await restore.ended).toMatchObject({ code: 0 });
    expect(await listens(await serve())).toBe(25);
  });

  test('serves a file that somebody put back in its place, after a start', async () => {
    await aLibrary();
    copyFileSync(place(), place('kept.db'));
    rmSync(place());
    const lost = await serve();
    expect((await status(lost)).reason).toBe('missing');
    await lost.kill();
    copyFileSync(place('kept.db'), place());
    const server = await serve();
    expect(await listens(server)).toBe(40);
  });
});

test('the library of the Python AIME is named as such and not touched by a byte', async () => {
  const db = new Libsql(place());
  db.exec(`CREATE TABLE artists (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(255) NOT NULL);
    CREATE TABLE listening_history (id INTEGER NOT NULL PRIMARY KEY, track_id INTEGER NOT NULL, timestamp INTEGER NOT NULL);
    CREATE TABLE service_states (service_name VARCHAR NOT NULL PRIMARY KEY);
    CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
    INSERT INTO artists VALUES (1, 'Hanna Vell')`);
  db.close();
  const before = contents();
  const server = await serve();
  expect(await status(server)).toMatchObject({
    state: 'recovery',
    reason: 'foreign',
    message: expect.stringContaining('written in Python') as unknown,
  });
  await server.kill();
  expect(contents()).toEqual(before);
});

test('a folder that never held a library begins one', async () => {
  mkdirSync(place('backups'));
  writeFileSync(place(), '');
  const server = await serve();
  expect(await status(server)).toMatchObject({ state: 'none', reason: null });
  expect(await server.get<SyncState>('/sync/state')).toMatchObject({ cause: 'new', listens: 0 });
  expect(existsSync(place('library.json'))).toBe(true);
});
