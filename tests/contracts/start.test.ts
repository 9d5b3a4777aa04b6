import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { another } from '#tests/kit/anotherProgram.ts';
import { asked, programHome } from './programHome.ts';

const now = Math.floor(Date.now() / 1000);

const home = programHome();
const { inLibrary, run, serve } = home;
const place = (name = 'musique.db') => join(home.dataDir, name);

/** A library of 20 listens at rest. */
const aLibrary = () =>
  inLibrary((library) => {
    library.scrobbles.record(
      Array.from({ length: 20 }, (_, index) => ({
        source: 'lastfm' as const,
        sourceKey: `${index}`,
        playedAt: now - 9_000 + index * 400,
        artist: 'Kombinat 7',
        title: `Title ${index}`,
        album: 'Halt',
        raw: null,
      })),
    );
  });

describe('a library that another program holds when AIME starts', () => {
  /** Starts AIME while somebody has an unsaved edit. */
  async function waitingServer(...how: string[]) {
    await aLibrary();
    const letGo = await another(place(), ...how, 'BEGIN IMMEDIATE', 'UPDATE settings SET value = value');
    onTestFinished(letGo);
    const program = await run('server/main');
    const said = await program.says('AIME waits on ');
    return { letGo, said, server: asked(program, said.split(' ')[0]!) };
  }

  test.each([[[]], [['PRAGMA locking_mode = EXCLUSIVE']]])(
    'is waited for with a message, and served as soon as it is released: %j',
    async (how) => {
      const { letGo, said, server } = await waitingServer(...how);
      expect(said).toContain(`is writing to ${place()} and has not finished: save or close it there`);
      expect(await server.ask('GET', '/health')).toMatchObject({
        status: 503,
        json: { status: 'degraded', ready: false, checks: { library: 'failing' } },
      });
      for (const [method, path] of [
        ['GET', '/counts'],
        ['GET', '/sync/albums/pull'],
        ['POST', '/sync/intents/push'],
        ['GET', '/recovery'],
      ] as const) {
        expect(await server.ask(method, path)).toMatchObject({
          status: 503,
          json: { error: { kind: 'unavailable', code: 'database-busy' } },
        });
      }
      expect((await fetch(`${said.split(' ')[0]}/api/v1/counts`)).headers.get('retry-after')).toBe('2');
      letGo();
      await server.program.says('AIME is ready on ');
      expect(await server.get('/counts')).toMatchObject({ listens: 20 });
      expect(await server.ask('PUT', '/household', { firstRunDone: true })).toMatchObject({ status: 200 });
      await server.stop();
      expect(await server.program.ended).toEqual({ code: 0, signal: null });
    },
  );

  test('is waited for no longer when AIME is stopped', async () => {
    const { server } = await waitingServer();
    await server.stop();
    expect(await server.program.ended).toEqual({ code: 0, signal: null });
  });
});

/** Puts a database of these statements in the library's place. */
function database(...statements: string[]): void {
  rmSync(place());
  const db = new Libsql(place());
  for (const statement of statements) db.exec(statement);
  db.close();
}
const folderAt = (name: string) => (
  rmSync(place(name), { recursive: true, force: true }),
  mkdirSync(place(name)),
  writeFileSync(join(place(name), 'kept'), 'kept')
);
const fileAt = (name: string) => (
  rmSync(place(name), { recursive: true, force: true }),
  writeFileSync(place(name), 'kept')
);
/** Where what bore a name was moved. */
const asideOf = (name: string) =>
  place(readdirSync(home.dataDir).find((each) => new RegExp(`^${name}\\.[a-z-]+-20`).test(each)));

