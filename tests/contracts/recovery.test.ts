import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import type { RecoveryStatus } from '#shared/api/recovery.ts';
import type { SyncState } from '#shared/sync/state.ts';
import { readMarker, writeMarker } from '#server/library/lives/marker.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { programHome, type Served } from './programHome.ts';

const now = Math.floor(Date.now() / 1000);

const home = programHome();
const { run, inLibrary, serve } = home;
const place = (name = 'musique.db') => join(home.dataDir, name);

const record = (from: number, count: number) =>
  inLibrary((library) => {
    library.scrobbles.record(Array.from({ length: count }, (_, index) => ({
      source: 'lastfm' as const, sourceKey: `${from + index}`, playedAt: from + index * 400, artist: `Artist ${index % 11}`, title: `Title ${index % 31}`, album: `Album ${index % 11}`, raw: null,
    })));
    return library.life.libraryId;
  });
const status = (server: Served) => server.get<RecoveryStatus>('/recovery');
const listens = async (server: Served) => (await server.get<{ listens: number }>('/counts')).listens;
async function served(server: Served): Promise<void> {
  for (;;) {
    const { state, working, failure } = await status(server);
    if (state === 'none') return;
    if (working === null && failure !== null) throw new Error(failure);
    await pause(30);
  }
}
/** Every file below the data folder with its content. */
const contents = () =>
  new Map(readdirSync(home.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(place(name)).isFile() && name !== 'server.lock').map((name) => [name, createHash('sha256').update(readFileSync(place(name))).digest('hex')]));
