import type { Progress } from '#shared/sync/stream.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import { turn } from '../../kit/turns.ts';
import type { Library } from '../../library/contract.ts';
import type { RecentPlaysPage, RecentPlaysSource } from '../../upstreams/ports.ts';
import { atBeginning, type BackfillState, type BackfillStatus, idle, MOST_TRIES, pauseAfter, statusOf } from './backfillState.ts';
import { countPage, overlapAt } from './countPage.ts';
import { isOfThePage } from './pageFailure.ts';
import { toScrobble } from './reconcile.ts';
import { likelySeconds, stampRefusal } from './stamps.ts';

const PAGE_SIZE = 200;
const SERVICE = 'lastfm-backfill';
/** Pages looked at beyond one that cannot be read, to tell a bad page from a bad day. */
const PAGES_BEYOND = 3;
/** So often a page that holds less than it counts, or an end before everything counted was read, is asked for until it is believed. */
const LOOKS = 3;

export interface BackfillOptions {
  library: Library;
  clock: Clock;
  log: Log;
  source: () => RecentPlaysSource | null;
  username: () => string | undefined;
  requestsPerMinute: () => number;
  onProgress: (progress: Progress) => void;
}

/**
 * Reads the whole history once, newest first, in windows that end at the oldest stamp read so far: pages cannot shift under
 * it, and a crash resumes where the last recorded page ended. Recording is idempotent, so that a repeated page changes nothing.
 * A page that fails is asked for again by itself, with growing pauses and after a restart too; one that can never be read
 * is stepped over and counted, so that it never keeps the older history from coming.
 */
export class LastfmBackfill {
  readonly #o: BackfillOptions;
  #state: BackfillState;
  #run: { abort: AbortController; done: Promise<void> } | null = null;
  #wake: () => void = () => undefined;

  constructor(options: BackfillOptions) {
    this.#o = options;
    this.#state = { ...idle, ...atBeginning, ...options.library.states.get<Partial<BackfillState>>(SERVICE) };
  }

