import { nowSeconds } from '../kit/clock.ts';
import { BackgroundLoop } from '../kit/background/loop.ts';
import type { ModuleContext, Module } from './module.ts';

/** A clock may be set at any moment: so often it is looked at, whatever was planned. Seconds. */
const LONGEST_WAIT = 60;
/** Between two looks for records that have tracks by now. Milliseconds. */
const LOOK_MS = 10_000;

/** Writes what plays at the turntable into the journal when its time has come, also what came due while the server was not there. */
export function createTurntableModule({
  library,
  clock,
  log,
}: Pick<ModuleContext, 'library' | 'clock' | 'log'>): Module {
  let lookedAt = -Infinity;

  async function round(signal: AbortSignal): Promise<number> {
    lookedAt = clock.elapsed();
    await library.availability.writable({ patienceMs: Infinity, signal });
    library.turntable.settle();
    const next = library.turntable.nextAt();
    return next === null ? Infinity : Math.max(1, Math.min(next - nowSeconds(clock), LONGEST_WAIT)) * 1000;
  }
  const loop = new BackgroundLoop({ name: 'turntable', clock, log, round });

  const unsubscribe = library.feed.subscribe((changes) => {
    // An import changes albums a thousand times: whether one has tracks now is looked at once in a while.
    const isDue = clock.elapsed() - lookedAt > LOOK_MS;
    if (changes.some(({ collection }) => collection === 'household' || (collection === 'albums' && isDue))) loop.wake();
  });
  return {
    start() {
      loop.start();
    },
    clockSet: () => loop.wake(),
    async close() {
      unsubscribe();
      await loop.stop();
    },
  };
}
