import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY, JobsFixture, now } from './jobsFixture.ts';

let jobs: JobsFixture;
beforeEach(() => {
  jobs = new JobsFixture();
});
afterEach(() => jobs.close());

/** What every device reads about the backups. */
const backupState = () => jobs.library.household.get().backup;

describe('backups', () => {
  test('are made, listed, downloaded, removed', async () => {
    expect(await jobs.ask('POST', '/backups')).toMatchObject({ status: 409 });
    expect(await jobs.ran('backup_database')).toMatchObject({ outcome: 'done', summary: { skipped: 'empty' } });
    expect(readdirSync(jobs.folder)).not.toContain('backups');
    jobs.listen(now);
    expect(await jobs.ran('backup_database')).toMatchObject({
      error: null,
      outcome: 'done',
      summary: { file: 'musique-2026-06-15T12-00-00-000Z.zip' },
    });
    const made = await jobs.ask('POST', '/backups');
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'by-hand-2026-06-15T12-00-00-000Z.zip', kind: 'by-hand', createdAt: now },
    });
    const { items } = (await jobs.ask('GET', '/backups')).json as { items: { name: string; bytes: number }[] };
    expect(items.map(({ name }) => name).sort()).toEqual([
      'by-hand-2026-06-15T12-00-00-000Z.zip',
      'musique-2026-06-15T12-00-00-000Z.zip',
    ]);
    const answer = await jobs.app.request(`/api/v1/backups/${items[0]!.name}`);
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
    expect((await jobs.ask('DELETE', `/backups/${items[0]!.name}`)).status).toBe(204);
    expect((await jobs.ask('GET', '/backups')).json).toMatchObject({ items: [{ name: items[1]!.name }] });
  });

  test('say why they cannot be made', async () => {
    jobs.listen(now);
    writeFileSync(join(jobs.folder, 'backups'), 'in the way');
    expect(await jobs.ask('POST', '/backups')).toMatchObject({
      status: 503,
      json: { error: { message: expect.stringContaining('The backup could not be made') as unknown } },
    });
    expect(await jobs.ran('backup_database')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('The backup could not be made') as unknown,
    });
    expect((await jobs.ask('GET', '/backups')).status).toBe(503);
    await expect.poll(backupState).toMatchObject({ lastGoodAt: null, problem: { code: 'failed' } });
    rmSync(join(jobs.folder, 'backups'));
    expect((await jobs.ask('POST', '/backups')).status).toBe(201);
    expect((await jobs.ask('GET', '/backups')).json).toMatchObject({ status: { lastGoodAt: now, problem: null } });
    await expect.poll(backupState).toEqual({ lastGoodAt: now, problem: null });
  });

  test('that are too old are reported', async () => {
    jobs.listen(now);
    expect((await jobs.ask('POST', '/backups')).status).toBe(201);
    await jobs.ask('PUT', '/jobs/backup_database', { enabled: false });
    await jobs.clock.pass(3 * DAY * 1000);
    expect((await jobs.ask('GET', '/backups')).json).toMatchObject({ status: { problem: { code: 'old' } } });
    await expect.poll(backupState).toMatchObject({ problem: { code: 'old' } });
  });
});