describe('a data folder with something in it that AIME did not leave so', () => {
  /** Starts AIME. @returns what it printed, when it serves the library and has made a backup of it. */
  async function saidWhileServing(): Promise<string> {
    const server = await serve();
    expect(await server.get('/counts')).toMatchObject({ listens: 20 });
    expect(await server.ask('POST', '/backups')).toMatchObject({ status: 201 });
    await server.stop();
    expect(await server.program.ended).toEqual({ code: 0, signal: null });
    return server.program.output();
  }

  test('serves its library, and keeps and names what is a file for a folder, or a folder for a file', async () => {
    await aLibrary();
    const [files, folders] = [
      ['backups', 'archive', 'covers', 'restoring'],
      ['server.lock', 'library.json', 'library.json.former', 'restore-next', 'roon-tokens.json'],
    ];
    files.forEach(fileAt);
    folders.forEach(folderAt);
    const said = await saidWhileServing();
    for (const name of files) {
      expect(said).toContain(`${place(name)} was a file, and no folder. It was kept as ${asideOf(name)}`);
      expect(readFileSync(asideOf(name), 'utf8')).toBe('kept');
    }
    for (const name of folders) {
      expect(said).toContain(`${place(name)} was a folder, and no file. It was kept as ${asideOf(name)}`);
      expect(readFileSync(join(asideOf(name), 'kept'), 'utf8')).toBe('kept');
    }
  });

  test.each([
    ['rubbish', () => writeFileSync(place('server.lock'), 'rubbish '.repeat(2_000))],
    ['torn', () => writeFileSync(place('server.lock'), 'SQLite format 3\0')],
  ])('serves its library where the lock is %s, and says so', async (_, put) => {
    await aLibrary();
    put();
    for (const torn of ['library.json', 'roon-tokens.json', 'restore-next', 'restore-failed.json'])
      writeFileSync(place(torn), '{"format":1,"li');
    expect(await saidWhileServing()).toContain(`${place('server.lock')} was damaged`);
  });

  test.each([['{"file":'], ['{"file":1}'], [null]])(
    'keeps what a restore had made ready whose plan is %j, and the library',
    async (plan) => {
      await aLibrary();
      mkdirSync(place('restoring'));
      writeFileSync(join(place('restoring'), 'musique.db'), 'made ready');
      if (plan !== null) writeFileSync(join(place('restoring'), 'plan.json'), plan);
      const server = await serve();
      expect(await server.get('/counts')).toMatchObject({ listens: 20 });
      expect(server.program.output()).toContain(`What it had made ready is kept in ${asideOf('restoring')}`);
      expect(readFileSync(join(asideOf('restoring'), 'musique.db'), 'utf8')).toBe('made ready');
    },
  );

  test('serves a library that lies wholly in its own write-ahead log, beside a file with nothing in it yet', async () => {
    await aLibrary();
    const db = new Libsql(place());
    for (const statement of ['PRAGMA wal_autocheckpoint = 0', 'VACUUM']) db.exec(statement);
    const log = readFileSync(place('musique.db-wal'));
    db.close();
    for (const name of readdirSync(home.dataDir)) rmSync(place(name), { recursive: true });
    const fresh = new Libsql(place());
    fresh.exec('PRAGMA journal_mode = WAL');
    fresh.close();
    writeFileSync(place('musique.db-wal'), log);
    folderAt('covers');
    const server = await serve();
    expect(await server.get('/counts')).toMatchObject({ listens: 20 });
  });

  test.each([
    ['a folder', 'foreign', () => folderAt('musique.db'), 'is a folder, and no library'],
    [
      'a database with AIME’s mark and nothing else',
      'damaged',
      () => database('PRAGMA application_id = 0x41494d45', 'PRAGMA user_version = 12'),
      'holds none of its tables',
    ],
    [
      'a database with AIME’s mark and other tables',
      'damaged',
      () =>
        database('CREATE TABLE notes (text TEXT)', 'PRAGMA application_id = 0x41494d45', 'PRAGMA user_version = 12'),
      'holds none of its tables',
    ],
    [
      'a library without its settings',
      'damaged',
      () => {
        const db = new Libsql(place());
        db.exec('DROP TABLE settings');
        db.close();
      },
      'no such table: settings',
    ],
  ] as const)('comes up to bring the library back where its file is %s', async (_, reason, put, message) => {
    await aLibrary();
    put();
    const server = await serve();
    expect(await server.ask('GET', '/health')).toMatchObject({
      status: 503,
      json: { status: 'recovery', recovery: { reason } },
    });
    expect(await server.get('/recovery')).toMatchObject({ message: expect.stringContaining(message) as unknown });
    expect(server.program.output()).toContain(message);
    if (reason === 'foreign') expect(readFileSync(join(place(), 'kept'), 'utf8')).toBe('kept');
  });

  /** What is left in the folder, of which one thing alone shows that a library was there. */
  const alone = (name: string, was = name) => {
    if (was !== name) renameSync(place(was), place(name));
    for (const other of readdirSync(home.dataDir)) if (other !== name) rmSync(place(other), { recursive: true });
  };
  test.each([
    ['the former marker', () => alone('library.json.former')],
    ['Roon’s approval', () => (writeFileSync(place('roon-tokens.json'), '{}'), alone('roon-tokens.json'))],
    ['a library that was put aside', () => alone('musique.db.damaged-2026-01-05T03-00-00-000Z', 'musique.db')],
    ['a library that was being brought back', () => alone('musique.db.rebuilding', 'musique.db')],
    ['a link whose disk is away', () => (alone('none'), symlinkSync(join(home.folder, 'away', 'musique.db'), place()))],
    [
      'what a restore had made ready',
      () => (
        mkdirSync(place('restoring')),
        renameSync(place(), join(place('restoring'), 'musique.db')),
        alone('restoring')
      ),
    ],
  ])('never begins an empty library where there was one: %s', async (_, leave) => {
    await aLibrary();
    await aLibrary();
    leave();
    const server = await serve();
    expect(await server.ask('GET', '/health')).toMatchObject({
      status: 503,
      json: { status: 'recovery', recovery: { reason: 'missing' } },
    });
    expect(await server.ask('GET', '/counts')).toMatchObject({ status: 503, json: { error: { kind: 'recovery' } } });
  });
});

