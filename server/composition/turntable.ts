import { nowSeconds } from '../kit/clock.ts';
import { supervise } from '../kit/background/supervisor.ts';
import type { Foundations, Part } from './part.ts';

/** A clock may be set at any moment: so often it is looked at, whatever was planned. Seconds. */
const LONGEST_WAIT = 60;
/** Between two looks for records that have tracks by now. Milliseconds. */
const LOOK_MS = 10_000;

/** Writes what plays at the turntable into the journal when its time has come, also what came due while the server was not there. */
export function composeTurntable({ library, clock, log }: Pick<Foundations, 'library' | 'clock' | 'log'>): Part {
  const stop = new AbortController();
  let wake = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let lookedAt = -Infinity;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      wake = new AbortController();
      lookedAt = clock.elapsed();
      await library.availability.writable({ patienceMs: Infinity, signal: stop.signal });
      library.turntable.settle();
      const next = library.turntable.nextAt();
      const wait = next === null ? Infinity : Math.max(1, Math.min(next - nowSeconds(clock), LONGEST_WAIT));
      await waited(wait);
    }
  }

  /** Until the time is over, or something else plays. */
  async function waited(seconds: number): Promise<void> {
    const signal = AbortSignal.any([stop.signal, wake.signal]);
    if (Number.isFinite(seconds)) return clock.sleep(seconds * 1000, signal).catch(() => undefined);
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  const unsubscribe = library.feed.subscribe((changes) => {
    // An import changes albums a thousand times: whether one has tracks now is looked at once in a while.
    const isDue = clock.elapsed() - lookedAt > LOOK_MS;
    if (changes.some(({ collection }) => collection === 'household' || (collection === 'albums' && isDue)))
      wake.abort();
  });
  return {
    routes: [],
    start() {
      running = supervise('turntable', run, { clock, log, signal: stop.signal });
    },
    clockSet: () => wake.abort(),
    async close() {
      unsubscribe();
      stop.abort();
      await running;
    },
  };
}
