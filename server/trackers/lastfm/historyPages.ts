import { nowSeconds, type Clock } from '../../kit/clock.ts';
import { isUpstreamError, UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import { problemOf } from '../../kit/problemOf.ts';
import type { RecentPlaysPage, RecentPlaysSource } from '../../upstreams/ports.ts';
import { type BackfillState, MOST_FAILURES, MOST_TRIES, pauseAfter } from './backfillState.ts';
import { countPage, oldestOf } from './countPage.ts';
import { isOfThePage } from './pageFailure.ts';

export const PAGE_SIZE = 200;
/** Pages looked at beyond one that cannot be read, to distinguish a bad page from a bad day. */
const PAGES_BEYOND = 3;
/** How often a page that holds less than it counts is asked for before it is accepted, and a window that is ignored before none is asked for. */
const LOOKS = 3;

/** Answers that come and bring nothing, although there is more: what they count is not listed, or is listed already. */
const BRINGS_NOTHING = new Set<unknown>(['left-out', 'other-page', 'repeated', 'window-ignored']);
const bringsNothing = (error: UpstreamError): boolean => BRINGS_NOTHING.has(error.code);

export interface HistoryPagesOptions {
  clock: Clock;
  log: Log;
  source: () => RecentPlaysSource | null;
  state: () => BackfillState;
  save: (change: Partial<BackfillState>) => void;
  notify: () => void;
  rest: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** What time it most likely is, seconds since the epoch. */
  likelyNow: () => number;
}

/**
 * Asks for the page of the history that is next, with growing pauses and by bounded tries, and holds each answer against what was
 * asked and what has been read: a service that is not well sends empty pages, the same page again, or another window.
 */
export class HistoryPages {
  readonly #o: HistoryPagesOptions;

  constructor(options: HistoryPagesOptions) {
    this.#o = options;
  }

  /**
   * The page that is next. One that cannot be read after several tries, while a page beyond it can, is stepped over.
   *
   * @returns null when nothing more is listed. @throws when a person must act first, or nothing can be read for days.
   */
  async next(signal: AbortSignal): Promise<RecentPlaysPage | null> {
    const { clock, log, save, notify, rest } = this.#o;
    for (;;) {
      try {
        const answer = await this.#askWhole(signal);
        if (this.#state.tries > 0) save({ tries: 0, lastError: null, problem: null, nextTryAt: null });
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (
          !isUpstreamError(error) ||
          error.kind === 'refused' ||
          error.kind === 'cancelled' ||
          error.code === 'other-user'
        )
          throw error;
        const { doubts } = this.#state;
        const tries = this.#state.tries + 1;
        if (error.code === 'window-ignored' && Math.max(doubts, tries) >= LOOKS) {
          // One window over all and its pages: that is the same list whether the end of a window is respected or not.
          save({ byPages: true, page: 1, walkedTo: null, tries: 0, lastError: null, problem: null, nextTryAt: null });
          continue;
        }
        if (this.#state.total === null && typeof error.values?.total === 'number') save({ total: error.values.total });
        if (isOfThePage(error)) {
          // A look at the end has pauses of its own.
          if (doubts > 0) return null;
          const beyond = tries >= MOST_TRIES ? await this.#beyond(error, signal) : undefined;
          if (beyond !== undefined) return beyond;
          if (tries >= MOST_FAILURES) throw error;
        }
        const seconds = Math.max(pauseAfter(tries), error.retryAfterSeconds ?? 0);
        log.warn('backfill waits', { source: 'lastfm', error, tries, seconds });
        save({ tries, lastError: error.message, problem: problemOf(error), nextTryAt: nowSeconds(clock) + seconds });
        notify();
        await rest(seconds, signal);
      }
    }
  }

  /** How many plays Last.fm counts in what is read, asked for on its own; null where it does not say. */
  async count(signal: AbortSignal): Promise<number | null> {
    const { seen } = this.#state;
    try {
      if (seen > 0) {
        const { isCounted, total } = await this.#source().recentPlays({ to: this.#top, page: 1, limit: 1 }, signal);
        if (isCounted) return total > 0 ? total : null;
      }
      // An empty list is no word on itself, and one without a count neither: the profile counts too.
      return (await this.#source().profile(signal)).playCount;
    } catch (error) {
      signal.throwIfAborted();
      const counted = isUpstreamError(error) && error.code === 'left-out' ? error.values?.total : undefined;
      if (typeof counted === 'number') return counted;
      this.#o.log.warn('plays not counted', { source: 'lastfm', error });
      return null;
    }
  }

  /** The newest plays of what is read, as they are now; null where they cannot be read at the moment. */
  async newest(signal: AbortSignal): Promise<RecentPlaysPage | null> {
    try {
      return await this.#source().recentPlays({ to: this.#top, page: 1, limit: PAGE_SIZE }, signal);
    } catch (error) {
      signal.throwIfAborted();
      this.#o.log.warn('newest plays not read', { source: 'lastfm', error });
      return null;
    }
  }

  get #state(): BackfillState {
    return this.#o.state();
  }

  /** Where the whole history ends that is read; earlier versions stored only when they began. */
  get #top(): number {
    return this.#state.top ?? (this.#state.startedAt ?? this.#o.likelyNow()) + 60;
  }

  /**
   * @returns the first page beyond the one that is next that can be read; null when none is there, or all that answer bring nothing;
   * undefined when none answers.
   */
  async #beyond(failure: UpstreamError, signal: AbortSignal): Promise<RecentPlaysPage | null | undefined> {
    const { save, log } = this.#o;
    const from = this.#state.page;
    let isListed = bringsNothing(failure);
    for (let page = from + 1; page <= from + PAGES_BEYOND; page += 1) {
      const answer = await this.#askAfterRest(page, signal);
      if (isUpstreamError(answer)) {
        isListed &&= bringsNothing(answer);
        continue;
      }
      // Last.fm may have come back just now: then the page can be read as well.
      const again = await this.#askAfterRest(from, signal);
      if (!isUpstreamError(again)) {
        save({ tries: 0, lastError: null, problem: null, nextTryAt: null });
        return again;
      }
      const isBeyondAll = answer.page > answer.totalPages;
      if (isBeyondAll && isListed) break;
      log.warn('backfill stepped over pages', {
        source: 'lastfm',
        pages: page - from,
        before: this.#state.reachedBackTo,
      });
      save({
        page,
        pagesSteppedOver: this.#state.pagesSteppedOver + page - from,
        tries: 0,
        lastError: null,
        problem: null,
        nextTryAt: null,
      });
      return isBeyondAll ? null : answer;
    }
    if (!isListed) return undefined;
    save({ tries: 0 });
    return null;
  }

  /** Asks once the pause is over that the failures before have brought about. @returns why the page cannot be read, where it cannot. */
  async #askAfterRest(page: number, signal: AbortSignal): Promise<RecentPlaysPage | UpstreamError> {
    for (let rests = 0; ; rests += 1) {
      try {
        return await this.#ask(page, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!isUpstreamError(error)) throw error;
        if (!['resting', 'rate-limited'].includes(error.kind) || rests === 2) return error;
        await this.#o.rest(error.retryAfterSeconds ?? 60, signal);
      }
    }
  }

  /** A page that holds or counts less than it should is asked for again, and taken as it is when that changes nothing. */
  async #askWhole(signal: AbortSignal): Promise<RecentPlaysPage> {
    const { page, doubts } = this.#state;
    let fullest = await this.#ask(page, signal);
    for (let looks = 1; doubts === 0 && this.#isShort(fullest) && looks < LOOKS; looks += 1) {
      await this.#o.rest(pauseAfter(looks), signal);
      const again = await this.#ask(page, signal);
      if (again.leftOut < fullest.leftOut || again.total > fullest.total) fullest = again;
    }
    return fullest;
  }

  /** Whether it lists less than it counts, or counts less in all than the window before it. */
  #isShort(answer: RecentPlaysPage): boolean {
    return answer.leftOut > 0 || (countedInAll(answer, this.#state) ?? Infinity) < (this.#state.counted ?? 0);
  }

  async #ask(page: number, signal: AbortSignal): Promise<RecentPlaysPage> {
    const { byPages, reachedBackTo } = this.#state;
    const to = byPages || reachedBackTo === null ? this.#top : reachedBackTo;
    const answer = await this.#source().recentPlays({ to, page, limit: PAGE_SIZE }, signal);
    signal.throwIfAborted();
    this.#refuseIdle(answer);
    return answer;
  }

  /** @throws UpstreamError `malformed` for an answer that brings nothing although there is more, or should be. */
  #refuseIdle(answer: RecentPlaysPage): void {
    const { seen, total, byPages, walkedTo, reachedBackTo } = this.#state;
    const here = answer.plays.length + answer.setAside.length;
    const missing = (total ?? 0) - seen;
    if (here === 0) {
      if (missing > 0 && answer.page > answer.totalPages && !(answer.isCounted && answer.total > 0)) {
        throw refused(
          'left-out',
          `Last.fm lists nothing more, and counted ${total} plays, of which ${seen} were listed`,
        );
      }
      return;
    }
    const { gained, outside } = countPage(answer, this.#state, this.#o.likelyNow());
    if (gained > 0) return;
    if (answer.page === 1) {
      if (byPages || outside === 0) return;
      throw refused(
        'window-ignored',
        `Last.fm listed plays from after ${new Date((reachedBackTo ?? 0) * 1000).toISOString()} where those from before were asked for`,
      );
    }
    const oldest = oldestOf(answer, this.#o.likelyNow());
    const goesBack = byPages && oldest !== null && oldest < (walkedTo ?? Infinity);
    if (!goesBack) throw refused('repeated', `Last.fm listed the same plays again on page ${answer.page}`);
  }

  #source(): RecentPlaysSource {
    const source = this.#o.source();
    if (!source) throw new Error('Last.fm is no longer connected');
    return source;
  }
}

/** How many plays there are in all by this answer; null where that does not follow from it. */
export function countedInAll(
  { page, total, isCounted }: RecentPlaysPage,
  { seen, overlap, byPages, pagesSteppedOver, leftOut }: BackfillState,
): number | null {
  if (!isCounted) return null;
  if (byPages) return total;
  if (page !== 1 || pagesSteppedOver + leftOut > 0 || (seen > 0 && overlap.length === 0)) return null;
  return seen + total - overlap.length;
}

const refused = (code: string, message: string) =>
  new UpstreamError({ upstream: 'Last.fm', kind: 'malformed', code, message });
