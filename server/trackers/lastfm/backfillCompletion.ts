import { messageOf, type CodedError } from '#shared/errors/errorCodes.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { type BackfillContext, newestOf } from './backfillContext.ts';
import { atBeginning, type BackfillState, MOST_DOUBTS, pauseAfter } from './backfillState.ts';
import { countPage } from './countPage.ts';
import { toScrobble } from './reconcile.ts';
import { likelySeconds } from './stamps.ts';

/** Decides at the end of the list whether a backfill is complete, by what Last.fm counts, and looks again where it is not. */
export class BackfillCompletion {
  readonly #c: BackfillContext;

  constructor(context: BackfillContext) {
    this.#c = context;
  }

  get #state(): BackfillState {
    return this.#c.run.state;
  }

  /**
   * Nothing more is listed: holds what was read against what Last.fm counts. Where that is more, the end is looked at again with
   * growing pauses, for hours; then everything is read once more, since what is missing may be anywhere.
   *
   * @returns false when this is the end.
   */
  async looksAgain(signal: AbortSignal): Promise<boolean> {
    const counted = await this.#c.pages.count(signal);
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
    this.#c.log.warn('backfill looks again', { source: 'lastfm', total, seen, seconds });
    this.#c.run.save({
      doubts: doubts + 1,
      lastError: messageOf(problem),
      problem,
      nextTryAt: nowSeconds(this.#c.clock) + seconds,
      ...(!byPages && { page: 1 }),
    });
    this.#c.run.notify();
    await this.#c.run.rest(seconds, signal);
    return true;
  }

  /** What was heard since the reading began, or arrived only then, is newer than its first page: it is read and counted too. @returns whether there was any. */
  async #takesNewer(signal: AbortSignal): Promise<boolean> {
    const { newestAt, byPages } = this.#state;
    const answer = newestAt === null || byPages ? null : await this.#c.pages.newest(signal);
    if (newestAt === null || answer === null) return false;
    const { library } = this.#c;
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
        this.#c.run.save({
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
    this.#c.run.save({
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
      if (counted > total) this.#c.run.save({ total: counted });
      return false;
    }
    // A lower count is accepted where it is just what was read.
    if (total > seen && counted !== seen) return false;
    this.#c.run.save({ total: total > seen ? counted : Math.max(total, counted) });
    return true;
  }
}
