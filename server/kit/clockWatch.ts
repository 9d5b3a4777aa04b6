import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { BackgroundLoop } from './background/loop.ts';
import { guarded } from './background/supervisor.ts';

/** How often the two clocks are compared. */
const LOOK_MS = 5_000;
/** Correcting a clock moves it by less. */
const JUMP_MS = 2_000;

/**
 * Notices when the clock on the wall is set, forward or back, or the machine has slept: it then differs from the one that nobody sets.
 * @param onJump called with how many milliseconds. @returns a loop that is not started yet.
 */
export function watchClock(clock: Clock, log: Log, onJump: (byMs: number) => void): BackgroundLoop {
  let offset: number | null = null;
  const round = (): number => {
    const now = clock.now() - clock.elapsed();
    const byMs = now - (offset ?? now);
    offset = now;
    if (Math.abs(byMs) >= JUMP_MS) {
      log.warn('the clock was set', { bySeconds: Math.round(byMs / 1000), now: new Date(clock.now()).toISOString() });
      guarded('planning anew by the clock', log, () => onJump(byMs));
    }
    return LOOK_MS;
  };
  return new BackgroundLoop({ name: 'the clock', clock, log, round });
}
