import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { UpstreamError, type UpstreamErrorKind } from '../kit/http/upstreamError.ts';
import { silentLog } from '../kit/log.ts';
import { Outbox } from './outbox.ts';
import type { OutboxKind, Sender } from './sender.ts';

const failure = (kind: UpstreamErrorKind, retryAfterSeconds?: number) =>
  new UpstreamError({
    upstream: 'Last.fm',
    kind,
    message: `It said ${kind}`,
    ...(retryAfterSeconds && { retryAfterSeconds }),
  });

/** Entries of one kind that wait, and a service that takes them as its test says. */
class Kind implements Sender<number> {
  entries: number[] = [];
  fails: UpstreamError | null = null;
  isConnected = true;
  readonly asked: [seconds: number, entries: string][] = [];
  readonly kind: OutboxKind;
  readonly #clock: SimulatedClock;
  readonly #batch: number;

  constructor(kind: OutboxKind, clock: SimulatedClock, batch: number) {
    this.kind = kind;
    this.#clock = clock;
    this.#batch = batch;
  }

  waiting = () => [...this.entries];
  isWanted = () => true;
  isReady = () => this.isConnected;
  dueInSeconds = (entry: number) => (entry < 100 ? 0 : entry - this.#clock.elapsed() / 1000);
  largestBatch = () => this.#batch;
  async send(entries: readonly number[]): Promise<{ marked: number }> {
    this.asked.push([this.#clock.elapsed() / 1000, entries.join(' ')]);
    if (this.fails) throw this.fails;
    await Promise.resolve();
    this.entries = this.entries.filter((entry) => !entries.includes(entry));
    return { marked: entries.length };
  }
}

function outboxForTest() {
  const clock = new SimulatedClock('2026-03-02T18:00:00Z');
  const [loves, scrobbles] = [new Kind('love', clock, 1), new Kind('scrobble', clock, 2)];
  let changes = 0;
  const outbox = new Outbox({
    service: 'lastfm',
    senders: [loves, scrobbles],
    clock,
    log: silentLog,
    onChange: () => (changes += 1),
  });
  const times = ({ asked }: Kind) => asked.map(([seconds]) => seconds);
  return { clock, loves, scrobbles, outbox, times, changes: () => changes };
}

test('each kind leaves in its order, in batches, and none waits for more than one batch of another', async () => {
  const { clock, loves, scrobbles, outbox } = outboxForTest();
  const order: string[] = [];
  for (const kind of [loves, scrobbles]) {
    const send = kind.send.bind(kind);
    kind.send = (entries) => (order.push(`${kind.kind} ${entries.join(' ')}`), send(entries));
  }
  loves.entries = [3, 1, 2];
  scrobbles.entries = [7, 130, 8, 9, 10];
  outbox.resume();
  await clock.pass(1_000);
  expect(order).toEqual(['love 3', 'scrobble 7 8', 'love 1', 'scrobble 9 10', 'love 2']);
  await clock.pass(129_000);
  expect(scrobbles.asked.at(-1)).toEqual([130, '130']);
  await outbox.close();
});

test('what fails is tried again after growing pauses, which hold for what comes by itself and not for what a person makes', async () => {
  const { clock, loves, outbox, times, changes } = outboxForTest();
  loves.fails = failure('unreachable');
  loves.entries = [1];
  outbox.resume();
  await clock.pass(75_000);
  expect(times(loves)).toEqual([0, 10, 30, 70]);
  expect(outbox.delivery('love')).toEqual({ error: loves.fails, isRefused: false });
  expect(outbox.refusal).toBe(null);
  outbox.notify();
  await clock.pass(1_000);
  expect(times(loves)).toHaveLength(4);
  loves.entries = [1, 2];
  loves.fails = null;
  outbox.submitted('love');
  await clock.pass(0);
  expect(loves.asked.slice(4)).toEqual([
    [76, '1'],
    [76, '2'],
  ]);
  expect(outbox.delivery('love').error).toBe(null);
  expect(changes()).toBe(5);
  await outbox.close();
});

test('the pauses end at ten minutes', async () => {
  const { clock, loves, outbox, times } = outboxForTest();
  loves.fails = failure('timeout');
  loves.entries = [1];
  outbox.resume();
  await clock.pass(4 * 3_600_000);
  const pauses = times(loves).map((at, index, all) => at - (all[index - 1] ?? 0));
  expect(pauses.slice(0, 8)).toEqual([0, 10, 20, 40, 80, 160, 320, 600]);
  expect(Math.max(...pauses)).toBe(600);
  await outbox.close();
});

test('a pause that the service asked for holds for everybody but a person who wants it asked now', async () => {
  const { clock, loves, scrobbles, outbox, times } = outboxForTest();
  loves.fails = failure('rate-limited', 120);
  loves.entries = [1];
  outbox.resume();
  await clock.pass(1_000);
  loves.fails = null;
  loves.entries = [1, 2];
  scrobbles.entries = [5];
  outbox.submitted('love');
  await clock.pass(60_000);
  expect(times(loves)).toEqual([0]);
  expect(times(scrobbles)).toEqual([1]);
  outbox.tryNow();
  await clock.pass(0);
  expect(times(loves)).toEqual([0, 61, 61]);
  await outbox.close();
});

test('a service that refuses is asked no more until a person acts or it answered somebody else; the other kind goes on', async () => {
  const { clock, loves, scrobbles, outbox, times } = outboxForTest();
  scrobbles.fails = failure('refused');
  scrobbles.entries = [5];
  loves.entries = [1];
  outbox.resume();
  await clock.pass(5 * 3_600_000);
  expect(times(scrobbles)).toEqual([0]);
  expect(times(loves)).toEqual([0]);
  expect(outbox.refusal).toBe('It said refused');
  outbox.tryAgain();
  await clock.pass(0);
  expect(times(scrobbles)).toHaveLength(2);
  expect(outbox.refusal).toBe('It said refused');
  scrobbles.fails = null;
  await clock.pass(60_000);
  outbox.resume();
  await clock.pass(0);
  expect(times(scrobbles)).toHaveLength(3);
  expect(outbox.refusal).toBe(null);
  await outbox.close();
});

test('where nobody is connected entries wait, and are looked at from time to time', async () => {
  const { clock, loves, outbox, times } = outboxForTest();
  loves.isConnected = false;
  loves.entries = [1];
  outbox.resume();
  await clock.pass(1_800_000);
  loves.isConnected = true;
  await clock.pass(1_800_000);
  expect(times(loves)).toEqual([3_600]);
  await outbox.close();
});