  status(): BackfillStatus {
    return statusOf(this.#state);
  }

  /** What a backfill would bring: asked once when nothing ran yet, so that it can be offered with its size. */
  async measure(): Promise<BackfillStatus> {
    if (this.#state.state === 'idle' && this.#state.total === null) {
      const page = await this.#o.source()?.recentPlays({ limit: 1 });
      if (page) this.#save({ total: page.total, estimateSeconds: this.#estimate(page.total) });
    }
    return this.status();
  }

  /** Takes up a run where it was: after a crash, a shutdown, or a failure that a person has since put right. */
  resume(): void {
    const isOpen = this.#state.state === 'running' || (this.#state.state === 'failed' && this.#isSameUser());
    if (!isOpen || this.#run || !this.#o.source()) return;
    this.#save({ state: 'running', endedAt: null });
    this.#go();
  }

  /** Starts, joins the run that is going, or goes on with one that failed. */
  start(): BackfillStatus {
    if (this.#run) return this.status();
    if (this.#state.state === 'failed' && this.#isSameUser()) {
      this.resume();
      return this.status();
    }
    const now = nowSeconds(this.#o.clock);
    this.#save({
      ...idle, state: 'running', total: this.#state.total, estimateSeconds: this.#state.estimateSeconds,
      startedAt: now, reachedBackTo: likelySeconds(this.#o.library) + 60, ...atBeginning, user: this.#o.username() ?? '',
    });
    this.#go();
    return this.status();
  }

  async cancel(): Promise<BackfillStatus> {
    if (this.#run) {
      this.#save({ state: 'cancelled', endedAt: nowSeconds(this.#o.clock), nextTryAt: null });
      await this.close();
      this.#tell();
    }
    return this.status();
  }

  /** A person wants Last.fm asked now: no pause holds. */
  tryNow(): void {
    this.#wake();
  }

  /** For the end of the process: a running backfill goes on at the next start. */
  async close(): Promise<void> {
    this.#run?.abort.abort();
    await this.#run?.done;
  }

  #isSameUser(): boolean {
    return this.#state.user !== '' && this.#state.user.toLowerCase() === (this.#o.username() ?? '').toLowerCase();
  }

  #go(): void {
    const abort = new AbortController();
    const done = this.#work(abort.signal)
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const failure = error instanceof Error ? error : new Error(String(error));
        this.#o.log.warn('backfill failed', { source: 'lastfm', error: failure });
        this.#save({ state: 'failed', lastError: failure.message, endedAt: nowSeconds(this.#o.clock), nextTryAt: null });
        this.#tell();
      })
      .finally(() => {
        this.#run = null;
      });
    this.#run = { abort, done };
  }

  /** A window that brings nothing new is the end, and the last one is read again: an answer that counts too little ends nothing. */
  async #work(signal: AbortSignal): Promise<void> {
    for (let doubts = 0; ; ) {
      const to = this.#state.reachedBackTo ?? likelySeconds(this.#o.library) + 60;
      const answer = await this.#nextPage(to, signal);
      if (answer === null) break;
      if (doubts === 0) this.#count(answer);
      const before = this.#state.seen;
      const { availability } = this.#o.library;
      const oldest = await availability.written(() => this.#record(answer), { patienceMs: Infinity, signal });
      // A page full of one stamp, or without any, does not bring the window's end down: go on to its next page.
      const stuck = oldest === null || oldest + 1 >= to;
      const isEnd = answer.page >= answer.totalPages && (stuck || this.#state.seen === before);
      if (isEnd && (this.#isEverything() || doubts + 1 === LOOKS)) break;
      doubts = isEnd ? doubts + 1 : 0;
      if (!isEnd) this.#save(stuck ? { page: this.#state.page + 1, overlap: [] } : { page: 1, reachedBackTo: oldest + 1, overlap: overlapAt(answer, oldest) });
      else {
        // The same page again: all of it has been read by now.
        if (answer.plays.length + answer.setAside.length > 0) this.#save({ overlap: overlapAt(answer, Infinity) });
        await this.#rest(pauseAfter(doubts), signal);
      }
      this.#tell();
      // Lets other work in between two transactions.
      await turn();
    }
    this.#finish();
  }

  /** Takes over how many plays there are in all: from the first answer, later from two windows in a row that agree. */
  #count({ page, total: inWindow }: RecentPlaysPage): void {
    const { seen, overlap, counted, pagesSteppedOver, leftOut, total } = this.#state;
    if (page !== 1 || pagesSteppedOver + leftOut > 0 || (seen > 0 && overlap.length === 0)) return;
    const all = seen + inWindow - overlap.length;
    const isBelieved = seen === 0 || all === counted;
    this.#save({ counted: all, ...(isBelieved && all !== total && { total: all, estimateSeconds: this.#estimate(all) }) });
  }

  /** Whether all that was counted has been read, as far as it can be. */
  #isEverything(): boolean {
    const { seen, total, pagesSteppedOver } = this.#state;
    return seen + pagesSteppedOver * PAGE_SIZE >= (total ?? 0);
  }

  /**
   * The page that is next, however long it takes. One that cannot be read after several tries, while a page beyond it can,
   * is stepped over.
   *
   * @returns null when nothing is beyond. @throws when a person must act first.
   */
  async #nextPage(to: number, signal: AbortSignal): Promise<RecentPlaysPage | null> {
    for (;;) {
      try {
        const answer = await this.#askWhole(to, this.#state.page, signal);
        if (this.#state.tries > 0) this.#save({ tries: 0, lastError: null, nextTryAt: null });
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!isUpstreamError(error) || error.kind === 'refused' || error.kind === 'cancelled' || error.code === 'other-user') throw error;
        const tries = this.#state.tries + 1;
        const beyond = isOfThePage(error) && tries >= MOST_TRIES ? await this.#beyond(to, signal) : undefined;
        if (beyond !== undefined) return beyond;
        const seconds = Math.max(pauseAfter(tries), error.retryAfterSeconds ?? 0);
        this.#o.log.warn('backfill waits', { source: 'lastfm', error, tries, seconds });
        this.#save({ tries, lastError: error.message, nextTryAt: nowSeconds(this.#o.clock) + seconds });
        this.#tell();
        await this.#rest(seconds, signal);
      }
    }
  }

  /** Waits until the pause is over, or a person does not want to wait. */
  async #rest(seconds: number, signal: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.#wake = () => early.abort();
    await this.#o.clock.sleep(seconds * 1000, AbortSignal.any([signal, early.signal])).catch(() => signal.throwIfAborted());
  }

  /** @returns the first page beyond the one that is next that can be read, null when none is there; undefined when none answers. */
  async #beyond(to: number, signal: AbortSignal): Promise<RecentPlaysPage | null | undefined> {
    const from = this.#state.page;
    for (let page = from + 1; page <= from + PAGES_BEYOND; page += 1) {
      const answer = await this.#askAfterRest(to, page, signal);
      if (answer === null) continue;
      // Last.fm may have come back just now: then the page can be read as well.
      const again = await this.#askAfterRest(to, from, signal);
      if (again !== null) {
        this.#save({ tries: 0, lastError: null, nextTryAt: null });
        return again;
      }
      this.#o.log.warn('backfill stepped over pages', { source: 'lastfm', pages: page - from, before: to });
      this.#save({ page, pagesSteppedOver: this.#state.pagesSteppedOver + page - from, tries: 0, lastError: null, nextTryAt: null });
      return answer.page > answer.totalPages ? null : answer;
    }
    return undefined;
  }

  /** Asks once the pause is over that the failures before have brought about. @returns null when the page cannot be read. */
  async #askAfterRest(to: number, page: number, signal: AbortSignal): Promise<RecentPlaysPage | null> {
    for (let rests = 0; ; rests += 1) {
      try {
        return await this.#ask(to, page, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isUpstreamError(error)) throw error;
        if (!['resting', 'rate-limited'].includes(error.kind) || rests === 2) return null;
        await this.#rest(error.retryAfterSeconds ?? 60, signal);
      }
    }
  }

  /** A page that holds less than it counts is asked for again, and taken as it is when that changes nothing. */
  async #askWhole(to: number, page: number, signal: AbortSignal): Promise<RecentPlaysPage> {
    let fullest = await this.#ask(to, page, signal);
    for (let looks = 1; fullest.leftOut > 0 && looks < LOOKS; looks += 1) {
      await this.#rest(pauseAfter(looks), signal);
      const again = await this.#ask(to, page, signal);
      if (again.leftOut < fullest.leftOut) fullest = again;
    }
    return fullest;
  }

  async #ask(to: number, page: number, signal: AbortSignal): Promise<RecentPlaysPage> {
    const source = this.#o.source();
    if (!source) throw new Error('Last.fm is no longer connected');
    const answer = await source.recentPlays({ to, page, limit: PAGE_SIZE }, signal);
    signal.throwIfAborted();
    return answer;
  }

  /** @returns the oldest stamp of the page; null when none could be read. */
  #record(page: RecentPlaysPage): number | null {
    const { library, source } = this.#o;
    const now = likelySeconds(library);
    const { fresh, unread, repeated, overlapping, refused } = countPage(page, this.#state, now);
    const outcomes = library.scrobbles.record(fresh.map(toScrobble).reverse());
    for (const play of fresh) {
      if (play.loved !== undefined) library.loves.seenUpstream(play, play.loved);
    }
    const aside = library.setAside.keep('lastfm', 'plays', unread, source()?.reader ?? 0);
    const setAside = new Map(this.#state.setAside.map(({ reason, count }) => [reason, count]));
    for (const { reason } of unread) setAside.set(reason, (setAside.get(reason) ?? 0) + 1);
    if (aside.length > 0) this.#o.log.warn('plays set aside', { source: 'lastfm', count: aside.length });
    const recorded = outcomes.filter((outcome) => outcome.state === 'new').length;
    const stamps = [...page.plays, ...page.setAside].flatMap(({ playedAt }) => (playedAt === undefined || stampRefusal(playedAt, now) ? [] : [playedAt]));
    const oldest = stamps.length === 0 ? null : stamps.reduce((least, stamp) => Math.min(least, stamp));
    this.#save({
      seen: this.#state.seen + page.plays.length + page.setAside.length - overlapping,
      new: this.#state.new + recorded,
      known: this.#state.known + fresh.length - recorded,
      repeated: this.#state.repeated + repeated,
      refused,
      leftOut: this.#state.leftOut + page.leftOut,
      setAside: [...setAside].map(([reason, count]) => ({ reason, count })),
    });
    return oldest;
  }

  #finish(): void {
    const { total, seen, repeated, refused, setAside, pagesSteppedOver, leftOut: missed } = this.#state;
    const here = this.#o.library.scrobbles.count('lastfm');
    const unseen = Math.max(0, (total ?? seen) - seen);
    const steppedOver = Math.min(unseen, pagesSteppedOver * PAGE_SIZE);
    // What a page did not hold may have come with the window after.
    const leftOut = Math.min(unseen - steppedOver, missed);
    const because = [
      { reason: 'repeated', count: repeated },
      ...refused,
      ...setAside,
      { reason: 'page-unreadable', count: steppedOver },
      { reason: 'left-out', count: leftOut },
      { reason: 'shifted-while-reading', count: unseen - steppedOver - leftOut },
    ].filter(({ count }) => count > 0);
    this.#save({ state: 'done', endedAt: nowSeconds(this.#o.clock), lastError: null, nextTryAt: null, overlap: [], comparison: { lastfm: total ?? seen, here, because } });
    this.#tell();
  }

  #estimate(total: number): number {
    return Math.ceil((total / PAGE_SIZE) * (60 / this.#o.requestsPerMinute()));
  }

  #tell(): void {
    const { state, seen, total, lastError } = this.#state;
    if (state === 'idle') return;
    this.#o.onProgress({ work: 'lastfm-backfill', state, done: seen, total, ...(lastError ? { message: lastError } : {}) });
  }

  #save(change: Partial<BackfillState>): void {
    this.#state = { ...this.#state, ...change };
    this.#o.library.states.set(SERVICE, this.#state);
  }
}