const kept = (hash: string) => [...contents()].filter(([, content]) => content === hash).map(([name]) => name);
const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A library of 40 listens with a backup of 25 of them, at rest. */
async function aLibrary(): Promise<{ libraryId: string; backup: string }> {
  await record(now - 400_000, 25);
  const server = await serve();
  const { json } = await server.ask('POST', '/backups');
  server.program.child.kill('SIGTERM');
  await server.program.ended;
  return { libraryId: await record(now - 100_000, 15), backup: (json as { name: string }).name };
}
/** Begins to send the decision to begin anew. @returns sends the rest of it, for the answer's status. */
async function lateDecision(url: string): Promise<() => Promise<number>> {
  const body = JSON.stringify({ confirm: 'begin-anew' });
  const sending = request(`${url}/api/v1/recovery/begin-anew`, { method: 'POST', headers: { 'content-length': body.length } });
  const answered = new Promise<number>((resolve, reject) => sending.on('error', reject).on('response', (answer) => resolve(answer.resume().statusCode ?? 0)));
  await new Promise((resolve) => sending.write(body.slice(0, 5), resolve));
  return () => {
    sending.end(body.slice(5));
    return answered;
  };
}

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
    ['newer', () => {
      const db = new Libsql(place());
      db.exec('PRAGMA user_version = 9999');
      db.close();
    }],
  ] as const)('that is %s is said to be so, nothing is begun or changed, and a backup brings it back', async (reason, lose) => {
    const { libraryId, backup } = await aLibrary();
    lose();
    const before = contents();
    const wasThere = existsSync(place()) ? hashOf(place()) : null;
    const server = await serve();
    const said = server.program.output();
    expect(said).toContain('AIME has no library to serve');
    expect(said).toContain(backup);
    expect(said).toContain('25 listens, 11 albums');
    expect(await server.get('/health')).toMatchObject({ status: 'recovery', recovery: { reason } });
    expect(await status(server)).toMatchObject({
      state: 'recovery', reason, formerLife: { libraryId, listens: 40, albums: 11 }, backups: [{ name: backup, folder: 'first', listens: 25, albums: 11, kind: 'by-hand' }], rebuilding: null, working: null,
    });
    for (const path of ['/counts', '/sync/albums/pull', '/history/tracks', '/sync/state', '/nothing']) {
      expect(await server.ask('GET', path)).toMatchObject({ status: 503, json: { error: { kind: 'recovery', code: reason } } });
    }
    expect(contents()).toEqual(before);
    expect((await server.ask('POST', '/recovery/restore', { name: 'nothing.zip' })).status).toBe(404);
    expect((await server.ask('POST', '/recovery/restore', { name: backup })).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(25);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ libraryId, cause: 'restore', listens: 25 });
    if (wasThere !== null && statSync(place()).size > 0) expect(kept(wasThere)).not.toEqual([]);
    expect(flawsOf(place())).toEqual([]);
  });

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
    expect(kept(damaged)).toHaveLength(1);
    expect(existsSync(join(place('backups'), backup))).toBe(true);
    await server.kill();
    expect(await listens(await serve())).toBe(0);
  });

  test('needs the access token like any data', async () => {
    await aLibrary();
    rmSync(place());
    const token = 'a token of sixteen letters';
    const server = await serve({ AIME_TOKEN: token });
    expect((await server.get<{ status: string }>('/health')).status).toBe('recovery');
    const [url] = (await server.program.says('AIME is ready on ')).split(',');
    for (const [method, path] of [['GET', '/recovery'], ['POST', '/recovery/begin-anew'], ['POST', '/recovery/restore'], ['GET', '/counts']] as const) {
      expect((await fetch(`${url}/api/v1${path}`, { method })).status).toBe(401);
    }
    const session = await fetch(`${url}/api/v1/session`, { method: 'POST', body: JSON.stringify({ token }) });
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    expect((await fetch(`${url}/api/v1/recovery`, { headers: { cookie } })).status).toBe(200);
  });

  test('is brought back by npm run restore too, with AIME stopped', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    expect((await status(server)).state).toBe('recovery');
    await server.kill();
    const restore = await run('commands/restore', [backup]);
    expect(await restore.ended).toMatchObject({ code: 0 });
    expect(await listens(await serve())).toBe(25);
  });

  test('serves what was put back in its place by hand, after a start', async () => {
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

describe('two decisions about a lost library', () => {
  const decisions = {
    restore: (server: Served, backup: string) => server.ask('POST', '/recovery/restore', { name: backup }),
    'begin-anew': (server: Served) => server.ask('POST', '/recovery/begin-anew', { confirm: 'begin-anew' }),
    rebuild: (server: Served) => server.ask('POST', '/recovery/rebuild', { libraryId: null, deviceId: 'a device', epoch: 'its life', highest: {} }),
  };

  test.each([
    ['restore', 'begin-anew'],
    ['begin-anew', 'restore'],
    ['restore', 'restore'],
    ['rebuild', 'begin-anew'],
  ] as const)('at the same moment, %s and %s: one is done, the other is refused in words', async (one, other) => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    const answers = await Promise.all([decisions[one](server, backup), decisions[other](server, backup)]);
    const won = answers.filter(({ status: code }) => code < 300);
    const lost = answers.filter(({ status: code }) => code >= 300);
    expect(won).toHaveLength(1);
    expect(lost).toMatchObject([{ status: 409, json: { error: { kind: 'conflict', message: expect.stringMatching(/being (?:done|brought back)/) as unknown } } }]);
    const winner = answers[0] === won[0] ? one : other;
    if (winner === 'rebuild') expect((await server.ask('POST', '/recovery/finish')).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(winner === 'restore' ? 25 : 0);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ cause: { restore: 'restore', 'begin-anew': 'new', rebuild: 'rebuild' }[winner] });
    expect(flawsOf(place())).toEqual([]);
  });

  test('one that was sent before and arrives when the library is back changes nothing', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    const late = await server.program.says('AIME is ready on ').then((said) => lateDecision(said.split(',')[0]!));
    expect((await decisions.restore(server, backup)).status).toBe(202);
    await served(server);
    expect(await late()).toBe(409);
    expect(await listens(server)).toBe(25);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ cause: 'restore' });
  });

  test('what a device gives is given up only by who knows of it', async () => {
    const { backup } = await aLibrary();
    rmSync(place());
    const server = await serve();
    expect((await decisions.rebuild(server)).status).toBe(201);
    expect((await decisions.restore(server, backup)).status).toBe(409);
    expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'another device' })).status).toBe(409);
    expect(await status(server)).toMatchObject({ state: 'rebuilding', working: null });
    expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'a device' })).status).toBe(202);
    await served(server);
    expect(await listens(server)).toBe(25);
  });
});