describe('a row of the library that cannot be read', () => {
  const change = (statement: string, ...values: string[]) => {
    const db = new Libsql(place());
    db.prepare(statement).run(...values);
    db.close();
  };
  const setting = (key: string, text: string) =>
    change("INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, ?, '2026-01-01T00:00:00Z')", key, text);
  const textsOf = (table: 'settings' | 'service_states', [key, text]: [string, string], name: string): string[] => {
    const db = new Libsql(place());
    const rows = db.prepare(`SELECT ${text} AS text FROM ${table} WHERE ${key} LIKE ?`).all(name) as { text: string }[];
    db.close();
    return rows.map((row) => row.text);
  };

  test('of the settings costs that setting alone, which is reported; its text stays until another is chosen', async () => {
    await aLibrary();
    const bad = {
      'retention.days': '-5',
      'lastfm.pollSeconds': 'not json',
      'euria.model': '{"torn',
      'roon.hiddenZones': '7',
    };
    for (const [key, text] of Object.entries(bad)) setting(key, text);
    setting('lastfm.username', '"ada"');
    const server = await serve();
    const { values } = await server.get<{ values: Record<string, { value: unknown; source: string; flaw?: string }> }>(
      '/settings',
    );
    for (const key of Object.keys(bad)) {
      expect(values[key]).toMatchObject({ source: 'default', flaw: expect.stringContaining(key) as unknown });
      expect(server.program.output()).toContain(`The setting ${key} that is kept in the library is not used`);
    }
    expect(values['lastfm.username']).toEqual({ value: 'ada', source: 'app' });
    expect(await server.ask('PUT', '/settings', { 'retention.days': 90 })).toMatchObject({ status: 200 });
    const chosen = await server.get<typeof values>('/settings');
    expect((chosen as unknown as { values: typeof values }).values['retention.days']).toEqual({
      value: 90,
      source: 'app',
    });
    await server.stop();
    expect(textsOf('settings', ['key', 'value'], 'euria.model')).toEqual(['{"torn']);
  });

  test('of the household keeps what of it can be read, and its text', async () => {
    await aLibrary();
    const torn =
      '{"id":"household","timeZone":"Mars/Olympus","services":7,"zones":[],"retentionDays":90,"lovesReachLastfm":true,"firstRunDone":true,"language":"fr"}';
    setting('household', torn);
    const server = await serve();
    expect(await server.get('/household')).toMatchObject({
      timeZone: 'Europe/Zurich',
      firstRunDone: true,
      language: 'fr',
    });
    expect(server.program.output()).toContain('timeZone, services cannot be read');
    await server.stop();
    setting('household', '{"id":"hou');
    const again = await serve();
    expect(await again.get('/counts')).toMatchObject({ listens: 20 });
    await again.stop();
    expect(textsOf('settings', ['key', 'value'], 'unreadable:household:%').sort()).toEqual(['{"id":"hou', torn].sort());
  });

  test('of a service, a job or a run costs that one alone', async () => {
    await aLibrary();
    for (const [service, text] of [
      ['lastfm-backfill', '{"state":"run'],
      ['discogs-import', '"idle"'],
      ['backups', '[1]'],
    ]) {
      change(
        "INSERT OR REPLACE INTO service_states (service, state, updated_at) VALUES (?, ?, '2026-01-01T00:00:00Z')",
        service!,
        text!,
      );
    }
    change("INSERT OR REPLACE INTO jobs (id, schedule) VALUES ('backup_database', ?)", 'every night');
    change(
      "INSERT INTO job_runs (job_id, started_at, ended_at, outcome, summary, trigger) VALUES ('backup_database', 1700000000, 1700000001, 'done', ?, 'schedule')",
      '{"to',
    );
    const server = await serve();
    const { items } = await server.get<{
      items: { id: string; schedule: string; nextRun: number | null; lastRun: { summary: unknown } | null }[];
    }>('/jobs');
    for (const job of items) expect(job.nextRun).not.toBeNull();
    const backup = items.find(({ id }) => id === 'backup_database')!;
    expect(backup.schedule).toMatch(/^[\d*/]+ [\d*/]+ /);
    expect(backup.lastRun).toMatchObject({ summary: '{"to' });
    expect(server.program.output()).toContain('job.schedule-not-used');
    await server.stop();
    expect(textsOf('service_states', ['service', 'state'], 'unreadable:%').sort()).toEqual([
      '"idle"',
      '[1]',
      '{"state":"run',
    ]);
  });
});

