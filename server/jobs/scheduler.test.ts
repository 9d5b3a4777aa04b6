import { describe, expect, test } from 'vitest';
import { silentLog } from '../kit/log.ts';
import { libraryForTest } from '../library/testing/library.ts';
import type { JobRuns } from '../library/api/jobs.ts';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import type { Job, JobResult } from './job.ts';
import { Scheduler } from './scheduler.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DONE: JobResult = { outcome: 'done', summary: {} };

interface World {
  clock: SimulatedClock;
  runs: JobRuns;
  start(...jobs: Partial<Job>[]): Scheduler;
  /** When each run began, in ISO 8601, oldest first. */
  began(jobId?: string): string[];
}

/** A library whose scheduler runs by a simulated clock; it sleeps as long as it likes, so that years pass quickly. */
function world(start: string, { timeZone = 'Europe/Zurich', longestSleepMs = 400 * DAY } = {}): World {
  const clock = new SimulatedClock(start);
  const { library } = libraryForTest();
  const runs = library.jobRuns;
  return {
    clock,
    runs,
    start(...jobs) {
      const scheduler = new Scheduler({
        jobs: jobs.map((job) => ({
          id: 'job',
          schedule: '0 3 * * *',
          timeLimitSeconds: 600,
          run: async () => DONE,
          ...job,
        })),
        runs,
        clock,
        log: silentLog,
        timeZone: () => timeZone,
        soon: (_key, write) => write(),
        onChange: () => undefined,
        longestSleepMs,
      });
      scheduler.start();
      return scheduler;
    },
    began: (jobId = 'job') =>
      runs
        .list(jobId, { page: 1, pageSize: 1_000 })
        .items.map(({ startedAt }) => new Date(startedAt * 1000).toISOString().slice(0, 16))
        .reverse(),
  };
}

test('the clock set back three days: the next night has its run', async () => {
  const fixture = world('2026-06-10T12:00:00Z', { longestSleepMs: 60_000 });
  const scheduler = fixture.start({});
  await fixture.clock.pass(DAY);
  expect(fixture.began()).toEqual(['2026-06-11T01:00']);
  await fixture.clock.set(-3 * DAY);
  scheduler.clockSet();
  await fixture.clock.pass(DAY);
  expect(fixture.began()).toEqual(['2026-06-11T01:00', '2026-06-09T01:00']);
});

describe('by the clock on the wall', () => {
  test('once a day over the night when an hour is skipped', async () => {
    const fixture = world('2026-03-27T12:00:00Z');
    fixture.start({ schedule: '30 2 * * *' });
    await fixture.clock.pass(4 * DAY);
    expect(fixture.began()).toEqual(['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30', '2026-03-31T00:30']);
  });

  test('once a day over the night when an hour comes twice', async () => {
    const fixture = world('2026-10-23T12:00:00Z');
    fixture.start({ schedule: '30 2 * * *' });
    await fixture.clock.pass(4 * DAY);
    expect(fixture.began()).toEqual(['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30']);
  });

  test('a hundred nights over the change in spring: one run each', async () => {
    const fixture = world('2025-01-01T12:00:00Z');
    fixture.start({});
    await fixture.clock.pass(100 * DAY);
    const days = fixture.began().map((at) => at.slice(0, 10));
    expect(days).toHaveLength(100);
    expect(new Set(days).size).toBe(100);
    expect(days[0]).toBe('2025-01-02');
    expect(days.at(-1)).toBe('2025-04-11');
  });

  test('another time zone: due by its clocks from then on', async () => {
    const fixture = world('2026-06-01T12:00:00Z');
    let timeZone = 'Europe/Zurich';
    const scheduler = new Scheduler({
      jobs: [{ id: 'job', schedule: '0 3 * * *', timeLimitSeconds: 60, run: async () => DONE }],
      runs: fixture.runs,
      clock: fixture.clock,
      log: silentLog,
      timeZone: () => timeZone,
      soon: (_key, write) => write(),
      onChange: () => undefined,
      longestSleepMs: DAY,
    });
    scheduler.start();
    timeZone = 'America/New_York';
    scheduler.reckonAgain();
    await fixture.clock.pass(DAY);
    expect(fixture.began()).toEqual(['2026-06-02T07:00']);
  });
});

