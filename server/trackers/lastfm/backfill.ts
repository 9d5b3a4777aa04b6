import type { Progress } from '#shared/sync/stream.ts';
import { nowSeconds, type Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/contract.ts';
import type { RecentPlaysSource, ReportedPlay } from '../../upstreams/ports.ts';
import { sourceKeyOf, toScrobble } from './reconcile.ts';
import { stampRefusal, type RefusalReason } from './stamps.ts';

const PAGE_SIZE = 200;
const SERVICE = 'lastfm-backfill';

export interface BackfillStatus {
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** How many plays Last.fm has, as far as it said so. */
  total: number | null;
  /** Roughly how long the whole takes at the allowed pace. */
  estimateSeconds: number | null;
  seen: number;
  new: number;
  known: number;
  /** Listed more than once under the same stamp and names; kept once. */
  repeated: number;
  refused: { reason: RefusalReason; count: number }[];
  /** Plays up to this moment are still to come; seconds since the epoch. */
  reachedBackTo: number | null;
  startedAt: number | null;
  endedAt: number | null;
  lastError: string | null;
  /** "Last.fm has N, here are M, because …", once done. */
  comparison: { lastfm: number; here: number; because: { reason: string; count: number }[] } | null;
}

interface BackfillState extends BackfillStatus {
  user: string;
  /** Keys already read at the stamp where the next window overlaps the one before; twice when listed twice. */
  overlap: string[];
}

const idle: BackfillStatus = {
  state: 'idle', total: null, estimateSeconds: null, seen: 0, new: 0, known: 0, repeated: 0, refused: [],
  reachedBackTo: null, startedAt: null, endedAt: null, lastError: null, comparison: null,
};

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
 */
export class LastfmBackfill {
  readonly #o: BackfillOptions;
  #state: BackfillState;
  #run: { abort: AbortController; done: Promise<void> } | null = null;

  constructor(options: BackfillOptions) {
    this.#o = options;
    this.#state = options.library.states.get<BackfillState>(SERVICE) ?? { ...idle, user: '', overlap: [] };
  }

  status(): BackfillStatus {
    const { user: _user, overlap: _overlap, ...status } = this.#state;
    return status;
  }

  /** What a backfill would bring: asked once when nothing ran yet, so that it can be offered with its size. */
  async measure(): Promise<BackfillStatus> {
    if (this.#state.state === 'idle' && this.#state.total === null) {
      const page = await this.#o.source()?.recentPlays({ limit: 1 });
      if (page) this.#save({ total: page.total, estimateSeconds: this.#estimate(page.total) });
    }
    return this.status();
  }

  /** Takes up a run that a crash or a shutdown interrupted. */
  resume(): void {
    if (this.#state.state === 'running' && !this.#run && this.#o.source()) this.#go();
  }

  /** Starts, or joins the run that is going. */
  start(): BackfillStatus {
    if (this.#run) return this.status();
    const now = nowSeconds(this.#o.clock);
    this.#save({
      ...idle, state: 'running', total: this.#state.total, estimateSeconds: this.#state.estimateSeconds,
      startedAt: now, reachedBackTo: now + 60, user: this.#o.username() ?? '', overlap: [],
    });
    this.#go();
    return this.status();
  }

  async cancel(): Promise<BackfillStatus> {
    if (this.#run) {
      this.#save({ state: 'cancelled', endedAt: nowSeconds(this.#o.clock) });
      await this.close();
      this.#tell();
    }
    return this.status();
  }

  /** For the end of the process: a running backfill goes on at the next start. */
  async close(): Promise<void> {
    this.#run?.abort.abort();
    await this.#run?.done;
  }

  #go(): void {
    const abort = new AbortController();
    const done = this.#work(abort.signal)
      .catch((error: unknown) => {
        if (abort.signal.aborted) return;
        const failure = error instanceof Error ? error : new Error(String(error));
        this.#o.log.warn('backfill failed', { source: 'lastfm', error: failure });
        this.#save({ state: 'failed', lastError: failure.message, endedAt: nowSeconds(this.#o.clock) });
        this.#tell();
      })
      .finally(() => {
        this.#run = null;
      });
    this.#run = { abort, done };
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (let page = 1; ; ) {
      const source = this.#o.source();
      if (!source) throw new Error('Last.fm is no longer connected');
      const to = this.#state.reachedBackTo ?? nowSeconds(this.#o.clock) + 60;
      const answer = await source.recentPlays({ to, page, limit: PAGE_SIZE }, signal);
      signal.throwIfAborted();
      if (this.#state.seen === 0) this.#save({ total: answer.total, estimateSeconds: this.#estimate(answer.total) });
      if (answer.plays.length === 0) break;
      const oldest = this.#record(answer.plays);
      // A page full of one stamp does not bring the window's end down: go on to its next page.
      const stuck = oldest + 1 >= to;
      if (answer.page >= answer.totalPages) break;
      page = stuck ? page + 1 : 1;
      if (!stuck) this.#save({ reachedBackTo: oldest + 1 });
      this.#tell();
      // Lets other work in between two transactions.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#finish();
  }

  /** @returns the oldest stamp of the page. */
  #record(plays: readonly ReportedPlay[]): number {
    const now = nowSeconds(this.#o.clock);
    const before = countOf(this.#state.overlap);
    const refused = new Map(this.#state.refused.map(({ reason, count }) => [reason, count]));
    const inPage = new Set<string>();
    const fresh: ReportedPlay[] = [];
    let repeated = 0;
    let overlapping = 0;
    for (const play of plays) {
      const key = sourceKeyOf(play);
      const listedBefore = before.get(key) ?? 0;
      if (listedBefore > 0) {
        before.set(key, listedBefore - 1);
        overlapping += 1;
        continue;
      }
      const reason = stampRefusal(play.playedAt, now);
      if (reason) refused.set(reason, (refused.get(reason) ?? 0) + 1);
      else if (inPage.has(key)) repeated += 1;
      else fresh.push(play);
      inPage.add(key);
    }
    const outcomes = this.#o.library.scrobbles.record(fresh.map(toScrobble).reverse());
    for (const play of fresh) {
      if (play.loved !== undefined) this.#o.library.loves.seenUpstream(play, play.loved);
    }
    const recorded = outcomes.filter((outcome) => outcome.state === 'new').length;
    const oldest = plays.reduce((least, play) => Math.min(least, play.playedAt), Infinity);
    const stuck = this.#state.reachedBackTo === oldest + 1;
    this.#save({
      seen: this.#state.seen + plays.length - overlapping,
      new: this.#state.new + recorded,
      known: this.#state.known + fresh.length - recorded,
      repeated: this.#state.repeated + repeated,
      refused: [...refused].map(([reason, count]) => ({ reason, count })),
      overlap: stuck ? [] : plays.filter((play) => play.playedAt === oldest).map(sourceKeyOf),
    });
    return oldest;
  }

  #finish(): void {
    const { total, seen, repeated, refused } = this.#state;
    const here = this.#o.library.scrobbles.count('lastfm');
    const because = [
      { reason: 'repeated', count: repeated },
      ...refused,
      { reason: 'shifted-while-reading', count: Math.max(0, (total ?? seen) - seen) },
    ].filter(({ count }) => count > 0);
    this.#save({ state: 'done', endedAt: nowSeconds(this.#o.clock), lastError: null, overlap: [], comparison: { lastfm: total ?? seen, here, because } });
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

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
