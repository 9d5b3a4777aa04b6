import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseholdDocument } from '#shared/library/household.ts';
import type { StreamEvent } from '#shared/sync/stream.ts';
import { createJobsModule, type JobsModule } from '#server/modules/jobs.ts';
import { ServiceBoard } from '#server/modules/serviceBoard.ts';
import { loadConfig } from '#server/config.ts';
import { createHttpApp } from '#server/http/app.ts';
import { backupRoutes } from '#server/http/routes/backups.ts';
import { jobRoutes } from '#server/http/routes/jobs.ts';
import { retentionRoutes } from '#server/http/routes/retention.ts';
import { Hub } from '#server/events/hub.ts';
import { silentLog } from '#server/kit/log.ts';
import type { Library } from '#server/library/api/library.ts';
import { openLibrary } from '#server/library/index.ts';
import { NowPlayingBoard } from '#server/trackers/nowPlayingBoard.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';

const NOW = '2026-06-15T12:00:00Z';
const HOUR = 3_600_000;
const DAY = 86_400;
const now = Date.parse(NOW) / 1000;

let folder: string;
let clock: SimulatedClock;
let library: Library;
let module: JobsModule;
let events: StreamEvent[];
let token: () => Promise<number | null>;
let app: ReturnType<typeof createHttpApp>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aime-jobs-'));
  clock = new SimulatedClock(NOW);
  const config = loadConfig({ AIME_DATA_DIR: folder, AIME_CONFIG_DIR: join(folder, 'config') });
  library = openLibrary({
    file: join(folder, 'musique.db'),
    backupsDir: join(folder, 'backups'),
    timeZone: 'Europe/Zurich',
    clock,
    log: silentLog,
  });
  config.attach(library.settings);
  const hub = new Hub(silentLog);
  events = [];
  hub.subscribe((event) => events.push(event));
  token = async () => null;
  module = createJobsModule(
    {
      config,
      library,
      hub,
      nowPlaying: new NowPlayingBoard(hub, library.reads),
      services: new ServiceBoard(library.household, hub, clock),
      clock,
      log: silentLog,
    },
    () => token(),
  );
  app = createHttpApp({
    routes: [
      ...jobRoutes(module.scheduler, library.jobRuns),
      ...backupRoutes(module.backups, module.restorePlan, module.backupWatch),
      ...retentionRoutes(module.retention, library.archive, module.archiveRestores),
    ],
    library,
    token: undefined,
    corsOrigins: [],
    webRoot: folder,
    log: silentLog,
    gauges: () => Promise.resolve([]),
  });
  module.start();
});

