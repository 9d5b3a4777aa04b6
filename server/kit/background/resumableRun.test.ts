import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { silentLog } from '../log.ts';
import { NEVER_RUN, ResumableRun, type RunState } from './resumableRun.ts';

interface Copying extends RunState {
  next: number;
  waitsUntil: number | null;
}

const PAGES = 6;
const idle: Copying = {
  ...NEVER_RUN,
  next: 0,
  waitsUntil: null,
};

/** What survives the process: the states of runs, and what runs brought. */
class Disk {
  states = new Map<string, string>();
  copied: number[] = [];
  get<T>(name: string): T | undefined {
    const state = this.states.get(name);
    return state === undefined ? undefined : (JSON.parse(state) as T);
  }
  set(name: string, state: unknown): void {
    this.states.set(name, JSON.stringify(state));
  }
}

/** A process in which a run copies pages, one a minute, until it is done or the process is killed. */
function processForTest(disk: Disk, { fails = () => false }: { fails?: (page: number) => boolean } = {}) {
  const clock = new SimulatedClock('2026-03-01T12:00:00Z');
  const life = { isOver: false };
  const alive = <T>(value: T): T | Promise<never> => (life.isOver ? new Promise<never>(() => {}) : value);
  const reported: string[] = [];
  const asked: number[] = [];
  const run: ResumableRun<Copying> = new ResumableRun<Copying>({
    name: 'copying',
    clock,
    log: silentLog,
    store: {
      get: (name) => disk.get(name),
      set: (name, state) => void (life.isOver || disk.set(name, state)),
    },
    initial: idle,
    async work(signal) {
      for (let page = run.state.next; page < PAGES; page += 1) {
        asked.push(page);
        await run.rest(60, signal);
        await alive(undefined);
        if (fails(page)) throw new Error(`page ${page} is torn`);
        if (!disk.copied.includes(page)) disk.copied.push(page);
        await clock.sleep(1_000, signal);
        await alive(undefined);
        run.save({ next: page + 1, seen: page + 1, total: PAGES });
        run.notify();
      }
      run.finish({});
    },
    failureOf: () => ({ waitsUntil: 7 }),
    atEnd: { waitsUntil: null },
    onProgress: ({ state, done, message }) =>
      reported.push([state, done, message].filter((one) => one !== undefined).join(' ')),
  });
  return { clock, run, reported, asked, kill: () => (life.isOver = true) };
}

test('whatever second it is killed in, the next process goes on with the step that was under way and doubles nothing', async () => {
  for (let second = 0; second <= PAGES * 61; second += 1) {
    const disk = new Disk();
    const killed = processForTest(disk);
    killed.run.start({});
    await killed.clock.pass(second * 1_000);
    const { next } = disk.get<Copying>('copying')!;
    killed.kill();
    const after = processForTest(disk);
    if (next < PAGES) {
      expect(after.run.state).toMatchObject({ state: 'running', next });
      after.run.resume();
      await after.clock.pass(PAGES * 61_000);
      expect(after.asked[0]).toBe(next);
    }
    expect(after.run.state).toMatchObject({ state: 'done', seen: PAGES, total: PAGES });
    expect(disk.copied).toEqual([0, 1, 2, 3, 4, 5]);
  }
}, 60_000);

test('it is joined by whoever starts it again, and cancelled by a person; what it did stays', async () => {
  const disk = new Disk();
  const { clock, run, reported, asked } = processForTest(disk);
  run.start({});
  run.start({});
  await clock.pass(130_000);
  expect(asked).toEqual([0, 1, 2]);
  await run.cancel();
  await run.cancel();
  expect(disk.get('copying')).toMatchObject({
    state: 'cancelled',
    next: 2,
    startedAt: 1_772_366_400,
    endedAt: 1_772_366_530,
  });
  await clock.pass(600_000);
  expect(disk.copied).toEqual([0, 1]);
  expect(reported).toEqual(['running 1', 'running 2', 'cancelled 2']);
  run.start({});
  expect(run.state).toMatchObject({ state: 'running', next: 0, seen: 0, total: null, endedAt: null });
  await run.close();
});

test('a failure ends it and says why; what put it right lets it go on from there', async () => {
  const disk = new Disk();
  let isTorn = true;
  const { clock, run, reported } = processForTest(disk, { fails: (page) => page === 2 && isTorn });
  run.start({});
  await clock.pass(600_000);
  expect(run.state).toMatchObject({ state: 'failed', next: 2, lastError: 'page 2 is torn', waitsUntil: 7 });
  expect(run.isGoing).toBe(false);
  expect(reported.at(-1)).toBe('failed 2 page 2 is torn');
  isTorn = false;
  run.resume({ lastError: null });
  await clock.pass(600_000);
  expect(run.state).toMatchObject({ state: 'done', seen: PAGES, lastError: null, waitsUntil: null });
});

test('the end of the process leaves it running, and nobody who does not want to wait has to', async () => {
  const disk = new Disk();
  const { clock, run } = processForTest(disk);
  run.start({});
  await clock.pass(0);
  run.tryNow();
  await clock.pass(1_000);
  expect(run.state.next).toBe(1);
  await run.close();
  expect(disk.get('copying')).toMatchObject({ state: 'running', next: 1, endedAt: null });
});