describe('a backup that was chosen and cannot be restored', () => {
  async function aBackup(): Promise<string> {
    await aLibrary();
    const server = await serve();
    const { json } = await server.ask('POST', '/backups');
    await server.stop();
    return (json as { name: string }).name;
  }
  const flip = (name: string) => {
    const bytes = readFileSync(join(place('backups'), name));
    const at = Math.floor(bytes.length / 2);
    bytes[at] = bytes[at]! ^ 0xff;
    writeFileSync(join(place('backups'), name), bytes);
  };

  test('is refused with what is wrong when it is chosen', async () => {
    const name = await aBackup();
    flip(name);
    writeFileSync(join(place('backups'), 'rubbish.db'), 'rubbish');
    const server = await serve();
    for (const flawed of [name, 'rubbish.db']) {
      expect(await server.ask('POST', `/backups/${flawed}/restore`)).toMatchObject({
        status: 409,
        json: { error: { message: expect.stringContaining(`${flawed} cannot be restored`) as unknown } },
      });
    }
    expect(await server.get('/backups')).toMatchObject({ restoring: null, restoreFailure: null });
    expect(readdirSync(home.dataDir).filter((file) => file.startsWith('.look-'))).toEqual([]);
  });

  test('since it was damaged later, is reported until that is acknowledged, and the library that was there is served', async () => {
    const name = await aBackup();
    const chosen = await serve();
    expect(await chosen.ask('POST', `/backups/${name}/restore`)).toMatchObject({ status: 202 });
    await chosen.stop();
    flip(name);
    const first = await serve();
    expect(first.program.output()).toContain(
      `The backup ${name} that was chosen did not come back. What was there is still there.`,
    );
    await first.stop();
    const server = await serve();
    expect(await server.get('/counts')).toMatchObject({ listens: 20 });
    expect(await server.get('/health')).toMatchObject({ status: 'degraded', checks: { restore: 'failing' } });
    expect(await server.get('/backups')).toMatchObject({
      restoring: null,
      restoreFailure: {
        name,
        reason: expect.stringContaining(`${name} cannot be restored`) as unknown,
        problem: { code: 'backup-unsound' },
      },
    });
    expect(await server.ask('DELETE', `/backups/${name}/restore`)).toMatchObject({ status: 204 });
    expect(await server.get('/backups')).toMatchObject({ restoreFailure: null });
    expect(await server.get('/health')).toMatchObject({ status: 'ok' });
  });

  test('is reported on the page that restores a lost library, too', async () => {
    await aBackup();
    writeFileSync(place('restore-next'), 'gone.zip\n');
    rmSync(place());
    const server = await serve();
    expect(await server.get('/recovery')).toMatchObject({
      reason: 'missing',
      failure: expect.stringContaining('The backup gone.zip that was chosen did not come back') as unknown,
    });
    expect(server.program.output()).toContain('There is no file');
  });
});