describe('what was missed', () => {
  test('a week asleep: caught up once, then on time', async () => {
    const fixture = world('2026-05-01T12:00:00Z', { longestSleepMs: 60_000 });
    fixture.start({});
    await fixture.clock.jump(7 * DAY);
    await fixture.clock.pass(60_000);
    expect(fixture.began()).toHaveLength(1);
    expect(fixture.runs.last('job')?.trigger).toBe('catch-up');
    await fixture.clock.pass(DAY);
    expect(fixture.began()).toHaveLength(2);
    expect(fixture.runs.last('job')?.trigger).toBe('schedule');
  });

  test('a week switched off: caught up once at the next start', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    await fixture.start({}).close();
    await fixture.clock.pass(7 * DAY);
    const scheduler = fixture.start({});
    await fixture.clock.pass(HOUR);
    expect(fixture.began()).toEqual(['2026-05-08T12:00']);
    expect(scheduler.find('job')?.nextRun).toBe(Date.parse('2026-05-09T01:00:00Z') / 1000);
  });

  test('a run that the end of the server cut off is made up for, but not again and again', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    fixture.runs.begin('job', 'schedule', Date.parse('2026-05-01T01:00:00Z') / 1000);
    const first = fixture.start({ run: () => new Promise(() => {}) });
    await fixture.clock.pass(0);
    const closing = first.close();
    await fixture.clock.pass(10_000);
    await closing;
    expect(fixture.runs.list('job', { page: 1, pageSize: 9 }).items.map(({ outcome }) => outcome)).toEqual([
      null,
      'interrupted',
    ]);
    fixture.start({});
    await fixture.clock.pass(HOUR);
    expect(fixture.runs.list('job', { page: 1, pageSize: 9 }).items.map(({ outcome }) => outcome)).toEqual([
      'interrupted',
      'interrupted',
    ]);
  });

  test('a clock that was years ahead does not put a job off for years', async () => {
    const fixture = world('2031-01-01T12:00:00Z');
    await fixture.start({}).close();
    const back = world('2026-01-01T12:00:00Z');
    back.runs.configure('job', { dueAt: fixture.runs.settings('job').dueAt });
    back.start({});
    await back.clock.pass(DAY);
    expect(back.began()).toHaveLength(1);
  });

  test('switched off it is neither run nor caught up', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    const scheduler = fixture.start({});
    scheduler.configure('job', { enabled: false });
    await fixture.clock.pass(3 * DAY);
    expect(fixture.began()).toEqual([]);
    expect(scheduler.find('job')).toMatchObject({ enabled: false, nextRun: null });
    scheduler.configure('job', { enabled: true });
    await fixture.clock.pass(HOUR);
    expect(fixture.began()).toEqual([]);
    await fixture.clock.pass(DAY);
    expect(fixture.began()).toHaveLength(1);
  });
});