test('of two backups chosen for the next start the first stands until it is cancelled, and is not removed meanwhile', async () => {
  const { backup } = await aLibrary();
  const server = await serve();
  const { json } = await server.ask('POST', '/backups');
  const other = (json as { name: string }).name;
  const choose = (name: string) => server.ask('POST', `/backups/${name}/restore`);
  const answers = await Promise.all([choose(backup), choose(other)]);
  expect(answers.map(({ status: code }) => code).sort()).toEqual([202, 409]);
  const { restoring } = await server.get<{ restoring: string }>('/backups');
  expect(await server.ask('DELETE', `/backups/${restoring}`)).toMatchObject({ status: 409, json: { error: { kind: 'conflict' } } });
  expect((await choose(restoring)).status).toBe(202);
  expect((await server.ask('DELETE', `/backups/${restoring}/restore`)).status).toBe(204);
  expect((await choose(restoring === backup ? other : backup)).status).toBe(202);
  expect((await server.ask('DELETE', `/backups/${restoring}`)).status).toBe(204);
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
  expect(await status(server)).toMatchObject({ state: 'recovery', reason: 'foreign', message: expect.stringContaining('written in Python') as unknown });
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

describe('a write-ahead log', () => {
  /** A library whose log still holds its last listens, as a killed server leaves it. */
  async function killed(): Promise<void> {
    const server = await serve();
    const { items } = await server.get<{ items: { track: { id: number } }[] }>('/history/tracks?pageSize=1');
    for (let number = 1; number <= 5; number += 1) {
      const answer = await server.ask('POST', '/sync/intents/push', [{ newDocumentState: {
        id: `00000000-0000-4000-8000-00000000000${number}`, deviceId: '00000000-0000-4000-8000-0000000000aa', number, madeAt: Date.now(),
        intent: { kind: 'add-listens', group: `00000000-0000-4000-8000-00000000001${number}`, playedAt: now - 50_000 + number * 400, tracks: [{ trackId: items[0]!.track.id }] },
      } }]);
      expect(answer.status).toBe(200);
    }
    await server.kill();
    expect(statSync(place('musique.db-wal')).size).toBeGreaterThan(0);
  }

  test('of this library is applied, also where the folder was moved', async () => {
    await aLibrary();
    await killed();
    for (const name of ['musique.db', 'musique.db-wal']) {
      copyFileSync(place(name), place(`${name}.moved`));
      rmSync(place(name));
      copyFileSync(place(`${name}.moved`), place(name));
      rmSync(place(`${name}.moved`));
    }
    const server = await serve();
    expect(await listens(server)).toBe(45);
    // A copy might have been made at any time: what is given from now on is told from what was.
    expect((await server.get<SyncState>('/sync/state')).cause).toBe('swap');
  });

  test('that a killed server left is not read into a backup that was put in the library’s place', async () => {
    await aLibrary();
    // As a backup is made: in an order of its own.
    const db = new Libsql(place());
    db.exec(`VACUUM INTO '${place('kept.db')}'`);
    db.close();
    await killed();
    const log = hashOf(place('musique.db-wal'));
    copyFileSync(place('kept.db'), place());
    const server = await serve();
    expect(server.program.output()).toContain('library.foreign-log');
    expect(await listens(server)).toBe(40);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ cause: 'swap' });
    expect(kept(log)).toHaveLength(1);
    await server.kill();
    expect(flawsOf(place())).toEqual([]);
  });

  test('of another database, or that is none, is moved aside', async () => {
    await aLibrary();
    const other = new Libsql(place('other.db'));
    other.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT)');
    other.exec(`INSERT INTO notes VALUES ('${'x'.repeat(9_000)}')`);
    copyFileSync(place('other.db-wal'), place('musique.db-wal'));
    other.close();
    const first = await serve();
    expect(first.program.output()).toContain('library.foreign-log');
    expect(await listens(first)).toBe(40);
    first.program.child.kill('SIGTERM');
    await first.program.ended;
    writeFileSync(place('musique.db-wal'), 'no log at all '.repeat(100));
    const second = await serve();
    expect(second.program.output()).toContain('library.foreign-log');
    expect(await listens(second)).toBe(40);
    expect((await second.get<SyncState>('/sync/state')).cause).toBe('new');
  });

  test('beside an empty file is kept while the library is brought back', async () => {
    const { backup } = await aLibrary();
    await killed();
    const log = hashOf(place('musique.db-wal'));
    truncateSync(place(), 0);
    const server = await serve();
    expect((await status(server)).reason).toBe('empty');
    await server.ask('POST', '/recovery/restore', { name: backup });
    await served(server);
    expect(await listens(server)).toBe(25);
    expect(kept(log)).toHaveLength(1);
  });
});

