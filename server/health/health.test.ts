import { describe, expect, test } from 'vitest';
import type { Job } from '#shared/api/jobs.ts';
import { backupHealth } from './backup.ts';
import { diskHealth } from './disk.ts';
import { checksOf, publicParts, readinessOf } from './serverHealth.ts';
import { jobsHealth } from './jobs.ts';
import { servicesHealth } from './services.ts';
import { trackerHealth } from './tracker.ts';

const NOW = 1_700_000_000;
const MEGABYTE = 1024 * 1024;

describe('the tracker', () => {
  test.each([
    [null, 150, 'ok', 'off'],
    [{ seconds: 300, intervalSeconds: 150 }, 150, 'ok', 'following'],
    [{ seconds: 301, intervalSeconds: 150 }, 150, 'warning', 'late'],
    [{ seconds: 600, intervalSeconds: 150 }, 150, 'warning', 'late'],
    [{ seconds: 601, intervalSeconds: 150 }, 150, 'failing', 'frozen'],
    // Asked every second, one slow reading is no standstill.
    [{ seconds: 120, intervalSeconds: 1 }, 1, 'ok', 'following'],
    [{ seconds: 301, intervalSeconds: 1 }, 1, 'failing', 'frozen'],
    // One poll that failed just now is not reported.
    [{ seconds: 160, intervalSeconds: 150, failedPolls: 1, failingSeconds: 59 }, 150, 'ok', 'following'],
    [{ seconds: 160, intervalSeconds: 150, failedPolls: 2, failingSeconds: 12 }, 150, 'warning', 'unread'],
    [{ seconds: 160, intervalSeconds: 150, failedPolls: 0, failingSeconds: 60 }, 150, 'warning', 'unread'],
    [{ seconds: 310, intervalSeconds: 150, failedPolls: 2, failingSeconds: 60 }, 150, 'warning', 'unread'],
    [{ seconds: 601, intervalSeconds: 150, failedPolls: 9, failingSeconds: 590 }, 150, 'failing', 'frozen'],
  ])('%j with a poll every %i s is %s, %s', (lag, interval, state, code) => {
    expect(trackerHealth(lag && { failedPolls: 0, failingSeconds: null, ...lag }, interval)).toMatchObject({
      state,
      code,
      lagSeconds: lag?.seconds ?? null,
    });
  });
});

describe('the disk', () => {
  const of = (freeBytes: number) =>
    diskHealth('/nowhere/musique.db', () => Promise.resolve({ freeBytes, totalBytes: 1e12 }));
  test.each([
    [8 * MEGABYTE - 1, 'failing', 'full'],
    [8 * MEGABYTE, 'warning', 'low'],
    [512 * MEGABYTE - 1, 'warning', 'low'],
    [512 * MEGABYTE, 'ok', 'enough'],
  ])('with %i bytes free is %s, %s', async (free, state, code) => {
    expect(await of(free)).toMatchObject({ state, code, freeBytes: free });
  });

  test('that the system says nothing of is unknown, and one that never answers too', async () => {
    expect(await diskHealth('/nowhere/musique.db', () => Promise.reject(new Error('away')))).toMatchObject({
      state: 'warning',
      code: 'unknown',
      freeBytes: null,
    });
    expect(await diskHealth('/nowhere/musique.db', () => new Promise(() => undefined), 5)).toMatchObject({
      code: 'unknown',
    });
  });

  test('of this machine has some size', async () => {
    const { freeBytes, totalBytes } = await diskHealth(import.meta.filename);
    expect(totalBytes).toBeGreaterThan(0);
    expect(freeBytes).toBeLessThanOrEqual(totalBytes!);
  });
});

