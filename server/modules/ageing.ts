import { supervise } from '../kit/background/supervisor.ts';
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
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const latestSeconds = (): number => Math.floor(library.time().latest / 1000);

  function countDay(): void {
    const gone = library.mutations.dayPassed();
    library.states.set(STATE, { countedAt: latestSeconds() });
    if (gone > 0) log.info('intents.expired', { count: gone });
  }

  async function count(): Promise<void> {
    const since = latestSeconds() - (library.states.get<{ countedAt: number }>(STATE)?.countedAt ?? 0);
    if (since > SAME_DAY_SECONDS) countDay();
    while (!stop.signal.aborted) {
      await clock.sleep(DAY_SECONDS * 1000, stop.signal);
      countDay();
    }
  }

  return {
    start() {
      running = supervise('ageing', count, { clock, log, signal: stop.signal });
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}
