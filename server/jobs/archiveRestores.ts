import type { Problem } from '#shared/errors/errors.ts';
import type { Progress } from '#shared/sync/stream.ts';
import { NEVER_RUN, ResumableRun, type RunState, type RunStore } from '../kit/background/resumableRun.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { problemOf } from '../kit/problemOf.ts';
import type { Archive } from '../library/api/archive.ts';

interface RestoreState extends RunState {
  problem?: Problem;
}

/** A restore is not taken up again after the end of the process: a person asks for it anew, and what was brought back changes nothing. */
const FORGETFUL: RunStore = { get: () => undefined, set: () => undefined };

export interface ArchiveRestoresOptions {
  archive: Archive;
  clock: Clock;
  log: Log;
  publish: (progress: Progress) => void;
}

/** Restores of archives that a person asked for: each goes on by itself and announces how far it is. */
export class ArchiveRestores {
  readonly #o: ArchiveRestoresOptions;
  readonly #runs = new Map<string, ResumableRun<RestoreState>>();

  constructor(options: ArchiveRestoresOptions) {
    this.#o = options;
  }

  running(): string[] {
    return [...this.#runs.keys()];
  }

  /** Begins, or joins the one that is going. */
  begin(name: string): void {
    if (this.#runs.has(name)) return;
    const run = this.#runOf(name);
    this.#runs.set(name, run);
    run.start({});
  }

  /** Cancels what is going. @returns resolves when it has ended. */
  async close(): Promise<void> {
    const stopping = new Error('The server is stopping');
    const cancelled = async (run: ResumableRun<RestoreState>) => {
      run.save(failed(stopping));
      await run.cancel();
    };
    await Promise.all([...this.#runs.values()].map(cancelled));
    this.#runs.clear();
  }

  #runOf(name: string): ResumableRun<RestoreState> {
    const { archive, clock, log, publish } = this.#o;
    const run = new ResumableRun<RestoreState>({
      name: `archive:${name}`,
      clock,
      log,
      store: FORGETFUL,
      initial: NEVER_RUN,
      async work(signal) {
        const revived = await archive.restore(name, { signal }, (seen, total) => {
          if (signal.aborted) return;
          run.save({ seen, total });
          run.notify();
        });
        log.info('archive restored', { name, ...revived });
        const done = revived.listens + revived.recorded;
        run.finish({ seen: done, total: done });
      },
      failureOf: failed,
      onProgress: (progress) => publish({ ...progress, ...(run.state.problem && { problem: run.state.problem }) }),
      onEnd: () => void this.#runs.delete(name),
    });
    return run;
  }
}

const failed = (error: Error) => ({ seen: 0, total: null, lastError: error.message, problem: problemOf(error) });