describe('recurring work', () => {
  const run = (outcome: 'done' | 'failed' | 'timed-out') => ({
    id: 1,
    startedAt: NOW - 100,
    endedAt: NOW - 90,
    outcome,
    summary: null,
    error: null,
    problem: null,
    trigger: 'schedule' as const,
  });
  const job = (more: Partial<Job> = {}): Job => ({
    id: 'backup_database',
    schedule: '0 3 * * *',
    enabled: true,
    lastRun: run('done'),
    nextRun: NOW + 100,
    running: false,
    ...more,
  });
  test.each([
    [job(), 'ok', 'on-time'],
    [job({ lastRun: null }), 'ok', 'on-time'],
    [job({ lastRun: run('failed') }), 'warning', 'failing'],
    [job({ lastRun: run('timed-out') }), 'warning', 'failing'],
    [job({ nextRun: NOW - 600 }), 'ok', 'on-time'],
    [job({ nextRun: NOW - 601 }), 'failing', 'overdue'],
    [job({ nextRun: NOW - 601, running: true }), 'ok', 'running'],
    [job({ nextRun: null, enabled: false, lastRun: run('failed') }), 'ok', 'off'],
  ])('%j is %s, %s', (status, state, code) => {
    const health = jobsHealth([job({ id: 'other' }), status], () => NOW - 90, NOW);
    expect(health.state).toBe(state);
    expect(health.items![1]).toEqual({
      id: 'backup_database',
      state,
      code,
      lastRunAt: status.lastRun?.startedAt ?? null,
      lastSuccessAt: NOW - 90,
      nextRunAt: status.nextRun,
    });
  });
});

test('backups are as their status says, with the age of the last good one', () => {
  const good = { lastGoodAt: NOW - 3_600, secondLastGoodAt: null, lastBytes: 4_096, problem: null };
  expect(backupHealth(good, NOW)).toEqual({
    state: 'ok',
    code: 'good',
    lastGoodAt: NOW - 3_600,
    ageSeconds: 3_600,
    bytes: 4_096,
    secondLastGoodAt: null,
  });
  expect(backupHealth({ ...good, lastGoodAt: null, lastBytes: null }, NOW)).toMatchObject({
    state: 'ok',
    code: 'not-yet',
    ageSeconds: null,
  });
  expect(backupHealth({ ...good, problem: { code: 'failed', reason: '/secret/path is full' } }, NOW)).toMatchObject({
    state: 'failing',
    code: 'failed',
  });
  expect(
    JSON.stringify(backupHealth({ ...good, problem: { code: 'failed', reason: '/secret/path is full' } }, NOW)),
  ).not.toContain('secret');
});

test('a service that needs somebody is a warning, never more', () => {
  const well = { id: 'lastfm', status: 'connected', code: 'following' } as const;
  expect(servicesHealth([well, { id: 'roon', status: 'off', code: 'stopped' }])).toMatchObject({
    state: 'ok',
    code: 'well',
  });
  const { state, items } = servicesHealth([
    well,
    { id: 'discogs', status: 'attention', code: 'refused', detail: 'the key of ada', account: 'ada', since: NOW },
  ]);
  expect(state).toBe('warning');
  expect(items![1]).toEqual({ id: 'discogs', state: 'warning', code: 'refused', since: NOW });
});

test('not ready is the database and the disk alone; checks name what warns and what is failing; without the token nothing but states is answered', () => {
  const parts = {
    database: { state: 'ok', code: 'writable', checkedAt: NOW, tookMilliseconds: 2 },
    disk: { state: 'warning', code: 'low', freeBytes: 9e6 },
    backup: { state: 'failing', code: 'old' },
    tracker: { state: 'failing', code: 'frozen', lagSeconds: 900 },
  } as const;
  expect(readinessOf(parts)).toEqual({ ready: true, code: null });
  expect(checksOf(parts)).toEqual({ library: 'ok', disk: 'warning', backup: 'failing', tracker: 'failing' });
  expect(readinessOf({ ...parts, database: { state: 'failing', code: 'damaged' } })).toEqual({
    ready: false,
    code: 'damaged',
  });
  expect(readinessOf({ ...parts, disk: { state: 'failing', code: 'full' } })).toEqual({
    ready: false,
    code: 'disk-full',
  });
  expect(publicParts(parts).tracker).toEqual({ state: 'failing', code: 'frozen' });
});
