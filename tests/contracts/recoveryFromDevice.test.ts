import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#shared/sync/state.ts';
import type { Served } from './programHome.ts';
import { recoveryHome } from './recoveryHome.ts';

const now = Math.floor(Date.now() / 1000);
const home = recoveryHome();
const { aLibrary, inLibrary, listens, place, run, serve, served, status } = home;

describe('restored from a device', () => {
  const device = (libraryId: string | null) => ({
    libraryId,
    deviceId: 'a device',
    epoch: 'what it followed',
    highest: { listening_history: 900, tracks: 700, albums: 2 ** 50 },
  });

  test('a new file is filled, goes on after a kill, and becomes the library in a life of its own', async () => {
    const { libraryId } = await aLibrary();
    rmSync(place());
    const first = await serve();
    expect((await first.ask('POST', '/recovery/documents/albums', { documents: [] })).status).toBe(409);
    expect((await first.ask('POST', '/recovery/finish')).status).toBe(409);
    expect(await first.ask('POST', '/recovery/rebuild', device(libraryId))).toMatchObject({
      status: 201,
      json: { state: 'rebuilding', rebuilding: { deviceId: 'a device' } },
    });
    expect(await first.ask('POST', '/recovery/documents/albums', { documents: [] })).toMatchObject({
      status: 200,
      json: { taken: 0, known: 0, refused: [] },
    });
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
      library.scrobbles.record([
        { source: 'lastfm', sourceKey: 'x', playedAt: now, artist: 'A', title: 'T', raw: null },
      ]);
      return {
        life: library.life.libraryId,
        listen: library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.id,
        pulled: library.feed.pull('journal', 0, 10).documents[0]!['n'],
      };
    });
    expect(after.life).toBe(libraryId);
    expect(after.listen).toBeGreaterThan(900);
    expect(after.pulled).toBe(1);
  });

  test('what a served library lacks is added by the same route', async () => {
    await aLibrary();
    const server = await serve();
    expect(await server.ask('POST', '/recovery/documents/albums', { documents: [] })).toMatchObject({
      status: 200,
      json: { taken: 0, known: 0, refused: [] },
    });
    for (const [path, body] of [
      ['restore', { name: 'x.db' }],
      ['begin-anew', { confirm: 'begin-anew' }],
      ['rebuild', device(null)],
      ['finish', undefined],
    ] as const) {
      expect((await server.ask('POST', `/recovery/${path}`, body)).status).toBe(409);
    }
  });
});

describe('what was begun for one loss', () => {
  const rebuild = (server: Served, loss?: string | null) =>
    server.ask('POST', '/recovery/rebuild', {
      libraryId: null,
      deviceId: 'a device',
      epoch: 'its life',
      highest: {},
      loss,
    });
  const give = async (server: Served, into: string | null) =>
    (await server.ask('POST', '/recovery/documents/albums', { documents: [], into })).status;
  const finish = async (server: Served, loss: string | null) =>
    (await server.ask('POST', '/recovery/finish', { loss })).status;
  const lose = () =>
    readdirSync(home.dataDir)
      .filter((name) => /^musique\.db(-wal|-shm)?$/.test(name))
      .forEach((name) => rmSync(place(name)));

  const ended = {
    'a backup was restored': async (server: Served, backup: string) => {
      expect((await server.ask('POST', '/recovery/restore', { name: backup, abandon: 'a device' })).status).toBe(202);
      await served(server);
      return server;
    },
    'somebody put the library back': async (server: Served) => {
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
      expect([await give(between, loss), await finish(between, loss), (await rebuild(between, loss)).status]).toEqual([
        409, 409, 409,
      ]);
      expect(await listens(between)).toBe(before);
      await between.stop();
    }
    lose();
    const next = await serve();
    const said = await status(next);
    expect(said).toMatchObject({ state: 'recovery', rebuilding: null });
    expect(said.loss).not.toBe(loss);
    expect([(await rebuild(next, loss)).status, await give(next, loss), await finish(next, loss)]).toEqual([
      409, 409, 409,
    ]);
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
    await server.stop();
    copyFileSync(place(), place('older.db'));
    renameSync(place('older.db'), place());
    const swapped = await serve();
    expect((await swapped.get<SyncState>('/sync/state')).cause).toBe('swap');
    expect([await give(swapped, loss), await give(swapped, epoch), await finish(swapped, loss)]).toEqual([
      409, 409, 409,
    ]);
  });

  test('for an empty library is not done to the empty one that began after it', async () => {
    const first = await serve();
    const { epoch } = await first.get<SyncState>('/sync/state');
    expect(await give(first, epoch)).toBe(200);
    await first.stop();
    for (const name of readdirSync(home.dataDir)) rmSync(place(name), { recursive: true });
    const second = await serve();
    expect((await second.get<SyncState>('/sync/state')).cause).toBe('new');
    expect(await give(second, epoch)).toBe(409);
  });
});
