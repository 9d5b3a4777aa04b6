import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SimulatedClock } from '#tests/kit/simulatedClock.ts';
import { UpstreamError } from '../kit/http/upstreamError.ts';
import { silentLog } from '../kit/log.ts';
import { Outbox } from './outbox.ts';
import type { OutboxKind, Sender } from './sender.ts';

/** What becomes of a request: taken and marked; lost before it arrived; taken, but the answer lost; taken, and the process dies before the mark. */
type Fate = 'well' | 'lost' | 'answer-lost' | 'killed';
type Step = { do: 'submit'; kind: OutboxKind } | { do: 'pass'; seconds: number } | { do: 'restart' };

/** What survives a process: who waits and in which order; and what the service has, each as often as it came first. */
class World {
  readonly waiting: Record<OutboxKind, number[]> = { love: [], scrobble: [] };
  readonly arrived: Record<OutboxKind, number[]> = { love: [], scrobble: [] };
  #next = 0;

  submit(kind: OutboxKind): void {
    this.waiting[kind].push((this.#next += 1));
  }

  take(kind: OutboxKind, entries: readonly number[]): void {
    const there = this.arrived[kind];
    there.push(...entries.filter((entry) => !there.includes(entry)));
  }

  mark(kind: OutboxKind, entries: readonly number[]): void {
    this.waiting[kind] = this.waiting[kind].filter((entry) => !entries.includes(entry));
  }
}

function opened(world: World, clock: SimulatedClock, fates: Fate[]) {
  let isDead = false;
  const sender = (kind: OutboxKind, batch: number): Sender<number> => ({
    kind,
    waiting: () => [...world.waiting[kind]],
    isWanted: () => true,
    isReady: () => true,
    dueInSeconds: () => 0,
    largestBatch: () => batch,
    async send(entries) {
      const fate = isDead ? 'killed' : (fates.shift() ?? 'well');
      if (fate !== 'lost' && !isDead) world.take(kind, entries);
      if (fate === 'killed') isDead = true;
      await Promise.resolve();
      // A process that is dead does nothing more.
      if (isDead) await new Promise(() => {});
      if (fate !== 'well') throw new UpstreamError({ upstream: 'Last.fm', kind: 'unreachable', message: 'Lost' });
      world.mark(kind, entries);
      return { marked: entries.length };
    },
  });
  const outbox = new Outbox({
    service: 'lastfm',
    senders: [sender('love', 1), sender('scrobble', 3)],
    clock,
    log: silentLog,
    onChange: () => undefined,
  });
  outbox.resume();
  return { submitted: (kind: OutboxKind) => outbox.submitted(kind), die: () => void (isDead = true) };
}

const kinds = fc.constantFrom<OutboxKind>('love', 'scrobble');
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('submit' as const), kind: kinds }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 0, max: 900 }) }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
  ),
  { maxLength: 20 },
);
const fates = fc.array(fc.constantFrom<Fate>('well', 'lost', 'answer-lost', 'killed'), { maxLength: 12 });

test('whatever is lost on the way and whenever the process dies, everything arrives once, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fates, async (taken, becomes) => {
      const world = new World();
      const clock = new SimulatedClock('2026-03-02T18:00:00Z');
      const submitted: Record<OutboxKind, number[]> = { love: [], scrobble: [] };
      const left = [...becomes];
      let life = opened(world, clock, left);
      const restart = () => {
        life.die();
        life = opened(world, clock, left);
      };
      for (const step of taken) {
        if (step.do === 'submit') {
          world.submit(step.kind);
          submitted[step.kind].push(world.waiting[step.kind].at(-1)!);
          life.submitted(step.kind);
        } else if (step.do === 'pass') await clock.pass(step.seconds * 1_000);
        else restart();
      }
      for (let lives = 0; lives <= becomes.length; lives += 1) {
        restart();
        await clock.pass(2 * 3_600_000);
      }
      expect(world.waiting).toEqual({ love: [], scrobble: [] });
      expect(world.arrived).toEqual(submitted);
    }),
    { numRuns: 40 },
  );
});
