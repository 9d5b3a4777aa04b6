import type { TrackerStatus } from '#shared/api/lastfm.ts';
import { describeWithheld } from '../../kit/absence.ts';
import { BackgroundLoop } from '../../kit/background/loop.ts';
import { type Clock, nowSeconds } from '../../kit/clock.ts';
import { isUpstreamError, serviceErrorOf, type UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import { isDatabaseUnavailable } from '../../library/api/unavailable.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { NowPlayingReport, RecentPlaysSource } from '../../upstreams/ports.ts';
import type { NowPlayingBoard } from '../nowPlayingBoard.ts';
import { DeepReadings, LATE_SECONDS } from './deepReadings.ts';
import { LoveFollower } from './loveFollower.ts';
import { PlayRecorder } from './playRecorder.ts';
import { PollHealth } from './pollHealth.ts';
import { readWindow } from './readWindow.ts';
import { soundingNow } from './soundingNow.ts';
import { likelySeconds } from './stamps.ts';
import { isSameUser, type TrackerLag, TrackerStore } from './trackerState.ts';

const HOUR = 3_600;
/** A client's clock may run a little ahead of ours. */
const CLOCK_GRACE = 60;

export interface LastfmTrackerOptions {
  library: Library;
  board: NowPlayingBoard;
  clock: Clock;
  log: Log;
  /** The client for the settings as they are now; null while Last.fm is not configured. */
  source: () => RecentPlaysSource | null;
  username: () => string | undefined;
  pollSeconds: () => number;
  loves: LoveReports;
  onStatus: (status: TrackerStatus) => void;
}

/**
 * Follows a person's Last.fm history: each poll reads from an hour before the last play seen, every hour the last 15 days,
 * so that neither lost connections nor late uploads lose a play. What is playing now is shown, never recorded.
 */
export class LastfmTracker {
  readonly #o: LastfmTrackerOptions;
  readonly #store: TrackerStore;
  readonly #loop: BackgroundLoop;
  readonly #health: PollHealth;
  readonly #deep: DeepReadings;
  readonly #recorder: PlayRecorder;
  readonly #loves: LoveFollower;
  #lastPollAt: number | null = null;
  #nextPollAt: number | null = null;
  /** Pages that the last reading of the 15 days, and the last one at all, could not read. */
  #steppedOver = { deep: 0, last: 0 };
  #nowPlaying: NowPlayingReport | null = null;
  #isReading = false;
  #otherUser: TrackerStatus['otherUser'] = null;
  /** Who was read last to a good end. */
  #answered: object | null = null;

  constructor(options: LastfmTrackerOptions) {
    this.#o = options;
    const { library, clock, log, pollSeconds } = options;
    this.#store = new TrackerStore(library.states);
    this.#health = new PollHealth(clock);
    this.#deep = new DeepReadings(pollSeconds);
    this.#recorder = new PlayRecorder({ ...options, store: this.#store });
    this.#loves = new LoveFollower({ ...options, store: this.#store });
    this.#loop = new BackgroundLoop({
      name: 'lastfm tracker',
      clock,
      log,
      round: (signal) => this.#round(signal),
      onErrorChange: (error) => error && this.#failed(error),
    });
  }

  get #configured(): boolean {
    return this.#o.source() !== null && (this.#o.username() ?? '') !== '';
  }

  /** Whether a reading came to a good end since the start, with the settings as they are. */
  get hasAnswered(): boolean {
    return this.#answered !== null && this.#answered === this.#o.source();
  }

  /** Whether it follows the user whose history is in this journal. */
  get followsOwner(): boolean {
    return this.#loop.isRunning && this.#notOwner() === null;
  }

  status(): TrackerStatus {
    // Where nothing is connected nothing is asked, and so nothing is in the way.
    const error = this.#configured ? this.#health.lastError : null;
    const last = this.#o.library.scrobbles.latest('lastfm');
    return {
      running: this.#loop.isRunning,
      configured: this.#configured,
      lastPollAt: this.#lastPollAt,
      nextPollAt: this.#nextPollAt,
      lastScrobble: last && { artist: last.artist, title: last.title, album: last.album, playedAt: last.playedAt },
      nowPlaying: this.#nowPlaying,
      consecutiveFailures: this.#health.failures,
      lastError: error?.message ?? null,
      trouble: serviceErrorOf(error),
      otherUser: this.#otherUser,
      pagesSteppedOver: Math.max(this.#steppedOver.deep, this.#steppedOver.last),
      withheld: describeWithheld('loved', this.#store.state.lovesWithheld),
    };
  }

  /** How long ago the last poll came to a good end, or the following began, and how the polls since then went; null while it does not follow. */
  lag(): TrackerLag | null {
    return this.#loop.isRunning ? this.#health.lag(this.#o.pollSeconds()) : null;
  }

  /** Starts when it is configured and nobody stopped it. To be called at start and when settings change. */
  resume(): void {
    const wanted = this.#configured && this.#store.state.running !== false;
    if (!wanted) void this.#halt();
    else if (this.#loop.isRunning) this.pollSoon();
    else {
      this.#health.began();
      this.#deep.reset();
      this.#loop.start();
    }
  }

  /** A person's choice; it survives a restart. */
  start(): void {
    this.#store.save({ running: true });
    this.resume();
    this.#announce();
  }

  async stop(): Promise<void> {
    this.#store.save({ running: false });
    await this.#halt();
    this.#announce();
  }

  /** For the end of the process: the choice stays as it is. */
  async close(): Promise<void> {
    await this.#halt();
  }

  pollSoon(): void {
    this.#loop.wake();
  }

  /** A person says that the configured user's plays belong in this journal too. */
  acceptUser(): void {
    const { user: former } = this.#store.state;
    const user = this.#o.username() ?? '';
    // What the former one has is on no list of this one: nothing of it ends by that.
    const joined =
      former !== undefined && !isSameUser(former, user)
        ? { former, at: nowSeconds(this.#o.clock) }
        : this.#store.state.joined;
    this.#store.save({ user, ...(joined && { joined, missingOnce: [] }) });
    this.#otherUser = null;
    this.pollSoon();
  }

  /** A person says that what was withheld may go: it does when one more reading says the same. */
  removeWithheld(): void {
    this.#loves.removeWithheld();
    this.#announce();
    this.pollSoon();
  }

  /** Called by the client for each failed attempt at once, so that the status never lags behind the retries. What others ask for is no poll. */
  attemptFailed(error: UpstreamError): void {
    if (!this.#isReading) return;
    this.#health.attemptFailed(error);
    this.#announce();
  }

  /** A person had Last.fm asked once, by the client of `source`: what came of it holds until the next poll, which comes soon. */
  heard(outcome: 'well' | UpstreamError): void {
    if (!this.#loop.isRunning) return;
    this.#health.heard(outcome);
    if (outcome === 'well') this.#answered = this.#o.source();
    this.#announce();
    if (outcome === 'well' || (outcome.passing && outcome.kind !== 'rate-limited')) this.pollSoon();
  }

  /** Records a play that was set aside. @returns false when it still cannot be read. */
  takePlay(raw: unknown): boolean {
    return this.#recorder.takePlay(raw);
  }

  /** Takes over a love that was set aside. @returns false when it still cannot be read. */
  takeLove(raw: unknown): boolean {
    return this.#recorder.takeLove(raw);
  }

  async #halt(): Promise<void> {
    const stopped = this.#loop.stop();
    this.#nextPollAt = null;
    await stopped;
    this.#show(null);
  }

  /** Polls once. @returns milliseconds until the next poll. */
  async #round(signal: AbortSignal): Promise<number> {
    let pause = this.#o.pollSeconds();
    this.#isReading = true;
    try {
      this.#answered = await this.#poll(signal);
      this.#health.succeeded();
    } catch (error) {
      if (signal.aborted) throw error;
      pause = this.#pauseAfter(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#isReading = false;
    }
    signal.throwIfAborted();
    this.#nextPollAt = nowSeconds(this.#o.clock) + pause;
    this.#announce();
    return pause * 1000;
  }

  /** @returns who was read; null when nobody was. */
  async #poll(signal: AbortSignal): Promise<object | null> {
    const { library, clock } = this.#o;
    const source = this.#o.source();
    if (!source) return null;
    this.#health.pollBegan();
    this.#refuseOtherUser();
    const now = nowSeconds(clock);
    this.#lastPollAt = now;
    const askedAt = clock.elapsed();
    const deep = this.#deep.isDue(askedAt);
    const lastSeen = this.#store.state.lastSeen ?? now;
    const from = Math.max(0, Math.min(lastSeen - HOUR, deep ? now - LATE_SECONDS : now));
    // Where the clock was set back, what is played now lies ahead of it.
    const to = likelySeconds(library) + CLOCK_GRACE;
    const rest = (seconds: number) => clock.sleep(seconds * 1000, signal);
    if (deep) this.#deep.began(askedAt);
    const reading = await readWindow(source, { from, to }, { rest, signal });
    signal.throwIfAborted();
    if (deep) await this.#recorder.readAgain(signal);
    await this.#recorder.record({ reading, window: { from, to }, now, askedAt }, signal);
    if (deep) this.#deep.succeeded(askedAt);
    this.#steppedOver = {
      deep: deep ? reading.pagesSteppedOver : this.#steppedOver.deep,
      last: reading.pagesSteppedOver,
    };
    this.#show(reading.nowPlaying);
    await this.#loves.follow(source, { now, askedAt }, signal);
    return source;
  }

  /** Whose history is in the journal, and who is configured, where these are two. */
  #notOwner(): TrackerStatus['otherUser'] {
    const configured = this.#o.username() ?? '';
    const recorded = this.#store.state.user;
    return recorded !== undefined && !isSameUser(recorded, configured) ? { recorded, configured } : null;
  }

  #refuseOtherUser(): void {
    this.#otherUser = this.#notOwner();
    if (this.#otherUser) {
      const { recorded, configured } = this.#otherUser;
      throw new Error(
        `The journal holds the Last.fm history of ${recorded}. Nothing of ${configured} is read until you say in Settings that both belong together.`,
      );
    }
  }

  #failed(error: Error): void {
    this.#health.failed(error);
    this.#announce();
  }

  /** @returns seconds until the next try. */
  #pauseAfter(error: Error): number {
    this.#o.log.warn('poll failed', { source: 'lastfm', error });
    const pause = this.#health.pauseAfter(error, this.#o.pollSeconds());
    const isOfService = isUpstreamError(error) && !isDatabaseUnavailable(error) && error.kind !== 'rate-limited';
    if (this.#nowPlaying && isOfService) this.#show(null);
    return pause;
  }

  #show(report: NowPlayingReport | null): void {
    this.#nowPlaying = report;
    this.#o.board.show('lastfm', report && soundingNow(report, this.#o.clock.now()));
  }

  #announce(): void {
    this.#o.onStatus(this.status());
  }
}
