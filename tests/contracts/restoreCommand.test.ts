import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Libsql from 'libsql';
import { describe, expect, test } from 'vitest';
import { unpackBackup, beginEpochIn } from '#server/library/testing/inside.ts';
import { flawsOf } from '#server/library/testing/flaws.ts';
import { untilFilesClosed } from '#server/library/testing/untilFilesClosed.ts';
import { SeededChance } from '#tests/simulators/catalogue/random.ts';
import type { ProgramRun } from '#tests/stress/program.ts';
import { programHome } from './programHome.ts';

const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);

const home = programHome();
const { run, inLibrary } = home;
const finished = async (begun: Promise<ProgramRun>) => {
  const started = await begun;
  return { ...(await started.ended), output: started.output() };
};

const record = (from: number, count: number) =>
  inLibrary((library) => {
    library.scrobbles.record(
      Array.from({ length: count }, (_, index) => ({
        source: 'lastfm' as const,
        sourceKey: `${from + index}`,
        playedAt: from + index * 400,
        artist: 'Marée Lente',
        title: `Title ${index % 9}`,
        album: 'Tidewater',
        raw: null,
      })),
    );
  });
/** What interrupted work left in the data folder. */
const leftovers = () =>
  readdirSync(home.dataDir, { recursive: true })
    .map(String)
    .filter((name) => /partial|restoring/.test(name));
const state = () => {
  const db = new Libsql(join(home.dataDir, 'musique.db'));
  try {
    const [row] = db
      .prepare('SELECT (SELECT count(*) FROM listening_history) AS listens, epoch FROM library_state')
      .all() as { listens: number; epoch: string }[];
    return row!;
  } finally {
    db.close();
  }
};
async function serve(): Promise<{ server: ProgramRun; api: string }> {
  const server = await run('server/main');
  return { server, api: `${await server.says('AIME is ready on ')}/api/v1` };
}

