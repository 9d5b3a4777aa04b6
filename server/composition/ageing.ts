import { nowSeconds } from '../kit/clock.ts';
import { supervise } from '../kit/supervisor.ts';
import type { Foundations, Part } from './part.ts';

const DAY_SECONDS = 86_400;
/** A server that is started again and again counts a day once. */
const SAME_DAY_SECONDS = 20 * 3600;
const STATE = 'ageing';

/**
 * Counts the days for what is kept a number of them: one at a start, unless one was counted lately, and one whenever the server
 * has run for a day. A clock that is set makes nothing older than it is.
 */
export function composeAgeing({ library, clock, log }: Pick<Foundations, 'library' | 'clock' | 'log'>): Part {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();

  function countDay(): void {
    const gone = library.intents.dayPassed();
    library.states.set(STATE, { countedAt: nowSeconds(clock) });
    if (gone > 0) log.info('intents.expired', { count: gone });
  }

  async function count(): Promise<void> {
    const since = nowSeconds(clock) - (library.states.get<{ countedAt: number }>(STATE)?.countedAt ?? 0);
    if (since < 0 || since > SAME_DAY_SECONDS) countDay();
    while (!stop.signal.aborted) {
      await clock.sleep(DAY_SECONDS * 1000, stop.signal);
      countDay();
    }
  }

  return {
    routes: [],
    start() {
      running = supervise('ageing', count, { clock, log, signal: stop.signal });
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}
