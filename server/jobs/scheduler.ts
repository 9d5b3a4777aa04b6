import { messageOf } from '#shared/errors/errorCodes.ts';
import type { Problem } from '#shared/errors/errors.ts';
import type { Job as JobStatus, JobRun } from '#shared/api/jobs.ts';
import { nowSeconds, type Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import { problemOf } from '../kit/problemOf.ts';
import { BackgroundLoop } from '../kit/background/loop.ts';
import type { JobOutcome, JobRuns } from '../library/api/jobs.ts';
import type { Job, JobResult } from './job.ts';
import { noteRun } from './jobMeters.ts';
import { nextDue, scheduleFlaw } from './schedule.ts';

/** The longest sleep: after waking from standby the clock has jumped, and what fell due meanwhile should not wait long. */
const LONGEST_SLEEP_MS = 60_000;
/** A run that begins later than this was missed, and is caught up. */
const LATE_SECONDS = 120;
/** How long a stopping server waits for a job's safe point. */
const GRACE_MS = 8_000;
/** And then for what is cut off to clean up after itself. */
const CLEANUP_MS = 2_000;

export interface SchedulerOptions {
  jobs: readonly Job[];
  runs: JobRuns;
  clock: Clock;
  log: Log;
  timeZone: () => string;
  /** Writes at once, or as soon as the library can be written to. */
  soon: (key: string, write: () => void) => void;
  /** A run began or ended, or a job was configured otherwise. */
  onChange: (status: JobStatus) => void;
  longestSleepMs?: number;
}

/**
 * Runs jobs when they fall due. When a job is due is stored in the database, so that a run missed while the machine slept or the
 * server was off is caught up once, however many were missed. A job never runs twice at a time.
 */
export class Scheduler {
  readonly #o: SchedulerOptions;
  readonly #running = new Map<string, { stop: AbortController; done: Promise<void>; mayFinish: boolean }>();
  /** Chosen schedules that cannot be read, each logged once. */
  readonly #unreadable = new Map<string, string>();
  readonly #loop: BackgroundLoop;
  #isPrepared = false;

  constructor(options: SchedulerOptions) {
    const ids = options.jobs.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) throw new Error(`Two jobs have the same name: ${ids.join(', ')}`);
    for (const job of options.jobs) {
      const flaw = scheduleFlaw(job.schedule);
      if (flaw) throw new Error(`The schedule of ${job.id} cannot be read: ${messageOf({ code: `schedule-${flaw}` })}`);
    }
    this.#o = options;
    const { clock, log, longestSleepMs = LONGEST_SLEEP_MS } = options;
    this.#loop = new BackgroundLoop({
      name: 'jobs',
      clock,
      log,
      round: () => this.#round(),
      longestPauseMs: longestSleepMs,
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Begins what is due. @returns milliseconds until the next job falls due. */
  #round(): number {
    if (!this.#isPrepared) this.#prepare();
    this.#isPrepared = true;
    return Math.max(this.#beginDue() - nowSeconds(this.#o.clock), 1) * 1000;
  }

  #prepare(): void {
    const { runs, jobs, clock, log } = this.#o;
    const now = nowSeconds(clock);
    const interrupted = runs.closeInterrupted(now);
    if (interrupted > 0) log.warn('jobs were interrupted', { runs: interrupted });
    for (const job of jobs) {
      const { dueAt } = runs.settings(job.id);
      const following = this.#dueAfter(job, now);
      const cutOff = this.#cutOffAt(job);
      if (cutOff !== null) runs.configure(job.id, { dueAt: cutOff });
      // Later than the schedule says: the clock was wrong when it was reckoned, or the job had another schedule then.
      else if (dueAt === null || dueAt > following) runs.configure(job.id, { dueAt: following });
    }
  }

  /**
   * When the last run began, if the server's end cut it off and it should be made up for; null when not. Twice in a row is left to
   * the schedule: the job itself may be what ends the server.
   */
  #cutOffAt({ id }: Job): number | null {
    const [last, before] = this.#o.runs.list(id, { page: 1, pageSize: 2 }).items;
    if (last?.outcome !== 'interrupted' && last?.outcome !== 'stopped') return null;
    return last.outcome === 'interrupted' && before?.outcome === 'interrupted' ? null : last.startedAt;
  }

  /** Lets running jobs reach a safe point. */
  async close(): Promise<void> {
    const stopped = this.#loop.stop();
    const running = [...this.#running.values()];
    const end = (jobs: typeof running) => jobs.forEach(({ stop }) => stop.abort(new Error('The server is stopping')));
    const settled = new AbortController();
    const within = (ms: number) => this.#o.clock.sleep(ms, settled.signal).catch(() => undefined);
    const done = Promise.all(running.map((job) => job.done));
    end(running.filter(({ mayFinish }) => !mayFinish));
    await Promise.race([done, within(GRACE_MS)]);
    end(running);
    await Promise.race([done, within(CLEANUP_MS)]);
    settled.abort();
    await stopped;
  }

  list(): JobStatus[] {
    return this.#o.jobs.map((job) => this.#status(job));
  }

  find(id: string): JobStatus | null {
    const job = this.#o.jobs.find((candidate) => candidate.id === id);
    return job ? this.#status(job) : null;
  }

  /** @returns false when it is running already. */
  runNow(id: string): boolean {
    const job = this.#o.jobs.find((candidate) => candidate.id === id);
    if (!job || this.#running.has(id)) return false;
    this.#begin(job, 'person');
    return true;
  }

  /** A person's own schedule (null: the job's), or off. @throws Error when the schedule cannot be read. */
  configure(id: string, change: { schedule?: string | null; enabled?: boolean }): void {
    const job = this.#o.jobs.find((candidate) => candidate.id === id);
    if (!job) return;
    const flaw = change.schedule ? scheduleFlaw(change.schedule) : null;
    if (flaw) throw new Error(messageOf({ code: `schedule-${flaw}` }));
    this.#o.runs.configure(id, change);
    this.#o.runs.configure(id, { dueAt: this.#dueAfter(job, nowSeconds(this.#o.clock)) });
    this.#publish(job);
    this.#loop.wake();
  }

  /** The household moved to another time zone: everything falls due by its clocks now. */
  reckonAgain(): void {
    const now = nowSeconds(this.#o.clock);
    for (const job of this.#o.jobs) this.#o.runs.configure(job.id, { dueAt: this.#dueAfter(job, now) });
    this.#loop.wake();
  }

  /** The clock on the wall was set: what would now fall due later than its schedule says does not wait for it. */
  clockSet(): void {
    const now = nowSeconds(this.#o.clock);
    for (const job of this.#o.jobs) {
      const following = this.#dueAfter(job, now);
      const { dueAt } = this.#o.runs.settings(job.id);
      if (dueAt !== null && dueAt > following)
        this.#o.soon(`job-due:${job.id}`, () => this.#o.runs.configure(job.id, { dueAt: following }));
    }
    this.#loop.wake();
  }

  /** Begins what is due. @returns when the next job falls due. */
  #beginDue(): number {
    const now = nowSeconds(this.#o.clock);
    const due = this.#o.jobs.map((job) => {
      try {
        return this.#beginIfDue(job, now);
      } catch (error) {
        // The disk may be full, and not for ever: the other jobs go on, and this one is tried again.
        this.#o.log.error('job could not begin', { job: job.id, error });
        return now + 60;
      }
    });
    return Math.min(...due);
  }

  #beginIfDue(job: Job, now: number): number {
    const { enabled, dueAt } = this.#o.runs.settings(job.id);
    if (!enabled || dueAt === null) return Infinity;
    if (dueAt > now) return dueAt;
    const following = this.#dueAfter(job, now);
    // Still at its last run: that one serves.
    if (this.#running.has(job.id)) this.#o.runs.configure(job.id, { dueAt: following });
    else this.#begin(job, now - dueAt > LATE_SECONDS ? 'catch-up' : 'schedule', following);
    return following;
  }

  #begin(job: Job, trigger: JobRun['trigger'], following?: number): void {
    const { runs, clock } = this.#o;
    const runId = runs.begin(job.id, trigger, nowSeconds(clock));
    if (following !== undefined) runs.configure(job.id, { dueAt: following });
    const stop = new AbortController();
    const done = this.#work(job, runId, stop).finally(() => {
      this.#running.delete(job.id);
      this.#publish(job);
    });
    this.#running.set(job.id, { stop, done, mayFinish: job.mayFinish === true });
    this.#publish(job);
  }

  async #work(job: Job, runId: number, stop: AbortController): Promise<void> {
    const { clock, log } = this.#o;
    const over = new AbortController();
    const begun = clock.elapsed();
    const limit = clock.sleep(job.timeLimitSeconds * 1000, over.signal).then(
      () => {
        const error = new Error(`${job.id} was still at it after ${job.timeLimitSeconds} s`);
        stop.abort(error);
        throw new TimeLimit(error.message);
      },
      () => new Promise<never>(() => {}),
    );
    try {
      const result: JobResult = await Promise.race([
        job.run({ signal: stop.signal, log, now: nowSeconds(clock) }),
        limit,
      ]);
      this.#end(job, { runId, begun }, result);
    } catch (error) {
      const outcome = error instanceof TimeLimit ? 'timed-out' : stop.signal.aborted ? 'stopped' : 'failed';
      this.#end(
        job,
        { runId, begun },
        {
          outcome,
          error: error instanceof Error ? error.message : String(error),
          ...(outcome === 'failed' && { problem: problemOf(error) }),
        },
      );
    } finally {
      over.abort();
    }
  }

  /** @param begun by the clock that nobody sets. */
  #end(
    job: Job,
    { runId, begun }: { runId: number; begun: number },
    result: { outcome: JobOutcome; summary?: unknown; error?: string; problem?: Problem },
  ): void {
    const { runs, clock, log } = this.#o;
    const logEnd = result.error === undefined ? log.info : log.warn;
    logEnd('job ended', { job: job.id, ...result });
    noteRun(job.id, result.outcome, (clock.elapsed() - begun) / 1000);
    const at = nowSeconds(clock);
    try {
      this.#o.soon(`job-run:${runId}`, () => runs.end(runId, result, at));
    } catch (error) {
      log.error('a run could not be noted', { job: job.id, error });
    }
  }

  #dueAfter(job: Job, after: number): number {
    return nextDue(this.#scheduleOf(job), this.#o.timeZone(), after);
  }

  /** The job's usual schedule where the one that was chosen cannot be read: neither this job nor the others may be stopped from running by it. */
  #scheduleOf({ id, schedule: usual }: Job): string {
    const { schedule } = this.#o.runs.settings(id);
    const flaw = schedule === null ? null : scheduleFlaw(schedule);
    if (flaw === null) return schedule ?? usual;
    if (this.#unreadable.get(id) !== schedule)
      this.#o.log.warn('job.schedule-not-used', { job: id, schedule, why: flaw, used: usual });
    this.#unreadable.set(id, schedule!);
    return usual;
  }

  #status(job: Job): JobStatus {
    const { enabled, dueAt } = this.#o.runs.settings(job.id);
    return {
      id: job.id,
      schedule: this.#scheduleOf(job),
      enabled,
      lastRun: this.#o.runs.last(job.id),
      nextRun: enabled ? dueAt : null,
      running: this.#running.has(job.id),
    };
  }

  #publish(job: Job): void {
    try {
      this.#o.onChange(this.#status(job));
    } catch (error) {
      this.#o.log.error('publishing a change of a job failed', { job: job.id, error });
    }
  }
}

class TimeLimit extends Error {}
