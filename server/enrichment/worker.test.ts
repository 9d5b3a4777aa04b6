import { expect, it } from 'vitest';
import { systemClock, type Clock } from '../kit/clock.ts';
import { UpstreamError, type UpstreamErrorKind } from '../kit/http/upstreamError.ts';
import { silentLog } from '../kit/log.ts';
import type { EnrichmentQueue, QueuedTask } from '../library/api/enrichment.ts';
import type { TaskResult } from './task.ts';
import { EnrichmentWorker } from './worker.ts';

const failed = (kind: UpstreamErrorKind) =>
  new UpstreamError({ upstream: 'spotify', kind, message: `It said ${kind}` });

/** Every wait is over at once. */
const impatient: Clock = { ...systemClock, sleep: (_ms, signal) => systemClock.sleep(1, signal) };

/** A worker that the test drives, one task at a time. */
function workerForTest() {
  let waiting: (() => Promise<TaskResult>)[] = [];
  let ended = 0;
  const end = () => void (ended += 1);
  const queue: Partial<EnrichmentQueue> = {
    take: () => (waiting.length > 0 ? ({ id: 1, kind: 'cover', subject: 'album:1', attempts: 0 } as QueuedTask) : null),
    nextDue: () => null,
    done: end,
    later: end,
    giveUp: end,
  };
  let until = 0;
  const worker = new EnrichmentWorker({
    upstream: 'spotify',
    queue: queue as EnrichmentQueue,
    clock: impatient,
    log: silentLog,
    ready: () => true,
    onChange: () => undefined,
    tasks: [{ kind: 'cover', run: () => waiting.shift()!() }],
    written: (work) => Promise.resolve(work()),
    paused: { get: () => false, set: () => undefined },
    blocked: { get: () => until, set: (to) => void (until = to) },
  });
  worker.start();
  /** Has a task end so. */
  const ends = async (task: () => Promise<TaskResult>) => {
    const before = ended;
    waiting = [task];
    await expect.poll(() => ended > before && worker.state.state !== 'working').toBe(true);
    return { hasAnswered: worker.hasAnswered, lastError: worker.state.lastError, state: worker.state.state };
  };
  return { worker, ends };
}

it('knows whether the service answered since the start, with these settings', async () => {
  const { worker, ends } = workerForTest();
  try {
    expect(worker.hasAnswered).toBe(false);
    expect(await ends(() => Promise.resolve({ giveUp: 'gone' }))).toMatchObject({ hasAnswered: false });
    expect(await ends(() => Promise.reject(failed('malformed')))).toMatchObject({
      hasAnswered: false,
      lastError: 'It said malformed',
    });
    expect(await ends(() => Promise.resolve({ giveUp: 'nothing-to-do' }))).toMatchObject({
      hasAnswered: false,
      lastError: 'It said malformed',
    });
    // An answer that says no is an answer.
    expect(await ends(() => Promise.reject(failed('not-found')))).toMatchObject({ hasAnswered: true, lastError: null });
    worker.retry();
    expect(worker.hasAnswered).toBe(false);
    expect(await ends(() => Promise.resolve({ giveUp: 'no-match' }))).toMatchObject({ hasAnswered: true });
    worker.retry();
    expect(await ends(() => Promise.resolve({ keep: () => undefined }))).toMatchObject({ hasAnswered: true });
  } finally {
    await worker.close();
  }
});

it('takes what comes of former settings for no word on these', async () => {
  const { worker, ends } = workerForTest();
  try {
    const amid = (then: () => Promise<TaskResult>) => ends(() => (worker.retry(), then()));
    expect(await amid(() => Promise.resolve({ keep: () => undefined }))).toMatchObject({ hasAnswered: false });
    expect(await amid(() => Promise.reject(failed('refused')))).toMatchObject({ state: 'idle', lastError: null });
  } finally {
    await worker.close();
  }
});

it('takes what comes of a person’s test for what it is: a refusal stays until the service takes the key, a failure is nothing that is tried again', async () => {
  const { worker, ends } = workerForTest();
  try {
    worker.heard(failed('refused'));
    expect(worker).toMatchObject({ refusal: { kind: 'refused' }, state: { state: 'refused' } });
    worker.heard(failed('timeout'));
    expect(worker.refusal).toMatchObject({ kind: 'refused' });
    worker.heard('well');
    expect(worker).toMatchObject({
      refusal: null,
      hasAnswered: true,
      isOfTest: false,
      state: { state: 'idle', lastError: null },
    });
    worker.heard(failed('timeout'));
    expect(worker).toMatchObject({ isOfTest: true, state: { state: 'idle', lastError: 'It said timeout' } });
    await ends(() => Promise.reject(failed('malformed')));
    expect(worker.isOfTest).toBe(false);
    worker.heard(failed('rate-limited'));
    expect(worker).toMatchObject({ isOfTest: false, state: { state: 'blocked' } });
    worker.heard(failed('not-found'));
    expect(worker).toMatchObject({ hasAnswered: true, state: { state: 'idle', lastError: null } });
  } finally {
    await worker.close();
  }
});

it('takes what was asked before a person’s test for no word on the service since', async () => {
  const { worker, ends } = workerForTest();
  try {
    const amid = (heard: Parameters<typeof worker.heard>[0], then: () => Promise<TaskResult>) =>
      ends(() => (worker.heard(heard), then()));
    expect(await amid(failed('rate-limited'), () => Promise.resolve({ keep: () => undefined }))).toMatchObject({
      state: 'blocked',
      lastError: 'It said rate-limited',
    });
    worker.heard('well');
    expect(await amid('well', () => Promise.reject(failed('refused')))).toMatchObject({
      state: 'idle',
      lastError: null,
    });
  } finally {
    await worker.close();
  }
});
