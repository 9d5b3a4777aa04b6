import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, JobsFixture, now } from './jobsFixture.ts';

let jobs: JobsFixture;
beforeEach(() => {
  jobs = new JobsFixture();
});
afterEach(() => jobs.close());

describe('jobs', () => {
  test('are the four of the specification, due by the household’s clocks', async () => {
    const { status, json } = await jobs.ask('GET', '/jobs');
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
    jobs.token = async () => now + 3_600;
    expect(await jobs.ran('refresh_spotify_token')).toMatchObject({
      outcome: 'done',
      summary: { validUntil: now + 3_600 },
      error: null,
      trigger: 'person',
    });
    jobs.token = () => Promise.reject(new Error('Spotify does not answer'));
    expect(await jobs.ran('refresh_spotify_token')).toMatchObject({
      outcome: 'failed',
      error: 'Spotify does not answer',
    });
    jobs.token = async () => null;
    expect(await jobs.ran('refresh_spotify_token')).toMatchObject({
      outcome: 'done',
      summary: { skipped: 'not-configured' },
    });
    const { json } = await jobs.ask('GET', '/jobs/refresh_spotify_token/runs?pageSize=2');
    expect(json).toMatchObject({
      total: 3,
      page: 1,
      pageSize: 2,
      pages: 2,
      items: [{ outcome: 'done' }, { outcome: 'failed' }],
    });
    expect(
      jobs.events.filter(({ event }) => event === 'progress').map(({ data }) => (data as { state: string }).state),
    ).toEqual(['running', 'done', 'running', 'failed', 'running', 'done']);
  });

  test('report to a device that was away how the last runs ended', async () => {
    expect(jobs.module.greeting?.()).toEqual([]);
    jobs.token = () => Promise.reject(new Error('Spotify does not answer'));
    await jobs.ran('refresh_spotify_token');
    const data = {
      work: 'job:refresh_spotify_token',
      state: 'failed',
      done: 1,
      total: 1,
      message: 'Spotify does not answer',
      problem: { code: 'internal' },
    };
    expect(jobs.module.greeting?.()).toEqual([{ event: 'progress', data }]);
  });

  test('a second demand joins the run that is going', async () => {
    let calls = 0;
    let release = () => {};
    jobs.token = () =>
      new Promise((resolve) => {
        calls += 1;
        release = () => resolve(null);
      });
    expect((await jobs.ask('POST', '/jobs/refresh_spotify_token/run')).status).toBe(202);
    expect(await jobs.ask('POST', '/jobs/refresh_spotify_token/run')).toMatchObject({
      status: 202,
      json: { running: true },
    });
    release();
    await jobs.clock.pass(0);
    expect(calls).toBe(1);
  });

  test('take another schedule or none, and their own again', async () => {
    expect(await jobs.ask('PUT', '/jobs/backup_database', { schedule: '30 5 * * 1' })).toMatchObject({
      status: 200,
      json: { schedule: '30 5 * * 1', nextRun: Date.parse('2026-06-22T03:30:00Z') / 1000 },
    });
    expect(await jobs.ask('PUT', '/jobs/backup_database', { enabled: false })).toMatchObject({
      json: { enabled: false, nextRun: null, schedule: '30 5 * * 1' },
    });
    expect(await jobs.ask('PUT', '/jobs/backup_database', { schedule: null, enabled: true })).toMatchObject({
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
    expect(await jobs.ask('PUT', '/jobs/backup_database', body)).toMatchObject({
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
    expect(await jobs.ask(method, path, method === 'PUT' ? {} : undefined)).toMatchObject({
      status: 404,
      json: { error: { kind: 'not-found' } },
    });
  });

  test('fall due at night, in their order', async () => {
    jobs.listen(now - DAY);
    await jobs.clock.pass(11 * HOUR);
    for (const id of ['backup_database', 'cleanup_old_tracks', 'compute_analytics']) {
      await jobs.clock.pass(HOUR);
      // Real work in simulated time: the clock stands still until it is done.
      expect(await jobs.ended(id)).toMatchObject({ outcome: 'done', trigger: 'schedule' });
    }
    expect(await jobs.ask('GET', '/jobs/refresh_spotify_token/runs')).toMatchObject({ json: { total: 14 } });
  });
});
