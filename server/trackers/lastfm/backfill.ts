import type { BackfillStatus } from '#shared/api/lastfm.ts';
import { ResumableRun } from '../../kit/background/resumableRun.ts';
import { problemOf } from '../../kit/problemOf.ts';
import { turn } from '../../kit/turns.ts';
import { comparisonOf } from './backfillComparison.ts';
import { BackfillCompletion } from './backfillCompletion.ts';
import { type BackfillContext, type BackfillOptions, estimatedSeconds } from './backfillContext.ts';
import { BackfillRecorder } from './backfillRecorder.ts';
import { atBeginning, type BackfillState, idle, statusOf } from './backfillState.ts';
import { HistoryPages } from './historyPages.ts';
import { likelySeconds } from './stamps.ts';
import { isSameUser } from './trackerState.ts';

const SERVICE = 'lastfm-backfill';

/**
 * Reads the whole history once, newest first, in windows that end at the oldest stamp read so far: pages cannot shift under
 * it, and a crash resumes where the last recorded page ended. Recording is idempotent, so that a repeated page changes nothing.
 * A page that fails or brings nothing is asked for again by itself, with growing pauses and after a restart too; one that can never
 * be read is stepped over and counted, so that it never keeps the older history from coming. It always ends, and what Last.fm counts
 * and does not list is reported.
 */
export class LastfmBackfill {
  readonly #c: BackfillContext;
  readonly #run: ResumableRun<BackfillState>;
  readonly #recorder: BackfillRecorder;
  readonly #completion: BackfillCompletion;

  constructor(options: BackfillOptions) {
    const { library, clock, log, source, onProgress } = options;
    this.#run = new ResumableRun<BackfillState>({
      name: SERVICE,
      clock,
      log,
      store: library.states,
      initial: { ...idle, ...atBeginning },
      work: (signal) => this.#work(signal),
      failureOf: (error) => ({ problem: problemOf(error) }),
      atEnd: { nextTryAt: null },
      onProgress,
    });
    const pages = new HistoryPages({
      clock,
      log,
      source,
      state: () => this.#state,
      save: (change) => this.#run.save(change),
      notify: () => this.#run.notify(),
      rest: (seconds, signal) => this.#run.rest(seconds, signal),
      likelyNow: () => likelySeconds(library),
    });
    this.#c = { ...options, run: this.#run, pages };
    this.#recorder = new BackfillRecorder(this.#c);
    this.#completion = new BackfillCompletion(this.#c);
  }

  get #state(): BackfillState {
    return this.#run.state;
  }

  status(): BackfillStatus {
    return statusOf(this.#state);
  }

  /** What a backfill would bring: asked once when nothing ran yet, so that it can be offered with its size. */
  async measure(): Promise<BackfillStatus> {
    if (this.#state.state === 'idle' && this.#state.total === null) {
      const page = await this.#c.source()?.recentPlays({ limit: 1 });
      if (page?.isCounted)
        this.#run.save({
          total: page.total,
          estimateSeconds: estimatedSeconds(page.total, this.#c.requestsPerMinute()),
        });
    }
    return this.status();
  }

  /** Takes up a run where it was: after a crash, a shutdown, or a failure that a person has since put right. */
  resume(): void {
    const isOpen = this.#state.state === 'running' || (this.#state.state === 'failed' && this.#isSameUser());
    if (isOpen && this.#c.source()) this.#run.resume({ tries: 0 });
  }

  /** Starts, joins the run that is going, or goes on with one that failed. */
  start(): BackfillStatus {
    if (!this.#run.isGoing && this.#state.state === 'failed' && this.#isSameUser()) this.resume();
    else {
      const { total, estimateSeconds } = this.#state;
      const top = likelySeconds(this.#c.library) + 60;
      this.#run.start({ total, estimateSeconds, reachedBackTo: top, top, user: this.#c.username() ?? '' });
    }
    return this.status();
  }

  async cancel(): Promise<BackfillStatus> {
    await this.#run.cancel();
    return this.status();
  }

  /** A person wants Last.fm asked now: no pause holds. */
  tryNow(): void {
    this.#run.tryNow();
  }

  /** For the end of the process: a running backfill goes on at the next start. */
  close(): Promise<void> {
    return this.#run.close();
  }

  #isSameUser(): boolean {
    return this.#state.user !== '' && isSameUser(this.#state.user, this.#c.username() ?? '');
  }

  /** Reads on until nothing more is listed and everything that is counted was read, as far as it can be. */
  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const askedAt = this.#c.loves.now();
      const answer = await this.#c.pages.next(signal);
      const goesOn = answer !== null && (await this.#recorder.take(answer, askedAt, signal));
      if (!goesOn && !(await this.#completion.looksAgain(signal))) break;
      this.#run.notify();
      // Lets other work in between two transactions.
      await turn();
    }
    this.#finish();
  }

  #finish(): void {
    const { scrobbles } = this.#c.library;
    const { total, counted, top } = this.#state;
    const later = () => scrobbles.between('lastfm', top ?? 0, Number.MAX_SAFE_INTEGER).length;
    this.#run.finish({
      total: total ?? counted,
      lastError: null,
      problem: null,
      overlap: [],
      comparison: comparisonOf(this.#state, scrobbles.count('lastfm'), later),
    });
  }
}
