import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseholdDocument } from '#shared/library/household.ts';
import { DAY, HOUR, JobsFixture, now } from './jobsFixture.ts';

let jobs: JobsFixture;
beforeEach(() => {
  jobs = new JobsFixture();
});
afterEach(() => jobs.close());

describe('retention', () => {
  test('asks before anything is archived for the first time; then archives; restores; asks again', async () => {
    for (const days of [700, 600, 10]) jobs.listen(now - days * DAY);
    expect(await jobs.ask('GET', '/retention')).toMatchObject({
      json: { days: 365, decided: false, waiting: { listens: 2, oldest: now - 700 * DAY } },
    });
    expect(await jobs.ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'waiting',
      summary: { listens: 2, oldest: now - 700 * DAY },
    });
    expect(jobs.library.household.get().retentionQuestion).toEqual({ listens: 2, oldest: now - 700 * DAY });
    expect(v.is(HouseholdDocument, jobs.library.household.get())).toBe(true);
    expect(jobs.library.reads.counts().listens).toBe(3);

    await jobs.clock.pass(HOUR);
    expect(await jobs.ask('PUT', '/retention', { days: 365 })).toMatchObject({
      status: 200,
      json: { days: 365, decided: true, waiting: null },
    });
    expect(jobs.library.household.get().retentionQuestion).toBeNull();
    expect(await jobs.ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'done',
      summary: { archived: 2, files: ['listens-2026-06-15-1.jsonl'] },
    });
    expect(jobs.library.reads.counts().listens).toBe(1);
    expect(await jobs.ran('compute_analytics')).toMatchObject({
      outcome: 'done',
      summary: { months: 2, listens: 2, repaired: 0 },
    });
    expect(await jobs.ask('GET', '/archive')).toMatchObject({
      json: { items: [{ name: 'listens-2026-06-15-1.jsonl', listens: 2, from: now - 700 * DAY, to: now - 600 * DAY }] },
    });

    await jobs.clock.pass(HOUR);
    expect(await jobs.ask('POST', '/archive/listens-2026-06-15-1.jsonl/restore')).toMatchObject({ status: 202 });
    while (jobs.library.reads.counts().listens < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await jobs.ran('cleanup_old_tracks')).toMatchObject({ outcome: 'waiting', summary: { listens: 2 } });
    expect(jobs.library.household.get().retentionQuestion).toMatchObject({ listens: 2 });
    expect(await jobs.ask('PUT', '/retention', { days: 0 })).toMatchObject({
      json: { days: 0, decided: true, waiting: null },
    });
    expect(jobs.library.household.get()).toMatchObject({ retentionDays: 0, retentionQuestion: null });
    expect(await jobs.ran('cleanup_old_tracks')).toMatchObject({ outcome: 'done', summary: { archived: 0 } });
    expect(jobs.library.reads.counts().listens).toBe(3);
  });

  test('an answer to a question that has changed since it was shown does nothing, and says so', async () => {
    for (const days of [700, 600, 10]) jobs.listen(now - days * DAY);
    const shown = async () => {
      const { days, waiting } = (await jobs.ask('GET', '/retention')).json as { days: number; waiting: object };
      return { days, ...waiting };
    };
    const refused = { status: 409, json: { error: { kind: 'conflict' } } };
    const seen = await shown();
    jobs.listen(now - 800 * DAY);
    expect(await jobs.ask('PUT', '/retention', { days: 365, seen })).toMatchObject(refused);
    expect(await jobs.ask('GET', '/retention')).toMatchObject({ json: { decided: false, waiting: { listens: 3 } } });
    // Whoever looks again decides upon what there is; who keeps everything lets nothing go.
    expect(await jobs.ask('PUT', '/retention', { days: 365, seen: await shown() })).toMatchObject({
      status: 200,
      json: { decided: true },
    });

    // A clock that has jumped makes more leave, by a time that was not shown.
    await jobs.ran('cleanup_old_tracks');
    jobs.listen(now - 300 * DAY);
    const atNoon = { days: 365, listens: 1, oldest: now - 300 * DAY };
    await jobs.clock.set(200 * DAY * 1000);
    expect(await jobs.ask('PUT', '/retention', { days: 365, seen: atNoon })).toMatchObject(refused);
    // Somebody decided otherwise meanwhile: the word on another period is not taken for one on this.
    await jobs.ask('PUT', '/retention', { days: 0 });
    expect(await jobs.ask('PUT', '/retention', { days: 365, seen: atNoon })).toMatchObject(refused);
    expect(await jobs.ask('GET', '/retention')).toMatchObject({ json: { days: 0 } });
  });

  test.each([[{ days: -1 }], [{ days: 1.5 }], [{ days: '365' }], [{}], [{ days: 99_999 }]])(
    'refuses %j',
    async (body) => {
      expect(await jobs.ask('PUT', '/retention', body)).toMatchObject({
        status: 400,
        json: { error: { field: 'days' } },
      });
    },
  );

  test('nothing is removed when the archive cannot be written', async () => {
    jobs.listen(now - 700 * DAY);
    await jobs.clock.pass(HOUR);
    await jobs.ask('PUT', '/retention', { days: 365 });
    writeFileSync(join(jobs.folder, 'archive'), 'in the way');
    expect(await jobs.ran('cleanup_old_tracks')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('archive') as unknown,
    });
    expect(jobs.library.reads.counts().listens).toBe(1);
  });
});