describe('a backup', () => {
  test('is made by the running server, not restored while it runs, and restored after it was killed', async () => {
    await record(now - 100_000, 50);
    const { server, api } = await serve();
    const made = await fetch(`${api}/backups`, { method: 'POST' });
    expect(made.status).toBe(201);
    const { name } = (await made.json()) as { name: string };
    expect(await finished(run('commands/restore', [name]))).toMatchObject({
      code: 1,
      output: expect.stringContaining(`process ${server.child.pid}). Stop it first.`) as unknown,
    });
    expect(await finished(run('server/main'))).toMatchObject({
      code: 1,
      output: expect.stringContaining('AIME is running with the data folder') as unknown,
    });
    server.child.kill('SIGKILL');
    await server.ended;

    await record(now - 50_000, 7);
    const before = state();
    expect(before.listens).toBe(57);
    const { code, output } = await finished(run('commands/restore', [name]));
    expect(output).toContain('50 listens, 1 albums');
    expect(code).toBe(0);
    expect(state().listens).toBe(50);
    expect(state().epoch).not.toBe(before.epoch);
    expect(flawsOf(join(home.dataDir, 'musique.db'))).toEqual([]);
    const saved = readdirSync(join(home.dataDir, 'backups')).find((file) => file.startsWith('before-restore-'))!;
    expect(await finished(run('commands/restore', [join(home.dataDir, 'backups', saved)]))).toMatchObject({ code: 0 });
    expect(state().listens).toBe(57);
    const again = await serve();
    expect(await (await fetch(`${again.api}/counts`)).json()).toMatchObject({ listens: 57 });
  });

  test('restore killed anywhere: the one library or the other is whole, its archive too', async () => {
    await record(now - 700 * DAY, 40);
    await inLibrary((library) => library.archive.removeBefore(now - 365 * DAY, {}));
    await record(now - 400_000, 300);
    const { server, api } = await serve();
    const { name } = (await (await fetch(`${api}/backups`, { method: 'POST' })).json()) as { name: string };
    server.child.kill('SIGTERM');
    expect(await server.ended).toEqual({ code: 0, signal: null });
    // What the backup has and the machine lost comes back with it.
    rmSync(join(home.dataDir, 'archive'), { recursive: true });
    const chance = new SeededChance(77);
    for (let round = 0; round < 5; round += 1) {
      await record(now - 100_000, 20);
      const started = await run('commands/restore', [name]);
      await pause(chance.whole(60, 700));
      started.child.kill('SIGKILL');
      await started.ended;
      expect([300, 320]).toContain(state().listens);
      expect(flawsOf(join(home.dataDir, 'musique.db'))).toEqual([]);
    }
    expect(await finished(run('commands/restore', [name]))).toMatchObject({
      code: 0,
      output: expect.stringContaining('300 listens, 1 albums, 0 playlists, 40 archived listens') as unknown,
    });
    expect(state().listens).toBe(300);
    expect(await finished(run('commands/restore-archive', ['all']))).toMatchObject({
      code: 0,
      output: expect.stringContaining('40 listens are back') as unknown,
    });
    expect(leftovers()).toEqual([]);
  });

  test('restore killed after it was decided is carried to its end by whoever starts next', async () => {
    await record(now - 400_000, 30);
    const first = await serve();
    const { name } = (await (await fetch(`${first.api}/backups`, { method: 'POST' })).json()) as { name: string };
    first.server.child.kill('SIGTERM');
    await first.server.ended;
    await record(now - 100_000, 5);
    await untilFilesClosed();
    const stage = join(home.dataDir, 'restoring');
    await unpackBackup(join(home.dataDir, 'backups', name), stage);
    const marker = beginEpochIn(join(stage, 'musique.db'), {
      place: join(home.dataDir, 'musique.db'),
      today: null,
      cause: 'restore',
      now,
    });
    writeFileSync(
      join(stage, 'plan.json'),
      JSON.stringify({ file: name, configDir: join(home.folder, 'config'), marker }),
    );
    const { api } = await serve();
    expect(await (await fetch(`${api}/counts`)).json()).toMatchObject({ listens: 30 });
    expect(leftovers()).toEqual([]);
  });

  test('making one killed anywhere leaves no half file after the next start, and every one there is whole', async () => {
    await record(now - 3_000_000, 4_000);
    const chance = new SeededChance(78);
    for (let round = 0; round < 4; round += 1) {
      const { server, api } = await serve();
      const made = fetch(`${api}/backups`, { method: 'POST' }).catch(() => null);
      await pause(chance.whole(20, 1_500));
      server.child.kill('SIGKILL');
      await server.ended;
      await made;
    }
    const { api } = await serve();
    expect(leftovers()).toEqual([]);
    const { items } = (await (await fetch(`${api}/backups`)).json()) as {
      items: { name: string; flaw: string | null }[];
    };
    for (const { name, flaw } of items) {
      expect(flaw).toBeNull();
      await unpackBackup(join(home.dataDir, 'backups', name), join(home.folder, `unpacked-${name}`));
    }
  });

  test('chosen in Settings takes the library’s place at the next start, once', async () => {
    await record(now - 100_000, 5);
    const first = await serve();
    const { name } = (await (await fetch(`${first.api}/backups`, { method: 'POST' })).json()) as { name: string };
    expect((await fetch(`${first.api}/backups/nothing.db/restore`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${first.api}/backups/${name}/restore`, { method: 'POST' })).status).toBe(202);
    expect((await fetch(`${first.api}/backups/${name}/restore`, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(`${first.api}/backups/${name}/restore`, { method: 'POST' })).status).toBe(202);
    expect(await (await fetch(`${first.api}/backups`)).json()).toMatchObject({ restoring: name });
    first.server.child.kill('SIGTERM');
    await first.server.ended;
    await record(now - 50_000, 3);
    for (const listens of [5, 9]) {
      const { server, api } = await serve();
      expect(await (await fetch(`${api}/counts`)).json()).toMatchObject({ listens });
      expect(await (await fetch(`${api}/backups`)).json()).toMatchObject({ restoring: null });
      server.child.kill('SIGTERM');
      await server.ended;
      await record(now - 20_000, 4);
    }
  });

  test('another one takes the place of the one that is chosen only once it is found good', async () => {
    await record(now - 100_000, 5);
    const { api, server } = await serve();
    const make = async () =>
      ((await (await fetch(`${api}/backups`, { method: 'POST' })).json()) as { name: string }).name;
    const restore = async (name: string, instead?: string) =>
      (
        await fetch(`${api}/backups/${name}/restore${instead === undefined ? '' : `?instead=${instead}`}`, {
          method: 'POST',
        })
      ).status;
    const chosen = async () =>
      ((await (await fetch(`${api}/backups`)).json()) as { restoring: string | null }).restoring;
    const [first, good, bad] = [await make(), await make(), 'aime-2026-01-01-030000.zip'];
    writeFileSync(join(home.dataDir, 'backups', bad), 'no backup at all');
    expect(await restore(first)).toBe(202);
    expect([await restore(bad, first), await chosen()]).toEqual([409, first]);
    // Nobody said that the one that is chosen is to give way.
    expect([await restore(good), await restore(good, bad), await chosen()]).toEqual([409, 409, first]);
    expect([await restore(good, first), await chosen()]).toEqual([202, good]);
    server.child.kill('SIGTERM');
    await server.ended;
  });

  test.each([
    [[], 2, 'npm run restore'],
    [['nothing.db'], 1, 'There is no file'],
    [['--help'], 2, 'npm run restore'],
  ])('restore with %j says what it needs', async (args, code, message) => {
    expect(await finished(run('commands/restore', [...args]))).toMatchObject({
      code,
      output: expect.stringContaining(message) as unknown,
    });
  });
});

test('the archive comes back by one command', async () => {
  await record(now - 700 * DAY, 40);
  await inLibrary((library) => library.archive.removeBefore(now - 365 * DAY, {}));
  expect(state().listens).toBe(0);
  const { code, output } = await finished(run('commands/restore-archive', ['all']));
  expect(output).toContain('40 listens are back');
  expect(code).toBe(0);
  expect(state().listens).toBe(40);
  expect(await finished(run('commands/restore-archive', ['listens-2020-01-01-1.jsonl']))).toMatchObject({
    code: 1,
    output: expect.stringContaining('There is no archive') as unknown,
  });
});

test('SIGTERM in the middle of archiving: a safe point, and the rest follows at the next start', async () => {
  await record(now - 700 * DAY, 3_000);
  await inLibrary((library) => library.retention.decide(365));
  const { server, api } = await serve();
  expect((await fetch(`${api}/jobs/cleanup_old_tracks/run`, { method: 'POST' })).status).toBe(202);
  server.child.kill('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(flawsOf(join(home.dataDir, 'musique.db'))).toEqual([]);
  const next = await serve();
  for (;;) {
    const { lastRun, running: busy } = (await (await fetch(`${next.api}/jobs/cleanup_old_tracks`)).json()) as {
      lastRun: { outcome: string } | null;
      running: boolean;
    };
    if (lastRun?.outcome === 'done' && !busy) break;
    await pause(50);
  }
  next.server.child.kill('SIGTERM');
  await next.server.ended;
  expect(state().listens).toBe(0);
  const archived = await inLibrary(async (library) =>
    (await library.archive.list()).reduce((sum, { listens }) => sum + listens, 0),
  );
  expect(archived).toBe(3_000);
});