describe('brought back from a device', () => {
  const device = (libraryId: string | null) => ({ libraryId, deviceId: 'a device', epoch: 'what it followed', highest: { listening_history: 900, tracks: 700, albums: 2 ** 50 } });

  test('a new file is filled, goes on after a kill, and becomes the library in a life of its own', async () => {
    const { libraryId } = await aLibrary();
    rmSync(place());
    const first = await serve();
    expect((await first.ask('POST', '/recovery/documents/albums', { documents: [] })).status).toBe(409);
    expect((await first.ask('POST', '/recovery/finish')).status).toBe(409);
    expect(await first.ask('POST', '/recovery/rebuild', device(libraryId))).toMatchObject({ status: 201, json: { state: 'rebuilding', rebuilding: { deviceId: 'a device' } } });
    expect(await first.ask('POST', '/recovery/documents/albums', { documents: [] })).toMatchObject({ status: 200, json: { taken: 0, known: 0, refused: [] } });
    expect(await first.ask('GET', '/counts')).toMatchObject({ status: 503, json: { error: { kind: 'recovery' } } });
    expect((await first.ask('POST', '/recovery/documents/nothing', { documents: [] })).status).toBe(404);
    await first.kill();

    const second = await serve();
    expect(await status(second)).toMatchObject({ state: 'rebuilding', rebuilding: { deviceId: 'a device' } });
    expect((await second.ask('POST', '/recovery/rebuild', device('another library'))).status).toBe(409);
    expect((await second.ask('POST', '/recovery/rebuild', device(libraryId))).status).toBe(201);
    expect((await second.ask('POST', '/recovery/finish')).status).toBe(202);
    await served(second);
    expect(await second.get<SyncState>('/sync/state')).toMatchObject({ libraryId, cause: 'rebuild', listens: 0 });
    await second.kill();
    expect(existsSync(place('musique.db.rebuilding'))).toBe(false);
    const after = await inLibrary((library) => {
      library.scrobbles.record([{ source: 'lastfm', sourceKey: 'x', playedAt: now, artist: 'A', title: 'T', raw: null }]);
      return { life: library.life.libraryId, listen: library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.id, pulled: library.feed.pull('journal', 0, 10).documents[0]!['n'] };
    });
    expect(after.life).toBe(libraryId);
    expect(after.listen).toBeGreaterThan(900);
    expect(after.pulled).toBe(1);
  });

  test('what a served library lacks is added by the same route', async () => {
    await aLibrary();
    const server = await serve();
    expect(await server.ask('POST', '/recovery/documents/albums', { documents: [] })).toMatchObject({ status: 200, json: { taken: 0, known: 0, refused: [] } });
    for (const [path, body] of [['restore', { name: 'x.db' }], ['begin-anew', { confirm: 'begin-anew' }], ['rebuild', device(null)], ['finish', undefined]] as const) {
      expect((await server.ask('POST', `/recovery/${path}`, body)).status).toBe(409);
    }
  });
});

