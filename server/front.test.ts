import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadConfig } from './config.ts';
import { Front } from './front.ts';
import { systemClock } from './kit/clock.ts';
import { type Log, type LogFields, silentLog } from './kit/log.ts';
import { DataFolder, migrateInProcess } from './library/index.ts';
import { openDatabase, migrate, migrations, newestSchema } from './library/testing/inside.ts';

let home = '';
let folder: DataFolder;
let front: Front;
const logged: [event: string, fields: LogFields | undefined][] = [];

/** What is done while an update has begun and changed nothing yet. */
let duringUpdate = async (): Promise<void> => undefined;
const migrateAfterThat: typeof migrateInProcess = async (...order) => {
  await duringUpdate();
  await migrateInProcess(...order);
};

const logInto = (noted: typeof logged): Log => {
  const note = (event: string, fields?: LogFields) => void noted.push([event, fields]);
  return { info: note, warn: note, error: note };
};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'aime-front-'));
  logged.length = 0;
  folder = new DataFolder(join(home, 'data'), () => undefined);
  const log = logInto(logged);
  const config = loadConfig({
    AIME_DATA_DIR: folder.path,
    AIME_CONFIG_DIR: join(home, 'config'),
    MUSICBRAINZ_URL: 'http://127.0.0.1:9',
  });
  front = new Front({
    config,
    log,
    clock: systemClock,
    folder,
    webRoot: home,
    migrate: migrateAfterThat,
    giveUp: (error) => expect.fail(error.message),
  });
});
afterEach(async () => {
  await front.close();
  folder.letGo();
  rmSync(home, { recursive: true, force: true });
});

const ask = async (path: string) => {
  const answer = await front.fetch(new Request(`http://localhost${path}`));
  const text = await answer.text();
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    text,
    json: text.startsWith('{') ? (JSON.parse(text) as unknown) : null,
  };
};

/** What is answered while the library is not open yet. */
async function expectOpening(code: string) {
  expect(await ask('/api/v1/health/live')).toMatchObject({ status: 200, json: { live: true } });
  expect(await ask('/api/v1/health/ready')).toMatchObject({ status: 503, json: { ready: false, code } });
  expect(await ask('/api/v1/health')).toMatchObject({
    status: 503,
    json: { live: true, ready: false, parts: { database: { state: 'failing', code } } },
  });
  expect((await ask('/metrics')).text).toContain('\naime_ready 0\n');
  for (const path of ['/counts', '/history/tracks', '/sync/journal/pull', '/nothing']) {
    const { status, retryAfter, json } = await ask(`/api/v1${path}`);
    expect([status, json], path).toMatchObject([503, { error: { kind: 'unavailable', code } }]);
    expect(Number(retryAfter), path).toBeGreaterThan(0);
  }
}

test('until the library is open it is answered that the server is starting', async () => {
  await expectOpening('starting');
  await front.open();
  expect((await ask('/api/v1/health/ready')).status).toBe(200);
});

test('while an update changes the library that is answered, and what it did is logged', async () => {
  const db = openDatabase(folder.library);
  migrate(db, { backupsDir: folder.backups, clock: systemClock, log: silentLog, steps: migrations.slice(0, -1) });
  // The header of the file itself shows an earlier schema.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const asked = vi.fn(() => expectOpening('migrating'));
  duringUpdate = asked;
  await front.open();
  expect(asked).toHaveBeenCalledOnce();
  expect((await ask('/api/v1/health/ready')).status).toBe(200);
  expect(
    logged.filter(([event]) => event.startsWith('library.')).map(([event, fields]) => [event, fields?.['to']]),
  ).toEqual([
    ['library.backed-up', undefined],
    ['library.migrated', newestSchema],
  ]);
});

test('an update that comes to nothing in a process of its own is logged, and left to whoever opens the library', async () => {
  const file = join(home, 'no-library.db');
  writeFileSync(file, 'x'.repeat(5_000));
  await migrateInProcess({ file, backupsDir: folder.backups }, logInto(logged), new AbortController().signal);
  expect(logged).toEqual([
    ['library.not-migrated', { file, why: expect.stringContaining('file is not a database') as string }],
  ]);
});
