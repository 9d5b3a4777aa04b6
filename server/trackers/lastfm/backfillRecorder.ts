import type { RecentPlaysPage } from '../../upstreams/ports.ts';
import { sum } from './backfillComparison.ts';
import { type BackfillContext, estimatedSeconds, newestOf } from './backfillContext.ts';
import type { BackfillState } from './backfillState.ts';
import { countPage, oldestOf, overlapAt } from './countPage.ts';
import { countedInAll } from './historyPages.ts';
import { toScrobble } from './reconcile.ts';
import { likelySeconds } from './stamps.ts';

/** Records the pages of a backfill, counts what they hold, and moves on from one to the next. */
export class BackfillRecorder {
  readonly #c: BackfillContext;

  constructor(context: BackfillContext) {
    this.#c = context;
  }

  get #state(): BackfillState {
    return this.#c.run.state;
  }

  /** Records a page and moves on to the one after it. @param askedAt when it was asked for, by the clock that nobody sets. @returns false when there is none by what the page says. */
  async take(answer: RecentPlaysPage, askedAt: number, signal: AbortSignal): Promise<boolean> {
    const to = this.#state.reachedBackTo ?? Infinity;
    const { overlap, page } = this.#state;
    const all = countedInAll(answer, this.#state);
    const { availability } = this.#c.library;
    const { oldest, gained } = await availability.written(() => this.#record(answer, askedAt), {
      patienceMs: Infinity,
      signal,
    });
    if (gained > 0) {
      this.#count(all);
      if (this.#state.doubts > 0) this.#c.run.save({ doubts: 0, lastError: null, problem: null, nextTryAt: null });
    } else if (this.#state.total === null && all !== null) this.#c.run.save({ counted: all });
    const isOlder = oldest !== null && oldest + 1 < to;
    const hasNext = answer.page < answer.totalPages;
    // A page full of one stamp, or without any, does not bring the window's end down: what it lists is collected until it does.
    const reached = isOlder
      ? { reachedBackTo: oldest + 1, overlap: overlapAt(answer, oldest) }
      : { overlap: overlapAt(answer, to, overlap) };
    if (this.#state.byPages)
      this.#c.run.save({ ...reached, walkedTo: oldest ?? this.#state.walkedTo, page: hasNext ? page + 1 : page });
    else this.#c.run.save({ ...reached, page: isOlder ? 1 : hasNext ? page + 1 : page });
    return hasNext || (isOlder && !this.#state.byPages);
  }

  /** Takes over how many plays there are in all: from the first answer, later from two windows in a row that agree. */
  #count(all: number | null): void {
    if (all === null) return;
    const { counted, total } = this.#state;
    this.#c.run.save({
      counted: all,
      ...((!total || all === counted) &&
        all !== total && { total: all, estimateSeconds: estimatedSeconds(all, this.#c.requestsPerMinute()) }),
    });
  }

  /** @returns the oldest stamp of the page, null when none could be read; and how many of its entries were not read before. */
  #record(page: RecentPlaysPage, askedAt: number): { oldest: number | null; gained: number } {
    const { library, source } = this.#c;
    const now = likelySeconds(library);
    const { fresh, late, unread, repeated, gained, refused } = countPage(page, this.#state, now);
    const outcomes = library.scrobbles.record([...late, ...fresh].map(toScrobble).reverse());
    for (const play of fresh) {
      if (play.loved !== undefined) this.#c.loves.take(play, play.loved, askedAt);
    }
    const aside = library.setAside.keep('lastfm', 'plays', unread, source()?.reader ?? 0);
    const setAside = new Map(this.#state.setAside.map(({ reason, count }) => [reason, count]));
    for (const { reason } of unread) setAside.set(reason, (setAside.get(reason) ?? 0) + 1);
    if (aside.length > 0) this.#c.log.warn('plays set aside', { source: 'lastfm', count: aside.length });
    const counts = {
      seen: this.#state.seen + gained,
      new: this.#state.new + outcomes.filter((outcome) => outcome.state === 'new').length,
      repeated: this.#state.repeated + repeated,
      refused,
      setAside: [...setAside].map(([reason, count]) => ({ reason, count })),
    };
    const none = counts.repeated + sum(refused) + sum(counts.setAside);
    if (this.#state.newestAt === null && this.#state.reachedBackTo === this.#state.top)
      this.#c.run.save({ newestAt: newestOf(fresh) });
    // What a reading before this one brought was new then.
    this.#c.run.save({
      ...counts,
      known: Math.max(0, counts.seen - none - counts.new),
      leftOut: this.#state.leftOut + page.leftOut,
    });
    return { oldest: oldestOf(page, now), gained };
  }
}
