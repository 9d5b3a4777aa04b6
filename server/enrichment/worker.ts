import type { ServiceError } from '#shared/library/household.ts';
import { retryPause, type RetryPolicy } from '#shared/timing/retryPolicy.ts';
import { BackgroundLoop } from '../kit/background/loop.ts';
import type { Clock } from '../kit/clock.ts';
import { isUpstreamError, serviceErrorOf, type UpstreamError } from '../kit/http/upstreamError.ts';
import type { Log } from '../kit/log.ts';
import { guarded } from '../kit/background/supervisor.ts';
import type { EnrichmentQueue, QueuedTask } from '../library/api/enrichment.ts';
import type { EnrichmentTask } from './task.ts';

const MAX_TRIES = 8;
/** Of a task that fails by itself. */
const TASK_RETRY_SECONDS: RetryPolicy = { first: 30, longest: 6 * 3_600, growth: 4 };
/** Of a task whose upstream is away … */
const AWAY_RETRY_SECONDS: RetryPolicy = { first: 30, longest: 1_800 };
/** … which is asked nothing else for so long. */
const AWAY_SECONDS = 30;
/** With nothing due, the queue is looked at again after this long at most. */
const IDLE_MS = 60_000;
/** Ends of a task for which nobody was asked. */
const UNASKED: readonly string[] = ['gone', 'nothing-to-do'];

export interface WorkerState {
  upstream: string;
  state: 'off' | 'paused' | 'idle' | 'working' | 'blocked' | 'refused';
  /** Seconds since the epoch; null unless the upstream asked for a pause. */
  blockedUntil: number | null;
  lastError: string | null;
  trouble: ServiceError | null;
}

export interface WorkerOptions {
  upstream: string;
  tasks: readonly EnrichmentTask[];
  queue: EnrichmentQueue;
  /** Runs work in one transaction of the library, as soon as it can be written to. */
  written: <T>(work: () => T, signal?: AbortSignal) => Promise<T>;
  clock: Clock;
  log: Log;
  /** Whether the upstream is configured and wanted now. */
  ready: () => boolean;
  /** A person wants nothing looked up there for now; persisted across restarts. */
  paused: { get(): boolean; set(isPaused: boolean): void };
  /** Until when the upstream may not be asked, seconds since the epoch; persisted across restarts. */
  blocked: { get(): number; set(until: number): void };
  onChange: () => void;
  /** Seconds until the server's own limit allows the next request, by what holds at this moment; default: at once. */
  waitSeconds?: () => number;
}

/** That it does not know or take what was asked for is an answer. */
const isAnswer = ({ kind }: UpstreamError): boolean => kind === 'not-found' || kind === 'bad-request';

/** Works off one upstream's part of the queue, one request at a time. An upstream that is away holds up nobody else. */
export class EnrichmentWorker {
  readonly #o: WorkerOptions;
  readonly #tasks: Map<string, EnrichmentTask>;
  readonly #loop: BackgroundLoop;
  #working = false;
  #refused = false;
  #hasAnswered = false;
  /** Counts how often the settings were another's, and a person's tests: what was asked before says nothing of the service as it is since. */
  #epoch = 0;
  #lastError: UpstreamError | null = null;
  /** What failed was a person's test: nothing of the queue, which would be tried again. */
  #isOfTest = false;

