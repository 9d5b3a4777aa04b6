import { BackgroundLoop } from '../kit/background/loop.ts';
import type { ModuleContext, Module } from './module.ts';

const DAY_SECONDS = 86_400;
/** A server that is started again and again counts a day once. */
const SAME_DAY_SECONDS = 20 * 3600;
const STATE = 'ageing';

/**
 * Counts the days for what is retained a number of them: one at a start, unless one was counted lately, and one whenever the server
 * has run for a day. A clock that is set makes nothing older than it is: the time since the last is that of the library, which never
 * goes back, so that a server whose clock begins anew at each start counts the days that it runs.
 */
export function createAgeingModule({ library, clock, log }: Pick<ModuleContext, 'library' | 'clock' | 'log'>): Module {
  const latestSeconds = (): number => Math.floor(library.time().latest / 1000);

  function countDay(): void {
    const gone = library.mutations.dayPassed();
    library.states.set(STATE, { countedAt: latestSeconds() });
    if (gone > 0) log.info('intents.expired', { count: gone });
  }

  const countedLately = (): boolean =>
    latestSeconds() - (library.states.get<{ countedAt: number }>(STATE)?.countedAt ?? 0) <= SAME_DAY_SECONDS;

  let isStart = true;
  const loop = new BackgroundLoop({
    name: 'ageing',
    clock,
    log,
    round() {
      if (!isStart || !countedLately()) countDay();
      isStart = false;
      return DAY_SECONDS * 1000;
    },
  });
  return { start: () => loop.start(), close: () => loop.stop() };
}