describe('what was begun for one loss', () => {
  const rebuild = (server: Served, loss?: string | null) => server.ask('POST', '/recovery/rebuild', { libraryId: null, deviceId: 'a device', epoch: 'its life', highest: {}, loss });
  const give = async (server: Served, into: string | null) => (await server.ask('POST', '/recovery/documents/albums', { documents: [], into })).status;
  const finish = async (server: Served, loss: string | null) => (await server.ask('POST', '/recovery/finish', { loss })).status;
  const stop = async (server: Served) => {
    server.program.child.kill('SIGTERM');
    await server.program.ended;
  };
  const lose = () => readdirSync(home.dataDir).filter((name) => /^musique\.db(-wal|-shm)?$/.test(name)).forEach((name) => rmSync(place(name)));

  const ended = {
    'a backup was restored': async (server: Served, backup: string) => {
      expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'a device' })).status).toBe(202);
      await served(server);
      return server;
    },
    'the library was put back by hand': async (server: Served) => {
      await server.kill();
      copyFileSync(place('kept.db'), place());
      return serve();
    },
    'a backup was restored by npm run restore, and was never served': async (server: Served, backup: string) => {
      await server.kill();
      expect(await (await run('commands/restore', [backup])).ended).toMatchObject({ code: 0 });
      return null;
    },
  };

  test.each(Object.entries(ended))('is not gone on with in the next one, after %s', async (_, end) => {
    const { backup } = await aLibrary();
    copyFileSync(place(), place('kept.db'));
    lose();
    const first = await serve();
    const { loss } = await status(first);
    expect((await rebuild(first, loss)).status).toBe(201);
    await first.kill();
    const again = await serve();
    expect(await status(again)).toMatchObject({ state: 'rebuilding', loss, rebuilding: { deviceId: 'a device' } });
    expect(await give(again, loss)).toBe(200);

    const between = await end(again, backup);
    if (between) {
      const before = await listens(between);
      expect([await give(between, loss), await finish(between, loss), (await rebuild(between, loss)).status]).toEqual([409, 409, 409]);
      expect(await listens(between)).toBe(before);
      await stop(between);
    }
    lose();
    const next = await serve();
    const said = await status(next);
    expect(said).toMatchObject({ state: 'recovery', rebuilding: null });
    expect(said.loss).not.toBe(loss);
    expect([(await rebuild(next, loss)).status, await give(next, loss), await finish(next, loss)]).toEqual([409, 409, 409]);
    expect((await status(next)).state).toBe('recovery');
    expect((await rebuild(next, said.loss)).status).toBe(201);
    expect(await finish(next, loss)).toBe(409);
    expect(await finish(next, said.loss)).toBe(202);
    await served(next);
  });

  test('goes on over restarts where the marker is lost too', async () => {
    await aLibrary();
    lose();
    rmSync(place('library.json'));
    rmSync(place('library.json.former'), { force: true });
    const first = await serve();
    const { loss } = await status(first);
    expect((await rebuild(first, loss)).status).toBe(201);
    await first.kill();
    const second = await serve();
    expect(await status(second)).toMatchObject({ state: 'rebuilding', loss });
    expect(await finish(second, loss)).toBe(202);
    await served(second);
  });

  test('by two devices is added to what the first made of it, however often it is said to be done, until another life begins', async () => {
    await aLibrary();
    lose();
    const server = await serve();
    const { loss } = await status(server);
    await rebuild(server, loss);
    expect([await finish(server, loss), await finish(server, loss)]).toEqual([202, 202]);
    await served(server);
    expect(await give(server, loss)).toBe(200);
    expect(await finish(server, loss)).toBe(202);
    const { epoch } = await server.get<SyncState>('/sync/state');
    expect(await give(server, epoch)).toBe(200);
    await stop(server);
    copyFileSync(place(), place('older.db'));
    renameSync(place('older.db'), place());
    const swapped = await serve();
    expect((await swapped.get<SyncState>('/sync/state')).cause).toBe('swap');
    expect([await give(swapped, loss), await give(swapped, epoch), await finish(swapped, loss)]).toEqual([409, 409, 409]);
  });

  test('for an empty library is not done to the empty one that began after it', async () => {
    const first = await serve();
    const { epoch } = await first.get<SyncState>('/sync/state');
    expect(await give(first, epoch)).toBe(200);
    await stop(first);
    for (const name of readdirSync(home.dataDir)) rmSync(place(name), { recursive: true });
    const second = await serve();
    expect((await second.get<SyncState>('/sync/state')).cause).toBe('new');
    expect(await give(second, epoch)).toBe(409);
  });
});