afterEach(async () => {
  await module.close();
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: never }> {
  const answer = await app.request(`/api/v1${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as never };
}

const listen = (playedAt: number) =>
  library.scrobbles.record([
    {
      source: 'lastfm',
      sourceKey: String(playedAt),
      playedAt,
      artist: 'Marée Lente',
      title: 'Slack Water',
      album: 'Tidewater',
      raw: null,
    },
  ]);

interface Run {
  outcome: string;
  summary: Record<string, unknown>;
  error: string | null;
}

async function ended(id: string): Promise<Run | null> {
  for (;;) {
    const { running, lastRun } = (await ask('GET', `/jobs/${id}`)).json as { running: boolean; lastRun: Run | null };
    if (!running) return lastRun;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Runs a job to its end. @returns its last run. */
async function ran(id: string): Promise<Run | null> {
  expect(await ask('POST', `/jobs/${id}/run`)).toMatchObject({ status: 202, json: { id, running: true } });
  return ended(id);
}

describe('jobs', () => {
  test('are the four of the specification, due by the household’s clocks', async () => {
    const { status, json } = await ask('GET', '/jobs');
    expect(status).toBe(200);
    const at = (iso: string) => Date.parse(iso) / 1000;
    expect(json).toEqual({
      items: [
        {
          id: 'backup_database',
          schedule: '0 2 * * *',
          enabled: true,
          lastRun: null,
          nextRun: at('2026-06-16T00:00:00Z'),
          running: false,
        },
        {
          id: 'cleanup_old_tracks',
          schedule: '0 3 * * *',
          enabled: true,
          lastRun: null,
          nextRun: at('2026-06-16T01:00:00Z'),
          running: false,
        },
        {
          id: 'compute_analytics',
          schedule: '0 4 * * *',
          enabled: true,
          lastRun: null,
          nextRun: at('2026-06-16T02:00:00Z'),
          running: false,
        },
        {
          id: 'refresh_spotify_token',
          schedule: '0 * * * *',
          enabled: true,
          lastRun: null,
          nextRun: at('2026-06-15T13:00:00Z'),
          running: false,
        },
      ],
    });
  });

  test('run when asked, store their runs, and notify the event stream', async () => {
    token = async () => now + 3_600;
    expect(await ran('refresh_spotify_token')).toMatchObject({
      outcome: 'done',
      summary: { validUntil: now + 3_600 },
      error: null,
      trigger: 'person',
    });
    token = () => Promise.reject(new Error('Spotify does not answer'));
    expect(await ran('refresh_spotify_token')).toMatchObject({ outcome: 'failed', error: 'Spotify does not answer' });
    token = async () => null;
    expect(await ran('refresh_spotify_token')).toMatchObject({
      outcome: 'done',
      summary: { skipped: 'not-configured' },
    });
    const { json } = await ask('GET', '/jobs/refresh_spotify_token/runs?pageSize=2');
    expect(json).toMatchObject({
      total: 3,
      page: 1,
      pageSize: 2,
      pages: 2,
      items: [{ outcome: 'done' }, { outcome: 'failed' }],
    });
    expect(
      events.filter(({ event }) => event === 'progress').map(({ data }) => (data as { state: string }).state),
    ).toEqual(['running', 'done', 'running', 'failed', 'running', 'done']);
  });

  test('report to a device that was away how the last runs ended', async () => {
    expect(module.greeting?.()).toEqual([]);
    token = () => Promise.reject(new Error('Spotify does not answer'));
    await ran('refresh_spotify_token');
    const data = {
      work: 'job:refresh_spotify_token',
      state: 'failed',
      done: 1,
      total: 1,
      message: 'Spotify does not answer',
      problem: { code: 'internal' },
    };
    expect(module.greeting?.()).toEqual([{ event: 'progress', data }]);
  });

  test('a second demand joins the run that is going', async () => {
    let calls = 0;
    let release = () => {};
    token = () =>
      new Promise((resolve) => {
        calls += 1;
        release = () => resolve(null);
      });
    expect((await ask('POST', '/jobs/refresh_spotify_token/run')).status).toBe(202);
    expect(await ask('POST', '/jobs/refresh_spotify_token/run')).toMatchObject({
      status: 202,
      json: { running: true },
    });
    release();
    await clock.pass(0);
    expect(calls).toBe(1);
  });

  test('take another schedule or none, and their own again', async () => {
    expect(await ask('PUT', '/jobs/backup_database', { schedule: '30 5 * * 1' })).toMatchObject({
      status: 200,
      json: { schedule: '30 5 * * 1', nextRun: Date.parse('2026-06-22T03:30:00Z') / 1000 },
    });
    expect(await ask('PUT', '/jobs/backup_database', { enabled: false })).toMatchObject({
      json: { enabled: false, nextRun: null, schedule: '30 5 * * 1' },
    });
    expect(await ask('PUT', '/jobs/backup_database', { schedule: null, enabled: true })).toMatchObject({
      json: { enabled: true, schedule: '0 2 * * *' },
    });
  });

  test.each([
    [{ schedule: 'every night' }, 'schedule'],
    [{ schedule: '0 0 31 2 *' }, 'schedule'],
    [{ schedule: 5 }, 'schedule'],
    [{ enabled: 'yes' }, 'enabled'],
    [{ time: '03:00' }, 'time'],
  ])('refuse %j by name', async (body, field) => {
    expect(await ask('PUT', '/jobs/backup_database', body)).toMatchObject({
      status: 400,
      json: { error: { kind: 'bad-request', field } },
    });
  });

  test.each([
    ['GET', '/jobs/tidy'],
    ['PUT', '/jobs/tidy'],
    ['GET', '/jobs/tidy/runs'],
    ['POST', '/jobs/tidy/run'],
    ['GET', '/backups/nothing.db'],
    ['GET', '/backups/..%2Fmusique.db'],
    ['POST', '/archive/nothing/restore'],
  ])('%s %s is not there', async (method, path) => {
    expect(await ask(method, path, method === 'PUT' ? {} : undefined)).toMatchObject({
      status: 404,
      json: { error: { kind: 'not-found' } },
    });
  });

  test('fall due at night, in their order', async () => {
    listen(now - DAY);
    await clock.pass(11 * HOUR);
    for (const id of ['backup_database', 'cleanup_old_tracks', 'compute_analytics']) {
      await clock.pass(HOUR);
      // Real work in simulated time: the clock stands still until it is done.
      expect(await ended(id)).toMatchObject({ outcome: 'done', trigger: 'schedule' });
    }
    expect(await ask('GET', '/jobs/refresh_spotify_token/runs')).toMatchObject({ json: { total: 14 } });
  });
});

describe('retention', () => {
  test('asks before anything is archived for the first time; then archives; restores; asks again', async () => {
    for (const days of [700, 600, 10]) listen(now - days * DAY);
    expect(await ask('GET', '/retention')).toMatchObject({
      json: { days: 365, decided: false, waiting: { listens: 2, oldest: now - 700 * DAY } },
    });
    expect(await ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'waiting',
      summary: { listens: 2, oldest: now - 700 * DAY },
    });
    expect(library.household.get().retentionQuestion).toEqual({ listens: 2, oldest: now - 700 * DAY });
    expect(v.is(HouseholdDocument, library.household.get())).toBe(true);
    expect(library.reads.counts().listens).toBe(3);

    await clock.pass(HOUR);
    expect(await ask('PUT', '/retention', { days: 365 })).toMatchObject({
      status: 200,
      json: { days: 365, decided: true, waiting: null },
    });
    expect(library.household.get().retentionQuestion).toBeNull();
    expect(await ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'done',
      summary: { archived: 2, files: ['listens-2026-06-15-1.jsonl'] },
    });
    expect(library.reads.counts().listens).toBe(1);
    expect(await ran('compute_analytics')).toMatchObject({
      outcome: 'done',
      summary: { months: 2, listens: 2, repaired: 0 },
    });
    expect(await ask('GET', '/archive')).toMatchObject({
      json: { items: [{ name: 'listens-2026-06-15-1.jsonl', listens: 2, from: now - 700 * DAY, to: now - 600 * DAY }] },
    });

    await clock.pass(HOUR);
    expect(await ask('POST', '/archive/listens-2026-06-15-1.jsonl/restore')).toMatchObject({ status: 202 });
    while (library.reads.counts().listens < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await ran('cleanup_old_tracks')).toMatchObject({ outcome: 'waiting', summary: { listens: 2 } });
    expect(library.household.get().retentionQuestion).toMatchObject({ listens: 2 });
    expect(await ask('PUT', '/retention', { days: 0 })).toMatchObject({
      json: { days: 0, decided: true, waiting: null },
    });
    expect(library.household.get()).toMatchObject({ retentionDays: 0, retentionQuestion: null });
    expect(await ran('cleanup_old_tracks')).toMatchObject({ outcome: 'done', summary: { archived: 0 } });
    expect(library.reads.counts().listens).toBe(3);
  });

  test('an answer to a question that has changed since it was shown does nothing, and says so', async () => {
    for (const days of [700, 600, 10]) listen(now - days * DAY);
    const shown = async () => {
      const { days, waiting } = (await ask('GET', '/retention')).json as { days: number; waiting: object };
      return { days, ...waiting };
    };
    const refused = { status: 409, json: { error: { kind: 'conflict' } } };
    const seen = await shown();
    listen(now - 800 * DAY);
    expect(await ask('PUT', '/retention', { days: 365, seen })).toMatchObject(refused);
    expect(await ask('GET', '/retention')).toMatchObject({ json: { decided: false, waiting: { listens: 3 } } });
    // Whoever looks again decides upon what there is; who keeps everything lets nothing go.
    expect(await ask('PUT', '/retention', { days: 365, seen: await shown() })).toMatchObject({
      status: 200,
      json: { decided: true },
    });

    // A clock that has jumped makes more leave, by a time that was not shown.
    await ran('cleanup_old_tracks');
    listen(now - 300 * DAY);
    const atNoon = { days: 365, listens: 1, oldest: now - 300 * DAY };
    await clock.set(200 * DAY * 1000);
    expect(await ask('PUT', '/retention', { days: 365, seen: atNoon })).toMatchObject(refused);
    // Somebody decided otherwise meanwhile: the word on another period is not taken for one on this.
    await ask('PUT', '/retention', { days: 0 });
    expect(await ask('PUT', '/retention', { days: 365, seen: atNoon })).toMatchObject(refused);
    expect(await ask('GET', '/retention')).toMatchObject({ json: { days: 0 } });
  });

  test.each([[{ days: -1 }], [{ days: 1.5 }], [{ days: '365' }], [{}], [{ days: 99_999 }]])(
    'refuses %j',
    async (body) => {
      expect(await ask('PUT', '/retention', body)).toMatchObject({ status: 400, json: { error: { field: 'days' } } });
    },
  );

  test('nothing is removed when the archive cannot be written', async () => {
    listen(now - 700 * DAY);
    await clock.pass(HOUR);
    await ask('PUT', '/retention', { days: 365 });
    writeFileSync(join(folder, 'archive'), 'in the way');
    expect(await ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('archive') as unknown,
    });
    expect(library.reads.counts().listens).toBe(1);
  });
});

/** What every device reads about the backups. */
const backupState = () => library.household.get().backup;

describe('backups', () => {
  test('are made, listed, downloaded, removed', async () => {
    expect(await ask('POST', '/backups')).toMatchObject({ status: 409 });
    expect(await ran('backup_database')).toMatchObject({ outcome: 'done', summary: { skipped: 'empty' } });
    expect(readdirSync(folder)).not.toContain('backups');
    listen(now);
    expect(await ran('backup_database')).toMatchObject({
      error: null,
      outcome: 'done',
      summary: { file: 'musique-2026-06-15T12-00-00-000Z.zip' },
    });
    const made = await ask('POST', '/backups');
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'by-hand-2026-06-15T12-00-00-000Z.zip', kind: 'by-hand', createdAt: now },
    });
    const { items } = (await ask('GET', '/backups')).json as { items: { name: string; bytes: number }[] };
    expect(items.map(({ name }) => name).sort()).toEqual([
      'by-hand-2026-06-15T12-00-00-000Z.zip',
      'musique-2026-06-15T12-00-00-000Z.zip',
    ]);
    const answer = await app.request(`/api/v1/backups/${items[0]!.name}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-disposition')).toContain(items[0]!.name);
    expect(bytes.length).toBe(items[0]!.bytes);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
    expect(items[0]).toMatchObject({
      folder: 'first',
      copied: false,
      holds: 'everything',
      secrets: false,
      listens: 1,
      albums: 1,
      counts: { archived: 0 },
      flaw: null,
    });
    expect((await ask('DELETE', `/backups/${items[0]!.name}`)).status).toBe(204);
    expect((await ask('GET', '/backups')).json).toMatchObject({ items: [{ name: items[1]!.name }] });
  });

  test('say why they cannot be made', async () => {
    listen(now);
    writeFileSync(join(folder, 'backups'), 'in the way');
    expect(await ask('POST', '/backups')).toMatchObject({
      status: 503,
      json: { error: { message: expect.stringContaining('The backup could not be made') as unknown } },
    });
    expect(await ran('backup_database')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('The backup could not be made') as unknown,
    });
    expect((await ask('GET', '/backups')).status).toBe(503);
    await expect.poll(backupState).toMatchObject({ lastGoodAt: null, problem: { code: 'failed' } });
    rmSync(join(folder, 'backups'));
    expect((await ask('POST', '/backups')).status).toBe(201);
    expect((await ask('GET', '/backups')).json).toMatchObject({ status: { lastGoodAt: now, problem: null } });
    await expect.poll(backupState).toEqual({ lastGoodAt: now, problem: null });
  });

  test('that are too old are reported', async () => {
    listen(now);
    expect((await ask('POST', '/backups')).status).toBe(201);
    await ask('PUT', '/jobs/backup_database', { enabled: false });
    await clock.pass(3 * DAY * 1000);
    expect((await ask('GET', '/backups')).json).toMatchObject({ status: { problem: { code: 'old' } } });
    await expect.poll(backupState).toMatchObject({ problem: { code: 'old' } });
  });
});
