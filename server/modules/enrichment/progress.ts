import type { AnswerOf } from '#shared/api/contract.ts';
import type { getEnrichment } from '#shared/api/enrichment.ts';
import { guarded } from '../../kit/background/supervisor.ts';
import type { ModuleContext } from '../module.ts';
import type { LookupWorkers } from './workers.ts';

/** How often devices are notified how far the lookups are, at most. */
const PROGRESS_MS = 1_000;

/** How much is still to be found, and how each source is. `secondsLeft` is about how long that takes, as fast as it went lately. */
export function lookupStatus(
  { queue }: ModuleContext['library'],
  workers: LookupWorkers,
): AnswerOf<typeof getEnrichment> {
  const { byUpstream, ...totals } = queue.status();
  return {
    ...totals,
    upstreams: (Object.keys(workers) as (keyof LookupWorkers)[]).map((upstream) => {
      const { waiting, done, kinds } = byUpstream[upstream] ?? { waiting: 0, done: 0, kinds: {} };
      const secondsEach = queue.secondsEach(upstream);
      const secondsLeft = secondsEach === null ? null : Math.round(waiting * secondsEach);
      return { ...workers[upstream].state, waiting, done, kinds, secondsLeft, upstream };
    }),
  };
}

/**
 * Publishes how far the lookups are, throttled: counting a large queue takes tens of milliseconds, and tasks may end by the dozen, so
 * it counts at once, and then once in a while.
 */
export class LookupProgress {
  readonly #context: ModuleContext;
  readonly #workers: LookupWorkers;
  #countedAt = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: ModuleContext, workers: LookupWorkers) {
    this.#context = context;
    this.#workers = workers;
  }

  /** Something changed: publishes now, or when the interval is over. */
  schedule(): void {
    const { clock, log } = this.#context;
    const wait = this.#countedAt + PROGRESS_MS - clock.elapsed();
    if (wait <= 0) this.#publish();
    else this.#timer ??= setTimeout(() => guarded('publishing how lookups go', log, () => this.#publish()), wait);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #publish(): void {
    const { library, hub, clock } = this.#context;
    this.close();
    [this.#timer, this.#countedAt] = [null, clock.elapsed()];
    const { running, done, givenUp, byUpstream } = library.queue.status();
    // What a service that is off could find is not under way.
    const waiting =
      Object.values(this.#workers).reduce(
        (sum, { state: { upstream, state } }) => sum + (state === 'off' ? 0 : (byUpstream[upstream]?.waiting ?? 0)),
        0,
      ) - running;
    const ended = done + Object.values(givenUp).reduce((sum, count) => sum + count, 0);
    hub.publish({
      event: 'progress',
      data: {
        work: 'enrichment',
        state: waiting + running > 0 ? 'running' : 'done',
        done: ended,
        total: ended + waiting + running,
      },
    });
  }
}