describe('a run', () => {
  test('is never one of two at a time', async () => {
    const fixture = world('2026-05-01T12:00:00Z', { longestSleepMs: 60_000 });
    let going = 0;
    let most = 0;
    const scheduler = fixture.start({
      schedule: '*/10 * * * *',
      timeLimitSeconds: 7_200,
      async run() {
        most = Math.max(most, (going += 1));
        await fixture.clock.sleep(25 * 60_000);
        going -= 1;
        return DONE;
      },
    });
    for (let minute = 0; minute < 120; minute += 7) {
      scheduler.runNow('job');
      await fixture.clock.pass(7 * 60_000);
    }
    expect(most).toBe(1);
    expect(fixture.began().length).toBeGreaterThan(2);
  });

  test('ends at its time limit, even one that never listens, and the next is on time', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    let received: AbortSignal | undefined;
    const scheduler = fixture.start({
      timeLimitSeconds: 600,
      run({ signal }) {
        received = signal;
        return new Promise(() => {});
      },
    });
    scheduler.runNow('job');
    await fixture.clock.pass(599_000);
    expect(scheduler.find('job')).toMatchObject({ running: true, lastRun: { outcome: null } });
    await fixture.clock.pass(2_000);
    expect(received?.aborted).toBe(true);
    expect(scheduler.find('job')).toMatchObject({
      running: false,
      lastRun: { outcome: 'timed-out', error: 'job was still at it after 600 s' },
    });
    await fixture.clock.pass(DAY);
    expect(fixture.began()).toHaveLength(2);
  });

  test('keeps its error, and the schedule goes on', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    fixture.start({ run: () => Promise.reject(new Error('The disk is full')) });
    await fixture.clock.pass(2 * DAY);
    const { items } = fixture.runs.list('job', { page: 1, pageSize: 10 });
    expect(items).toMatchObject([{ outcome: 'failed', error: 'The disk is full' }, { outcome: 'failed' }]);
  });

  test('is not begun when its beginning cannot be noted; the other jobs go on, and it follows', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    let full = true;
    const runs: JobRuns = {
      ...fixture.runs,
      begin(jobId, trigger, now) {
        if (full && jobId === 'one') throw new Error('database or disk is full');
        return fixture.runs.begin(jobId, trigger, now);
      },
    };
    const job = { schedule: '0 3 * * *', timeLimitSeconds: 60, run: async () => DONE };
    new Scheduler({
      jobs: [
        { id: 'one', ...job },
        { id: 'two', ...job },
      ],
      runs,
      clock: fixture.clock,
      log: silentLog,
      timeZone: () => 'Europe/Zurich',
      soon: (_key, write) => write(),
      onChange: () => undefined,
      longestSleepMs: DAY,
    }).start();
    await fixture.clock.pass(13 * HOUR + 3 * 60_000);
    expect([fixture.began('one'), fixture.began('two')].map(({ length }) => length)).toEqual([0, 1]);
    full = false;
    await fixture.clock.pass(2 * 60_000);
    expect(fixture.began('one')).toHaveLength(1);
  });

  test('reaches a safe point when the server stops', async () => {
    const fixture = world('2026-05-01T12:00:00Z');
    const steps: string[] = [];
    const scheduler = fixture.start({
      async run({ signal }) {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        return DONE;
      },
    });
    scheduler.runNow('job');
    await scheduler.close().then(() => steps.push('closed'));
    expect(steps).toEqual(['closed']);
    expect(fixture.runs.last('job')).toMatchObject({ outcome: 'stopped', error: 'The server is stopping' });
  });
});

test('a schedule of one’s own holds until it is taken back', async () => {
  const fixture = world('2026-05-01T12:00:00Z');
  const scheduler = fixture.start({});
  scheduler.configure('job', { schedule: '15 20 * * *' });
  expect(scheduler.find('job')).toMatchObject({
    schedule: '15 20 * * *',
    nextRun: Date.parse('2026-05-01T18:15:00Z') / 1000,
  });
  scheduler.configure('job', { schedule: null });
  expect(scheduler.find('job')).toMatchObject({
    schedule: '0 3 * * *',
    nextRun: Date.parse('2026-05-02T01:00:00Z') / 1000,
  });
  expect(() => scheduler.configure('job', { schedule: '0 0 31 2 *' })).toThrow('never falls due');
});

test('two jobs of one name are a mistake, and so is a schedule that nobody can read', () => {
  const fixture = world('2026-05-01T12:00:00Z');
  expect(() => fixture.start({}, {})).toThrow('same name');
  expect(() => fixture.start({ schedule: 'at night' })).toThrow('cannot be read');
});
