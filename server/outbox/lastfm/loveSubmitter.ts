import type { Clock } from '../../kit/clock.ts';
import { isUpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import type { Loves, UnsentLove } from '../../library/api/loves.ts';
import type { LoveTarget } from '../../upstreams/ports.ts';
import { LOOK_MS } from '../lane.ts';
import type { Sender } from '../sender.ts';
import type { LoveReports } from './loveReports.ts';

export interface LoveSubmitterOptions {
  loves: Loves;
  reports: LoveReports;
  clock: Clock;
  log: Log;
  /** The client for the settings as they are now; null while Last.fm is not configured. */
  target: () => LoveTarget | null;
  /** A session allows to write, and what is loved here belongs to its user. */
  maySubmit: () => boolean;
}

/**
 * Sends loves that a person made or took back to Last.fm, the oldest first, one a request. One that Last.fm does not take, because it knows
 * no such track, leaves the others to be sent, and is offered again later.
 */
export class LoveSubmitter implements Sender<UnsentLove> {
  readonly kind = 'love';
  readonly #o: LoveSubmitterOptions;
  /** Which love of which track Last.fm did not take, and when, by the clock that nobody sets. */
  readonly #refused = new Map<number, { loved: boolean; at: number }>();

  constructor(options: LoveSubmitterOptions) {
    this.#o = options;
  }

  waiting(): UnsentLove[] {
    return this.#o.loves.unsent().filter((love) => !this.#isRefused(love));
  }

  isWanted(): boolean {
    return true;
  }

  isReady(): boolean {
    return this.#o.target() !== null && this.#o.maySubmit();
  }

  dueInSeconds(): number {
    return 0;
  }

  largestBatch(): number {
    return 1;
  }

  async send(entries: readonly UnsentLove[], signal: AbortSignal): Promise<{ marked: number }> {
    const { loves, reports, clock, log } = this.#o;
    let marked = 0;
    for (const love of entries) {
      const { trackId, loved } = love;
      try {
        await this.#submit(love, signal);
        loves.markSent(trackId, loved);
        reports.noteSent(trackId);
        this.#refused.delete(trackId);
        marked += 1;
      } catch (error) {
        if (!isUpstreamError(error) || !['bad-request', 'not-found'].includes(error.kind)) throw error;
        log.warn('love refused', { service: 'lastfm', trackId, error });
        this.#refused.set(trackId, { loved, at: clock.elapsed() });
      }
    }
    return { marked };
  }

  async #submit(love: UnsentLove, signal: AbortSignal): Promise<void> {
    const target = this.#o.target();
    if (!target) throw new Error('Last.fm is no longer connected');
    await (love.loved ? target.love(love, signal) : target.unlove(love, signal));
  }

  #isRefused({ trackId, loved }: UnsentLove): boolean {
    const refused = this.#refused.get(trackId);
    return refused !== undefined && refused.loved === loved && this.#o.clock.elapsed() - refused.at < LOOK_MS;
  }
}