  constructor(options: WorkerOptions) {
    this.#o = options;
    this.#tasks = new Map(options.tasks.map((task) => [task.kind, task]));
    const { clock, log, upstream } = options;
    this.#loop = new BackgroundLoop({
      name: `enrichment of ${upstream}`,
      clock,
      log,
      round: (signal) => this.#step(signal),
    });
  }

  get state(): WorkerState {
    const until = this.#o.blocked.get();
    const blocked = until > this.#now();
    const state = !this.#o.ready()
      ? 'off'
      : this.#o.paused.get()
        ? 'paused'
        : this.#refused
          ? 'refused'
          : blocked
            ? 'blocked'
            : this.#working
              ? 'working'
              : 'idle';
    return {
      upstream: this.#o.upstream,
      state,
      blockedUntil: blocked ? until : null,
      lastError: this.#lastError?.message ?? null,
      trouble: serviceErrorOf(this.#lastError),
    };
  }

  /** Whether the upstream gave an answer since the start, with the settings as they are. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** Why it takes no request before a person acts, whatever else holds; null when it does. */
  get refusal(): UpstreamError | null {
    return this.#refused ? this.#lastError : null;
  }

  /** Whether what came to nothing was a person's test, which nothing repeats by itself. */
  get isOfTest(): boolean {
    return this.#isOfTest;
  }

  /** A person had it asked once: what came of it holds of it as much as what comes of a task. */
  heard(outcome: 'well' | UpstreamError): void {
    this.#epoch += 1;
    if (outcome === 'well' || isAnswer(outcome)) {
      this.#answered();
      this.#o.blocked.set(0);
    } else if (!this.#refused || outcome.kind === 'refused') {
      this.#isOfTest = this.#lastError === null || this.#isOfTest;
      this.#lastError = outcome;
      this.#refused = outcome.kind === 'refused';
      if (outcome.kind === 'rate-limited') this.#o.blocked.set(this.#now() + (outcome.retryAfterSeconds ?? 60));
    }
    this.#o.onChange();
    this.wake();
  }

  start(): void {
    this.#loop.start();
  }

  async close(): Promise<void> {
    await this.#loop.stop();
  }

  /** There may be something to do. */
  wake(): void {
    this.#loop.wake();
  }

  /** A person wants it asked now: no pause holds. */
  tryNow(): void {
    this.#o.blocked.set(0);
    this.retry();
  }

  /** Looks nothing up, after what is under way, until resumed. */
  pause(isPaused: boolean): void {
    this.#o.paused.set(isPaused);
    this.wake();
  }

  /** The clock was set by so much: a pause lasts as long as it would have. */
  clockSet(bySeconds: number): void {
    const until = this.#o.blocked.get();
    if (until > this.#now() - Math.max(0, bySeconds)) this.#o.blocked.set(until + bySeconds);
    this.wake();
  }

  /** Settings changed: what was refused may be granted now. */
  retry(): void {
    this.#epoch += 1;
    this.#refused = false;
    this.#hasAnswered = false;
    this.#lastError = null;
    this.#isOfTest = false;
    this.wake();
  }

  /** @returns milliseconds until there is something to do. */
  async #step(signal: AbortSignal): Promise<number> {
    const { queue, ready, blocked, upstream } = this.#o;
    if (!ready() || this.#o.paused.get() || this.#refused) return IDLE_MS;
    const now = this.#now();
    if (blocked.get() > now) return Math.min((blocked.get() - now) * 1000, IDLE_MS);
    const wait = this.#o.waitSeconds?.() ?? 0;
    if (wait > 0) {
      this.#rest();
      return Math.min(wait * 1000, IDLE_MS);
    }
    const task = await this.#o.written(() => queue.take(upstream, now), signal);
    if (!task) {
      this.#rest();
      const due = queue.nextDue(upstream);
      return due === null ? IDLE_MS : Math.min(Math.max(due - now, 1) * 1000, IDLE_MS);
    }
    this.#working = true;
    await this.#do(task, signal);
    this.#o.onChange();
    return 0;
  }

  #rest(): void {
    if (!this.#working) return;
    this.#working = false;
    this.#o.onChange();
  }

  async #do(task: QueuedTask, signal: AbortSignal): Promise<void> {
    const { queue, written, log } = this.#o;
    const epoch = this.#epoch;
    const isFormer = () => epoch !== this.#epoch;
    try {
      const result = await (this.#tasks.get(task.kind)?.run(task, signal) ??
        Promise.resolve({ giveUp: 'gone' as const }));
      await written(() => {
        if (!('keep' in result)) return queue.giveUp(task.id, result.giveUp);
        result.keep();
        queue.done(task.id);
      }, signal);
      if (!isFormer() && ('keep' in result || !UNASKED.includes(result.giveUp))) this.#answered();
    } catch (error) {
      // Written now or not at all: what is left as running waits again at the next start.
      if (signal.aborted) return guarded('putting a task back', log, () => queue.later(task.id, 0, 'stopped', false));
      // Nothing that was wrong before is known to be wrong now.
      if (isUpstreamError(error) && isFormer())
        return written(() => queue.later(task.id, 0, error.kind, false), signal);
      if (!isUpstreamError(error)) log.error('enrichment failed', { kind: task.kind, subject: task.subject, error });
      await written(
        () => (isUpstreamError(error) ? this.#failed(task, error) : this.#retry(task, String(error))),
        signal,
      );
    }
  }

  #failed(task: QueuedTask, error: UpstreamError): void {
    const { queue, blocked, log } = this.#o;
    log.warn('enrichment failed', {
      kind: task.kind,
      subject: task.subject,
      upstream: error.upstream,
      reason: error.kind,
      error,
    });
    if (isAnswer(error)) {
      this.#answered();
      return queue.giveUp(task.id, error.kind);
    }
    // The day's share was made smaller meanwhile: nothing the upstream said.
    if (error.code === 'cap-reached') return queue.later(task.id, 0, error.kind, false);
    this.#lastError = error;
    this.#isOfTest = false;
    if (error.kind === 'refused') {
      this.#refused = true;
      return queue.later(task.id, 0, error.kind, false);
    }
    if (error.kind === 'rate-limited' || error.kind === 'resting') {
      const until = this.#now() + (error.retryAfterSeconds ?? 60);
      blocked.set(until);
      return queue.later(task.id, until, error.kind, false);
    }
    if (error.kind === 'malformed') return this.#retry(task, error.kind);
    // The service as a whole is away: no fault of the task.
    blocked.set(this.#now() + AWAY_SECONDS);
    queue.later(task.id, this.#now() + retryPause(AWAY_RETRY_SECONDS, task.attempts + 1), error.kind, true);
  }

  #answered(): void {
    this.#hasAnswered = true;
    this.#refused = false;
    this.#lastError = null;
    this.#isOfTest = false;
  }

  #retry(task: QueuedTask, reason: string): void {
    const { queue } = this.#o;
    if (task.attempts + 1 >= MAX_TRIES) return queue.giveUp(task.id, reason);
    queue.later(task.id, this.#now() + retryPause(TASK_RETRY_SECONDS, task.attempts + 1), reason, true);
  }

  #now(): number {
    return Math.floor(this.#o.clock.now() / 1000);
  }
}
