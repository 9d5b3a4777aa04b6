import { nowSeconds, type Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Pause } from './pause.ts';

/** How a run is, as it is persisted. */
export interface RunState {
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** How much was done so far, and how much there is in all where that is known. */
  seen: number;
  total: number | null;
  /** Seconds since the epoch. */
  startedAt: number | null;
  endedAt: number | null;
  /** What went wrong last: why it failed, or what it waits for. */
  lastError: string | null;
}

/** The state of a run before it is begun for the first time. */
export const NEVER_RUN = {
  state: 'idle',
  seen: 0,
  total: null,
  startedAt: null,
  endedAt: null,
  lastError: null,
} satisfies RunState;

/** How far a run is, as it is announced. */
export interface RunProgress {
  /** The run's name. */
  work: string;
  state: Exclude<RunState['state'], 'idle'>;
  done: number;
  total: number | null;
  /** What went wrong last. */
  message?: string;
}

/** Where the states of runs survive the process. */
export interface RunStore {
  get<T>(name: string): T | undefined;
  set(name: string, state: unknown): void;
}

export interface ResumableRunOptions<S extends RunState> {
  /** Its name in the store, in progress and in the log. */
  name: string;
  clock: Clock;
  log: Log;
  store: RunStore;
  /** The state before anything ran, and what fields hold that an earlier version did not persist. */
  initial: S;
  /**
   * Works on from where the state says it is, and saves how far it came after each step. A step whose save the process did not live to
   * make is done once more: doing it twice must change nothing. It ends by `finish`, or by what it throws.
   */
  work: (signal: AbortSignal) => Promise<void>;
  /** What the state says besides of a failure that ended it. */
  failureOf: (error: Error) => Partial<S>;
  /** What holds no more when it has ended, however that came. */
  atEnd?: Partial<S>;
  onProgress: (progress: RunProgress) => void;
  /** It ended by itself: done or failed. */
  onEnd?: () => void;
}

/**
 * Long work that goes on where it was, whatever ends the process: one at a time, joined by whoever starts it again, cancelled by a
 * person, its state persisted with every step.
 */
export class ResumableRun<S extends RunState> {
  readonly #o: ResumableRunOptions<S>;
  readonly #pause: Pause;
  #state: S;
  #going: { abort: AbortController; done: Promise<void> } | null = null;

  constructor(options: ResumableRunOptions<S>) {
    this.#o = options;
    this.#pause = new Pause(options.clock);
    this.#state = { ...options.initial, ...options.store.get<Partial<S>>(options.name) };
  }

  get state(): S {
    return this.#state;
  }

  /** Whether it is at work in this process. */
  get isGoing(): boolean {
    return this.#going !== null;
  }

  /** Notes how far it is; it survives the process. */
  save(change: Partial<S>): void {
    this.#state = { ...this.#state, ...change };
    this.#o.store.set(this.#o.name, this.#state);
  }

  /** Begins from the beginning; one that is going is joined instead. @param fresh what the state is besides. */
  start(fresh: Partial<S>): void {
    if (this.#going) return;
    this.save({ ...this.#o.initial, ...fieldsOf<S>({ ...RUNNING, startedAt: nowSeconds(this.#o.clock) }), ...fresh });
    this.#go();
  }

  /** Goes on where it was: after the end of a process, or after a failure that was put right. @param change what is otherwise now. */
  resume(change: Partial<S> = {}): void {
    if (this.#going) return;
    this.save({ ...fieldsOf<S>(RUNNING), ...change });
    this.#go();
  }

  /** A person wants it no more; what it did stays. @returns resolves when nothing of it runs any more. */
  async cancel(): Promise<void> {
    if (!this.#going) return;
    this.#end('cancelled', {});
    await this.close();
    this.notify();
  }

  /** Its work is done. */
  finish(result: Partial<S>): void {
    this.#end('done', result);
    this.notify();
  }

  /** Announces how far it is. */
  notify(): void {
    const { state, seen, total, lastError } = this.#state;
    if (state === 'idle') return;
    this.#o.onProgress({ work: this.#o.name, state, done: seen, total, ...(lastError ? { message: lastError } : {}) });
  }

  /** Waits, by the clock that nobody sets, until the time is over or a person does not want to wait. @throws the signal's reason. */
  rest(seconds: number, signal: AbortSignal): Promise<void> {
    return this.#pause.wait(seconds * 1000, signal);
  }

  /** Ends the rest that is going. */
  tryNow(): void {
    this.#pause.end();
  }

  /** For the end of the process: its state stays `running`, and the next one resumes it. */
  async close(): Promise<void> {
    this.#going?.abort.abort();
    await this.#going?.done;
  }

  #go(): void {
    const abort = new AbortController();
    const done = this.#o
      .work(abort.signal)
      .catch((reason: unknown) => {
        if (abort.signal.aborted) return;
        const error = reason instanceof Error ? reason : new Error(String(reason));
        this.#o.log.warn('run failed', { run: this.#o.name, error });
        this.#end('failed', { ...fieldsOf<S>({ lastError: error.message }), ...this.#o.failureOf(error) });
        this.notify();
      })
      .finally(() => {
        this.#going = null;
        if (!abort.signal.aborted) this.#o.onEnd?.();
      });
    this.#going = { abort, done };
  }

  #end(state: RunState['state'], change: Partial<S>): void {
    this.save({ ...this.#o.atEnd, ...change, ...fieldsOf<S>({ state, endedAt: nowSeconds(this.#o.clock) }) });
  }
}

const RUNNING: Partial<RunState> = { state: 'running', endedAt: null };

/** The fields that every run's state has, as a part of this one's. */
const fieldsOf = <S extends RunState>(fields: Partial<RunState>): Partial<S> => fields as Partial<S>;
