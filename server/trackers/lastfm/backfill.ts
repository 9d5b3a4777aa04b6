import { messageOf, type CodedError } from '#shared/api/errorCodes.ts';
import type { Progress } from '#shared/sync/stream.ts';
import { ResumableRun } from '../../kit/background/resumableRun.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import { problemOf } from '../../kit/problemOf.ts';
import { turn } from '../../kit/turns.ts';
import type { Library } from '../../library/api/library.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { RecentPlaysPage, RecentPlaysSource } from '../../upstreams/ports.ts';
import { comparisonOf, sum } from './backfillComparison.ts';
import {
  atBeginning,
  type BackfillState,
  type BackfillStatus,
  idle,
  MOST_DOUBTS,
  pauseAfter,
  statusOf,
} from './backfillState.ts';
import { countPage, oldestOf, overlapAt } from './countPage.ts';
import { countedInAll, HistoryPages, PAGE_SIZE } from './historyPages.ts';
import { toScrobble } from './reconcile.ts';
import { likelySeconds } from './stamps.ts';
import { isSameUser } from './trackerState.ts';

const SERVICE = 'lastfm-backfill';

export interface BackfillOptions {
  library: Library;
  clock: Clock;
  log: Log;
  source: () => RecentPlaysSource | null;
  username: () => string | undefined;
  requestsPerMinute: () => number;
  loves: LoveReports;
  onProgress: (progress: Progress) => void;
}

/**
 * Reads the whole history once, newest first, in windows that end at the oldest stamp read so far: pages cannot shift under
 * it, and a crash resumes where the last recorded page ended. Recording is idempotent, so that a repeated page changes nothing.
 * A page that fails or brings nothing is asked for again by itself, with growing pauses and after a restart too; one that can never
 * be read is stepped over and counted, so that it never keeps the older history from coming. It always ends, and what Last.fm counts
 * and does not list is reported.
 */
export class LastfmBackfill {
  readonly #o: BackfillOptions;
  readonly #run: ResumableRun<BackfillState>;
  readonly #pages: HistoryPages;