describe('the library’s file exchanged under the running server', () => {
  const wait = async (server: Served, epoch: string): Promise<SyncState> => {
    for (;;) {
      const { status: code, json } = await server.ask('GET', '/sync/state');
      if (code === 200 && (json as SyncState).epoch !== epoch) return json as SyncState;
      expect([200, 503]).toContain(code);
      await pause(50);
    }
  };

  test.each([
    ['by a copy that takes its name', () => renameSync(place('older.db'), place())],
    ['by a copy written over it', () => copyFileSync(place('older.db'), place())],
  ])('%s is noticed before anything is answered from it: the older library is served in a new life', async (_, exchange) => {
    await aLibrary();
    copyFileSync(place(), place('older.db'));
    await record(now - 20_000, 10);
    const server = await serve();
    const { libraryId, epoch, seq } = await server.get<SyncState>('/sync/state');
    exchange();
    expect((await server.ask('GET', `/sync/albums/pull?seq=${seq}&epoch=${epoch}`)).status).toBe(503);
    expect(await wait(server, epoch)).toMatchObject({ libraryId, cause: 'swap', listens: 40 });
    expect((await server.ask('GET', `/sync/albums/pull?seq=1&epoch=${epoch}`)).status).toBe(409);
    await server.kill();
    expect(flawsOf(place())).toEqual([]);
  });

  test('by removing it: what is open takes its place again', async () => {
    await aLibrary();
    const server = await serve();
    const { epoch } = await server.get<SyncState>('/sync/state');
    rmSync(place());
    expect((await server.ask('GET', '/counts')).status).toBe(503);
    while ((await server.ask('GET', '/counts')).status === 503) await pause(50);
    expect(await server.get<SyncState>('/sync/state')).toMatchObject({ epoch, listens: 40 });
    await server.kill();
    expect(flawsOf(place())).toEqual([]);
  });
});

describe('a checkpoint', () => {
  test('of a library whose folder was put back as a whole is not served', async () => {
    await aLibrary();
    const copied = new Map(['musique.db', 'library.json', 'library.json.former'].map((name) => [name, readFileSync(place(name))]));
    const { highestIds } = readMarker(place('library.json'))!;
    await record(now - 20_000, 10);
    const ahead = await serve();
    const { libraryId, epoch, seq } = await ahead.get<SyncState>('/sync/state');
    ahead.program.child.kill('SIGTERM');
    await ahead.program.ended;
    for (const [name, content] of copied) writeFileSync(place(name), content);
    const server = await serve();
    const begun = await server.get<SyncState>('/sync/state');
    expect(begun).toMatchObject({ libraryId, cause: 'swap', listens: 40 });
    expect(begun.epoch).not.toBe(epoch);
    expect((await server.ask('GET', `/sync/albums/pull?seq=${seq}&epoch=${epoch}`)).status).toBe(409);
    expect(readMarker(place('library.json'))!.highestIds['listening_history']).toBeGreaterThan(highestIds['listening_history']! + 999_999);
  });

  test('that is ahead of the library whose whole disk went back begins a new life, and is not served', async () => {
    await aLibrary();
    const copied = readFileSync(place());
    const marker = readMarker(place('library.json'))!;
    await record(now - 20_000, 10);
    const ahead = await serve();
    const { libraryId, epoch, seq } = await ahead.get<SyncState>('/sync/state');
    await ahead.kill();
    for (const name of readdirSync(home.dataDir).filter((file) => /^(musique\.db|library\.json)/.test(file))) rmSync(place(name));
    // As a snapshot of the disk leaves them: no file can be told from the one it was.
    writeFileSync(place(), copied);
    writeMarker(place('library.json'), { ...marker, file: null });
    const server = await serve();
    expect((await server.get<SyncState>('/sync/state')).epoch).toBe(epoch);
    expect(await server.ask('GET', `/sync/albums/pull?seq=${seq}&epoch=${epoch}`)).toMatchObject({ status: 409, json: { error: { kind: 'stale-epoch' } } });
    const begun = await server.get<SyncState>('/sync/state');
    expect(begun).toMatchObject({ libraryId, cause: 'swap' });
    expect(begun.epoch).not.toBe(epoch);
    expect((await server.ask('GET', `/sync/albums/pull?seq=1&epoch=${epoch}`)).status).toBe(409);
    expect((await server.ask('POST', '/sync/seen', { libraryId, epoch, seq, highest: { listening_history: 5_000, tracks: 2 ** 50, albums: 2 ** 50 } })).status).toBe(204);
    await server.kill();
    const id = await inLibrary((library) => {
      library.scrobbles.record([{ source: 'lastfm', sourceKey: 'x', playedAt: now, artist: 'A', title: 'T', raw: null }]);
      expect(library.feed.pull('journal', 0, 10).documents[0]).toMatchObject({ n: 41 });
      return library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.id;
    });
    expect(id).toBeGreaterThan(5_000);
  });
});
