import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import type { SyncState } from '#shared/sync/state.ts';
import { readMarker, writeMarker } from '#server/library/index.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import type { Served } from './programHome.ts';
import { recoveryHome } from './recoveryHome.ts';

const now = Math.floor(Date.now() / 1000);
const home = recoveryHome();
const { aLibrary, hashOf, inLibrary, filesWith, listens, place, record, serve, served, status } = home;

/** Logs five manual listens, which are in the write-ahead log afterwards. */
async function fiveMore(server: Served): Promise<void> {
  const { items } = await server.get<{ items: { track: { id: number } }[] }>('/history/tracks?pageSize=1');
  for (let number = 1; number <= 5; number += 1) {
    const answer = await server.ask('POST', '/sync/intents/push', [
      {
        newDocumentState: {
          id: `00000000-0000-4000-8000-00000000000${number}`,
          deviceId: '00000000-0000-4000-8000-0000000000aa',
          number,
          madeAt: Date.now(),
          intent: {
            kind: 'add-listens',
            group: `00000000-0000-4000-8000-00000000001${number}`,
            playedAt: now - 50_000 + number * 400,
            tracks: [{ trackId: items[0]!.track.id }],
          },
        },
      },
    ]);
    expect(answer.status).toBe(200);
  }
}

describe('a write-ahead log', () => {
  /** A library whose log still holds its last listens, as a killed server leaves it. */
  async function killed(): Promise<void> {
    const server = await serve();
    await fiveMore(server);
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
    // A copy might have been made at any time: ids given from now on differ from those given before.
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
    expect(filesWith(log)).toHaveLength(1);
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
    await first.stop();
    writeFileSync(place('musique.db-wal'), 'no log at all '.repeat(100));
    const second = await serve();
    expect(second.program.output()).toContain('library.foreign-log');
    expect(await listens(second)).toBe(40);
    expect((await second.get<SyncState>('/sync/state')).cause).toBe('new');
  });

  test('beside an empty file is stored while the library is restored', async () => {
    const { backup } = await aLibrary();
    await killed();
    const log = hashOf(place('musique.db-wal'));
    truncateSync(place(), 0);
    const server = await serve();
    expect((await status(server)).reason).toBe('empty');
    await server.ask('POST', '/recovery/restore', { name: backup });
    await served(server);
    expect(await listens(server)).toBe(25);
    expect(filesWith(log)).toHaveLength(1);
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
  ])(
    '%s is noticed before anything is answered from it: the older library is served in a new epoch',
    async (_, exchange) => {
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
    },
  );

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

describe('the data folder of the running server', () => {
  const answers = async (server: Served, holds: (answer: Awaited<ReturnType<Served['ask']>>) => boolean) => {
    for (;;) {
      const answer = await server.ask('GET', '/sync/state');
      if (holds(answer)) return answer.json as SyncState;
      await pause(50);
    }
  };

  test('that is away is waited for, and nothing is written in its place; back, it is served as it was', async () => {
    await aLibrary();
    const server = await serve();
    const { epoch } = await server.get<SyncState>('/sync/state');
    await fiveMore(server);
    const away = join(home.folder, 'away');
    renameSync(home.dataDir, away);
    await answers(
      server,
      ({ status: code, json }) => code === 503 && (json as { error: { code?: string } }).error.code === 'disk-failing',
    );
    expect(existsSync(home.dataDir)).toBe(false);
    // The bare mount point of a disk that dropped out.
    mkdirSync(home.dataDir);
    expect(server.program.output()).toContain('library.away');
    expect((await server.ask('GET', '/counts')).status).toBe(503);
    expect(readdirSync(home.dataDir)).toEqual([]);
    rmdirSync(home.dataDir);
    renameSync(away, home.dataDir);
    expect(await answers(server, ({ status: code }) => code === 200)).toMatchObject({ epoch, listens: 45 });
    expect(server.program.output()).not.toMatch(/put-back|foreign-log/);
    await server.kill();
    expect(flawsOf(place())).toEqual([]);
  });

  test('that was another for a time begins a new epoch, with all that was in its own log, and gives no id again', async () => {
    await aLibrary();
    const [away, other] = [join(home.folder, 'away'), join(home.folder, 'other')];
    cpSync(home.dataDir, other, { recursive: true });
    const server = await serve();
    const before = await server.get<SyncState>('/sync/state');
    await fiveMore(server);
    renameSync(home.dataDir, away);
    renameSync(other, home.dataDir);
    const between = await answers(
      server,
      ({ status: code, json }) => code === 200 && (json as SyncState).epoch !== before.epoch,
    );
    expect(between).toMatchObject({ libraryId: before.libraryId, listens: 40 });
    await fiveMore(server);
    const { highestIds } = readMarker(place('library.json'))!;
    renameSync(home.dataDir, other);
    renameSync(away, home.dataDir);
    const after = await answers(
      server,
      ({ status: code, json }) => code === 200 && (json as SyncState).epoch !== between.epoch,
    );
    expect(after).toMatchObject({ libraryId: before.libraryId, cause: 'swap', listens: 45 });
    expect(after.epoch).not.toBe(before.epoch);
    expect(readMarker(place('library.json'))!.highestIds['listening_history']).toBeGreaterThan(
      highestIds['listening_history']!,
    );
    expect(server.program.output()).not.toContain('foreign-log');
    await server.kill();
    expect(flawsOf(place())).toEqual([]);
  });
});

describe('a checkpoint', () => {
  test('of a library whose folder was put back as a whole is not served', async () => {
    await aLibrary();
    const copied = new Map(
      ['musique.db', 'library.json', 'library.json.former'].map((name) => [name, readFileSync(place(name))]),
    );
    const { highestIds } = readMarker(place('library.json'))!;
    await record(now - 20_000, 10);
    const ahead = await serve();
    const { libraryId, epoch, seq } = await ahead.get<SyncState>('/sync/state');
    await ahead.stop();
    for (const [name, content] of copied) writeFileSync(place(name), content);
    const server = await serve();
    const begun = await server.get<SyncState>('/sync/state');
    expect(begun).toMatchObject({ libraryId, cause: 'swap', listens: 40 });
    expect(begun.epoch).not.toBe(epoch);
    expect((await server.ask('GET', `/sync/albums/pull?seq=${seq}&epoch=${epoch}`)).status).toBe(409);
    expect(readMarker(place('library.json'))!.highestIds['listening_history']).toBeGreaterThan(
      highestIds['listening_history']! + 999_999,
    );
  });

  test('that is ahead of the library whose whole disk was rolled back begins a new epoch, and is not served', async () => {
    await aLibrary();
    const copied = readFileSync(place());
    const marker = readMarker(place('library.json'))!;
    await record(now - 20_000, 10);
    const ahead = await serve();
    const { libraryId, epoch, seq } = await ahead.get<SyncState>('/sync/state');
    await ahead.kill();
    for (const name of readdirSync(home.dataDir).filter((file) => /^(musique\.db|library\.json)/.test(file)))
      rmSync(place(name));
    // As a snapshot of the disk leaves them: no file differs from the one it was.
    writeFileSync(place(), copied);
    writeMarker(place('library.json'), { ...marker, file: null });
    const server = await serve();
    expect((await server.get<SyncState>('/sync/state')).epoch).toBe(epoch);
    expect(await server.ask('GET', `/sync/albums/pull?seq=${seq}&epoch=${epoch}`)).toMatchObject({
      status: 409,
      json: { error: { kind: 'stale-epoch' } },
    });
    const begun = await server.get<SyncState>('/sync/state');
    expect(begun).toMatchObject({ libraryId, cause: 'swap' });
    expect(begun.epoch).not.toBe(epoch);
    expect((await server.ask('GET', `/sync/albums/pull?seq=1&epoch=${epoch}`)).status).toBe(409);
    expect(
      (
        await server.ask('POST', '/sync/seen', {
          libraryId,
          epoch,
          seq,
          highest: { listening_history: 5_000, tracks: 2 ** 50, albums: 2 ** 50 },
        })
      ).status,
    ).toBe(204);
    await server.kill();
    const id = await inLibrary((library) => {
      library.scrobbles.record([
        { source: 'lastfm', sourceKey: 'x', playedAt: now, artist: 'A', title: 'T', raw: null },
      ]);
      expect(library.feed.pull('journal', 0, 10).documents[0]).toMatchObject({ n: 41 });
      return library.reads.listens({ page: 1, pageSize: 1 }).items[0]!.id;
    });
    expect(id).toBeGreaterThan(5_000);
  });
});