  constructor(options: BackfillOptions) {
    this.#o = options;
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
    this.#pages = new HistoryPages({
      clock,
      log,
      source,
      state: () => this.#state,
      save: (change) => this.#run.save(change),
      notify: () => this.#run.notify(),
      rest: (seconds, signal) => this.#run.rest(seconds, signal),
      likelyNow: () => likelySeconds(library),
    });
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
      const page = await this.#o.source()?.recentPlays({ limit: 1 });
      if (page?.isCounted) this.#run.save({ total: page.total, estimateSeconds: this.#estimate(page.total) });
    }
    return this.status();
  }

  /** Takes up a run where it was: after a crash, a shutdown, or a failure that a person has since put right. */
  resume(): void {
    const isOpen = this.#state.state === 'running' || (this.#state.state === 'failed' && this.#isSameUser());
    if (isOpen && this.#o.source()) this.#run.resume({ tries: 0 });
  }

  /** Starts, joins the run that is going, or goes on with one that failed. */
  start(): BackfillStatus {
    if (!this.#run.isGoing && this.#state.state === 'failed' && this.#isSameUser()) this.resume();
    else {
      const { total, estimateSeconds } = this.#state;
      const top = likelySeconds(this.#o.library) + 60;
      this.#run.start({ total, estimateSeconds, reachedBackTo: top, top, user: this.#o.username() ?? '' });
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
    return this.#state.user !== '' && isSameUser(this.#state.user, this.#o.username() ?? '');
  }

  /** Reads on until nothing more is listed and everything that is counted was read, as far as it can be. */
  async #work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const askedAt = this.#o.loves.now();
      const answer = await this.#pages.next(signal);
      const goesOn = answer !== null && (await this.#take(answer, askedAt, signal));
      if (!goesOn && !(await this.#looksAgain(signal))) break;
      this.#run.notify();
      // Lets other work in between two transactions.
      await turn();
    }
    this.#finish();
  }

  /** Records a page and moves on to the one after it. @param askedAt when it was asked for, by the clock that nobody sets. @returns false when there is none by what the page says. */
  async #take(answer: RecentPlaysPage, askedAt: number, signal: AbortSignal): Promise<boolean> {
    const to = this.#state.reachedBackTo ?? Infinity;
    const { overlap, page } = this.#state;
    const all = countedInAll(answer, this.#state);
    const { availability } = this.#o.library;
    const { oldest, gained } = await availability.written(() => this.#record(answer, askedAt), {
      patienceMs: Infinity,
      signal,
    });
    if (gained > 0) {
      this.#count(all);
      if (this.#state.doubts > 0) this.#run.save({ doubts: 0, lastError: null, problem: null, nextTryAt: null });
    } else if (this.#state.total === null && all !== null) this.#run.save({ counted: all });
    const isOlder = oldest !== null && oldest + 1 < to;
    const hasNext = answer.page < answer.totalPages;
    // A page full of one stamp, or without any, does not bring the window's end down: what it lists is collected until it does.
    const reached = isOlder
      ? { reachedBackTo: oldest + 1, overlap: overlapAt(answer, oldest) }
      : { overlap: overlapAt(answer, to, overlap) };
    if (this.#state.byPages)
      this.#run.save({ ...reached, walkedTo: oldest ?? this.#state.walkedTo, page: hasNext ? page + 1 : page });
    else this.#run.save({ ...reached, page: isOlder ? 1 : hasNext ? page + 1 : page });
    return hasNext || (isOlder && !this.#state.byPages);
  }

  /** Takes over how many plays there are in all: from the first answer, later from two windows in a row that agree. */
  #count(all: number | null): void {
    if (all === null) return;
    const { counted, total } = this.#state;
    this.#run.save({
      counted: all,
      ...((!total || all === counted) && all !== total && { total: all, estimateSeconds: this.#estimate(all) }),
    });
  }

  /**
   * Nothing more is listed: holds what was read against what Last.fm counts. Where that is more, the end is looked at again with
   * growing pauses, for hours; then everything is read once more, since what is missing may be anywhere.
   *
   * @returns false when this is the end.
   */
  async #looksAgain(signal: AbortSignal): Promise<boolean> {
    const counted = await this.#pages.count(signal);
    const isEverything =
      this.#isEverything(counted) || ((await this.#takesNewer(signal)) && this.#isEverything(counted));
    const { doubts, passes, seen, seenBefore, total, byPages } = this.#state;
    if (isEverything || (passes > 0 && seen === seenBefore)) return false;
    if (doubts === MOST_DOUBTS) {
      if (passes > 0 || total === null) return false;
      this.#readOnceMore();
      return true;
    }
    const seconds = pauseAfter(doubts + 1);
    const problem: CodedError =
      total === null ? { code: 'lastfm-uncounted' } : { code: 'lastfm-short', params: { total, seen } };
    this.#o.log.warn('backfill looks again', { source: 'lastfm', total, seen, seconds });
    this.#run.save({
      doubts: doubts + 1,
      lastError: messageOf(problem),
      problem,
      nextTryAt: nowSeconds(this.#o.clock) + seconds,
      ...(!byPages && { page: 1 }),
    });
    this.#run.notify();
    await this.#run.rest(seconds, signal);
    return true;
  }

  /** What was heard since the reading began, or arrived only then, is newer than its first page: it is read and counted too. @returns whether there was any. */
  async #takesNewer(signal: AbortSignal): Promise<boolean> {
    const { newestAt, byPages } = this.#state;
    const answer = newestAt === null || byPages ? null : await this.#pages.newest(signal);
    if (newestAt === null || answer === null) return false;
    const { library } = this.#o;
    const { fresh } = countPage(
      answer,
      { overlap: [], refused: [], reachedBackTo: this.#state.top },
      likelySeconds(library),
    );
    const newer = fresh.filter(({ playedAt }) => playedAt > newestAt);
    if (newer.length === 0) return false;
    await library.availability.written(
      () => {
        const added = library.scrobbles
          .record(newer.map(toScrobble).reverse())
          .filter(({ state }) => state === 'new').length;
        const { seen, new: before, known } = this.#state;
        this.#run.save({
          seen: seen + newer.length,
          new: before + added,
          known: known + newer.length - added,
          newestAt: newestOf(newer),
        });
      },
      { patienceMs: Infinity, signal },
    );
    return true;
  }

  #readOnceMore(): void {
    const { user, top, byPages, seen } = this.#state;
    this.#run.save({
      ...atBeginning,
      user,
      top,
      byPages,
      passes: 1,
      seenBefore: seen,
      seen: 0,
      repeated: 0,
      refused: [],
      setAside: [],
      pagesSteppedOver: 0,
      reachedBackTo: top,
      lastError: null,
      problem: null,
      nextTryAt: null,
    });
  }

  /** Whether all that is counted has been read. @param counted what Last.fm counts now. */
  #isEverything(counted: number | null): boolean {
    const { seen } = this.#state;
    const total = this.#state.total ?? 0;
    if (counted === null) return false;
    if (counted > seen) {
      if (counted > total) this.#run.save({ total: counted });
      return false;
    }
    // A lower count is accepted where it is just what was read.
    if (total > seen && counted !== seen) return false;
    this.#run.save({ total: total > seen ? counted : Math.max(total, counted) });
    return true;
  }

  /** @returns the oldest stamp of the page, null when none could be read; and how many of its entries were not read before. */
  #record(page: RecentPlaysPage, askedAt: number): { oldest: number | null; gained: number } {
    const { library, source } = this.#o;
    const now = likelySeconds(library);
    const { fresh, late, unread, repeated, gained, refused } = countPage(page, this.#state, now);
    const outcomes = library.scrobbles.record([...late, ...fresh].map(toScrobble).reverse());
    for (const play of fresh) {
      if (play.loved !== undefined) this.#o.loves.take(play, play.loved, askedAt);
    }
    const aside = library.setAside.keep('lastfm', 'plays', unread, source()?.reader ?? 0);
    const setAside = new Map(this.#state.setAside.map(({ reason, count }) => [reason, count]));
    for (const { reason } of unread) setAside.set(reason, (setAside.get(reason) ?? 0) + 1);
    if (aside.length > 0) this.#o.log.warn('plays set aside', { source: 'lastfm', count: aside.length });
    const counts = {
      seen: this.#state.seen + gained,
      new: this.#state.new + outcomes.filter((outcome) => outcome.state === 'new').length,
      repeated: this.#state.repeated + repeated,
      refused,
      setAside: [...setAside].map(([reason, count]) => ({ reason, count })),
    };
    const none = counts.repeated + sum(refused) + sum(counts.setAside);
    if (this.#state.newestAt === null && this.#state.reachedBackTo === this.#state.top)
      this.#run.save({ newestAt: newestOf(fresh) });
    // What a reading before this one brought was new then.
    this.#run.save({
      ...counts,
      known: Math.max(0, counts.seen - none - counts.new),
      leftOut: this.#state.leftOut + page.leftOut,
    });
    return { oldest: oldestOf(page, now), gained };
  }

  #finish(): void {
    const { scrobbles } = this.#o.library;
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

  #estimate(total: number): number {
    return Math.ceil((total / PAGE_SIZE) * (60 / this.#o.requestsPerMinute()));
  }
}

const newestOf = (plays: readonly { playedAt: number }[]): number | null =>
  plays.reduce<number | null>((newest, { playedAt }) => Math.max(newest ?? 0, playedAt), null);
