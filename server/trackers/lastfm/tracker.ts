import { agreed, toldOf } from '../../kit/absence.ts';
import type { Clock } from '../../kit/clock.ts';
import { nowSeconds } from '../../kit/clock.ts';
import { isUpstreamError, troubleOf, type UpstreamError } from '../../kit/http/upstreamError.ts';
import type { Log } from '../../kit/log.ts';
import { supervise } from '../../kit/background/supervisor.ts';
import type { Library } from '../../library/contract.ts';
import { inSlices } from '../../library/slices.ts';
import { isDatabaseUnavailable } from '../../library/unavailable.ts';
import type { LoveTarget, NowPlayingReport, RecentPlaysSource } from '../../upstreams/ports.ts';
import type { NowPlayingBoard } from '../nowPlayingBoard.ts';
import { followLoves } from './loves.ts';
import { readWindow } from './readWindow.ts';
import { reconcile, toScrobble } from './reconcile.ts';
import { likelySeconds, stampRefusal } from './stamps.ts';
import { isSameUser, type TrackerLag, type TrackerState, type TrackerStatus } from './trackerState.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** How far back uploads may come late: read again at start and hourly. */
const LATE_DAYS = 15;
/** A client's clock may run a little ahead of ours. */
const CLOCK_GRACE = 60;
const FIRST_RETRY_SECONDS = 10;
/** After the loves could not be read until they are asked for again. */
const LOVES_REST_MS = 900_000;

export interface LastfmTrackerOptions {
  library: Library;
  board: NowPlayingBoard;
  clock: Clock;
  log: Log;
  /** The client for the settings as they are now; null while Last.fm is not configured. */
  source: () => (RecentPlaysSource & LoveTarget) | null;
  username: () => string | undefined;
  pollSeconds: () => number;
  canTellLoves: () => boolean;
  onStatus: (status: TrackerStatus) => void;
}

const SERVICE = 'lastfm-tracker';

/**
 * Follows a person's Last.fm history: each poll reads from an hour before the last play seen, every hour the last 15 days,
 * so that neither an outage nor a late upload loses a play. What sounds now is shown, never recorded.
 */
export class LastfmTracker {
  readonly #o: LastfmTrackerOptions;
  #state: TrackerState;
  #loop: AbortController | null = null;
  #polling: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #lastPollAt: number | null = null;
  /** When a poll last came to a good end, or the following began, by the clock that nobody sets. */
  #wellAt = 0;
  #nextPollAt: number | null = null;
  /** When the last 15 days are read next, by the clock that nobody sets. */
  #deepDueAt = -Infinity;
  #deepFailures = 0;
  /** Pages that the last reading of the 15 days, and the last one at all, could not read. */
  #steppedOver = { deep: 0, last: 0 };
  #lovesRestUntil = -Infinity;
  #nowPlaying: NowPlayingReport | null = null;
  #failures = 0;
  /** Polls in a row that came to nothing, and when the first request of them failed, by the clock that nobody sets. */
  #failedPolls = 0;
  #failingSince: number | null = null;
  #isReading = false;
  #lastError: Error | null = null;
  #told: UpstreamError | null = null;
  #otherUser: TrackerStatus['otherUser'] = null;
  /** Who was read last to a good end. */
  #answered: object | null = null;

  constructor(options: LastfmTrackerOptions) {
    this.#o = options;
    this.#state = options.library.states.get<TrackerState>(SERVICE) ?? {};
  }

  get #configured(): boolean {
    return this.#o.source() !== null && (this.#o.username() ?? '') !== '';
  }

  /** Whether a reading came to a good end since the start, with the settings as they are. */
  get hasAnswered(): boolean {
    return this.#answered !== null && this.#answered === this.#o.source();
  }

  status(): TrackerStatus {
    // Where nothing is connected nothing is asked, and so nothing is in the way.
    const error = this.#configured ? this.#lastError : null;
    const last = this.#o.library.scrobbles.latest('lastfm');
    return {
      running: this.#loop !== null,
      configured: this.#configured,
      lastPollAt: this.#lastPollAt,
      nextPollAt: this.#nextPollAt,
      lastScrobble: last && { artist: last.artist, title: last.title, album: last.album, playedAt: last.playedAt },
      nowPlaying: this.#nowPlaying,
      consecutiveFailures: this.#failures,
      lastError: error?.message ?? null,
      trouble: troubleOf(error),
      otherUser: this.#otherUser,
      pagesSteppedOver: Math.max(this.#steppedOver.deep, this.#steppedOver.last),
      withheld: toldOf('loved', this.#state.lovesWithheld),
    };
  }

  /** How long ago the last poll came to a good end, or the following began, and how the polls since then went; null while it does not follow. */
  lag(): TrackerLag | null {
    if (this.#loop === null) return null;
    const secondsSince = (then: number) => Math.max(0, Math.floor((this.#o.clock.elapsed() - then) / 1000));
    return {
      seconds: secondsSince(this.#wellAt),
      intervalSeconds: this.#o.pollSeconds(),
      failedPolls: this.#failedPolls,
      failingSeconds: this.#failingSince === null ? null : secondsSince(this.#failingSince),
    };
  }

  /** Starts when it is configured and nobody stopped it. To be called at start and when settings change. */
  resume(): void {
    const wanted = this.#configured && this.#state.running !== false;
    if (!wanted) void this.#halt();
    else if (!this.#loop) this.#begin();
    else this.pollSoon();
  }

  /** A person's choice; it survives a restart. */
  start(): void {
    this.#save({ running: true });
    this.resume();
    this.#announce();
  }

  async stop(): Promise<void> {
    this.#save({ running: false });
    await this.#halt();
    this.#announce();
  }

  /** For the end of the process: the choice stays as it is. */
  async close(): Promise<void> {
    await this.#halt();
  }

  pollSoon(): void {
    this.#wake?.();
  }

  /** A person says that the configured user's plays belong in this journal too. */
  acceptUser(): void {
    const { user: former } = this.#state;
    const user = this.#o.username() ?? '';
    // What the former one has is on no list of this one: nothing of it ends by that.
    const joined =
      former !== undefined && !isSameUser(former, user)
        ? { former, at: nowSeconds(this.#o.clock) }
        : this.#state.joined;
    this.#save({ user, ...(joined && { joined, missingOnce: [] }) });
    this.#otherUser = null;
    this.pollSoon();
  }

  /** A person says that what was withheld may go: it does when one more reading says the same. */
  letGo(): void {
    this.#save({ lovesWithheld: agreed(this.#state.lovesWithheld) });
    this.#lovesRestUntil = -Infinity;
    this.#announce();
    this.pollSoon();
  }

  /** Told by the client of each failed attempt at once, so that the status never lags behind the retries. What others ask for is no poll. */
  attemptFailed(error: UpstreamError): void {
    if (!this.#isReading) return;
    this.#told = error;
    this.#failed(error);
  }

  /** A person had Last.fm asked once, by the client of `source`: what came of it holds until the next poll, which comes soon. */
  heard(outcome: 'well' | UpstreamError): void {
    if (this.#loop === null) return;
    if (outcome !== 'well') {
      this.#lastError = outcome;
      this.#announce();
      if (outcome.passing && outcome.kind !== 'rate-limited') this.pollSoon();
      return;
    }
    this.#answered = this.#o.source();
    if (isUpstreamError(this.#lastError)) this.#lastError = null;
    this.#announce();
    this.pollSoon();
  }

  #begin(): void {
    const loop = new AbortController();
    this.#loop = loop;
    this.#wellAt = this.#o.clock.elapsed();
    this.#failedPolls = 0;
    this.#failingSince = null;
    this.#deepDueAt = -Infinity;
    this.#deepFailures = 0;
    const { clock, log } = this.#o;
    void supervise('lastfm tracker', (signal) => this.#run(signal), {
      clock,
      log,
      signal: loop.signal,
      onTrouble: (error) => error && this.#failed(error),
    });
  }

  async #halt(): Promise<void> {
    this.#loop?.abort();
    this.#loop = null;
    this.#nextPollAt = null;
    this.#wake?.();
    await this.#polling?.catch(() => undefined);
    this.#show(null);
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let pause = this.#o.pollSeconds();
      this.#isReading = true;
      this.#polling = this.#poll(signal)
        .finally(() => (this.#isReading = false))
        .then(
          (answered) => this.#succeeded(answered),
          (error: unknown) => {
            if (!signal.aborted) pause = this.#pauseAfter(error);
          },
        );
      await this.#polling;
      if (signal.aborted) return;
      this.#nextPollAt = nowSeconds(this.#o.clock) + pause;
      this.#announce();
      await this.#wait(pause * 1000, signal);
    }
  }

  /** Sleeps until the next poll is due, or somebody wants it sooner. */
  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    const early = new AbortController();
    this.#wake = () => early.abort();
    await this.#o.clock.sleep(ms, AbortSignal.any([signal, early.signal])).catch((reason: unknown) => {
      if (!signal.aborted && !early.signal.aborted) throw reason;
    });
    this.#wake = null;
  }

  /** @returns who was read; null when nobody was. */
  async #poll(signal: AbortSignal): Promise<object | null> {
    const source = this.#o.source();
    if (!source) return null;
    this.#told = null;
    this.#refuseOtherUser();
    const now = nowSeconds(this.#o.clock);
    this.#lastPollAt = now;
    const beganAt = this.#o.clock.elapsed();
    const deep = beganAt >= this.#deepDueAt;
    const lastSeen = this.#state.lastSeen ?? now;
    const from = Math.max(0, Math.min(lastSeen - HOUR, deep ? now - LATE_DAYS * DAY : now));
    // Where the clock was set back, what is played now lies ahead of it.
    const to = likelySeconds(this.#o.library) + CLOCK_GRACE;
    const rest = (seconds: number) => this.#o.clock.sleep(seconds * 1000, signal);
    if (deep) this.#planDeep(beganAt, this.#deepFailures + 1);
    const reading = await readWindow(source, { from, to }, { rest, signal });
    signal.throwIfAborted();
    if (deep) await this.#readAgain(signal);
    await this.#record(reading, { from, to }, now, signal);
    if (deep) this.#planDeep(beganAt, 0);
    this.#steppedOver = {
      deep: deep ? reading.pagesSteppedOver : this.#steppedOver.deep,
      last: reading.pagesSteppedOver,
    };
    this.#show(reading.nowPlaying);
    const last = { at: this.#state.lovesReadAt ?? 0, withheld: this.#state.lovesWithheld ?? null };
    const read = await followLoves(source, this.#o.library.loves, {
      now,
      last,
      setAside: (entries, readAt) => {
        this.#o.library.setAside.keep('lastfm', 'loved', entries, source.reader);
        this.#o.library.setAside.settle('lastfm', 'loved', readAt);
      },
      ...(this.#state.joined?.former !== undefined && { otherOwner: this.#state.joined.former }),
      tell: this.#o.canTellLoves(),
      read: beganAt >= this.#lovesRestUntil,
      log: this.#o.log,
      signal,
    });
    if (read === null) this.#lovesRestUntil = beganAt + LOVES_REST_MS;
    else if (read !== last) {
      const { joined } = this.#state;
      this.#save({
        lovesReadAt: read.at,
        lovesWithheld: read.withheld,
        ...(joined && read.withheld === null && { joined: { at: joined.at } }),
      });
    }
    return source;
  }

  /** An hour after the last 15 days were read; after failures sooner, but never at once: what cannot be read must not keep new plays from coming. */
  #planDeep(beganAt: number, failures: number): void {
    this.#deepFailures = failures;
    const seconds = failures === 0 ? HOUR : Math.min(HOUR, this.#o.pollSeconds() * 2 ** failures);
    this.#deepDueAt = beganAt + seconds * 1000;
  }

  async #record(
    reading: Awaited<ReturnType<typeof readWindow>>,
    window: { from: number; to: number },
    now: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { library, log } = this.#o;
    const believed = reading.plays.filter((play) => {
      const refusal = stampRefusal(play.playedAt, likelySeconds(library));
      if (refusal) log.warn('play refused', { source: 'lastfm', refusal, playedAt: play.playedAt });
      return refusal === null;
    });
    const outcome = await reconcile(library.scrobbles, believed, window, { signal });
    this.#setAside(reading, window, now);
    if (outcome.back.length > 0)
      library.scrobbles.markGone(
        outcome.back.map((scrobble) => scrobble.id),
        false,
      );
    // What is listed but cannot be read may be what was recorded.
    const unread = new Set(reading.setAside.map(({ playedAt }) => playedAt));
    const ownSince = this.#state.joined?.at ?? -Infinity;
    const missing = outcome.missing.filter(
      (scrobble) => !scrobble.goneUpstream && !unread.has(scrobble.playedAt) && scrobble.playedAt >= ownSince,
    );
    this.#noticeGone(
      missing.map((scrobble) => scrobble.id),
      reading.complete && !unread.has(undefined),
    );
    await inSlices(believed, { signal }, (slice) => {
      for (const play of slice) if (play.loved !== undefined) library.loves.seenUpstream(play, play.loved);
    });
    if (reading.pagesSteppedOver > 0)
      log.warn('pages stepped over', { source: 'lastfm', pages: reading.pagesSteppedOver, ...window });
    // The next polls leave pages that could not be read to the readings of 15 days: what is played meanwhile is not on them.
    const seen = Math.max(this.#state.lastSeen ?? 0, reading.pagesSteppedOver > 0 ? now - HOUR : 0);
    const newest = believed.reduce((latest, play) => Math.max(latest, Math.min(play.playedAt, now)), seen);
    const user = this.#state.user ?? this.#o.username() ?? '';
    if (newest > (this.#state.lastSeen ?? 0) || user !== this.#state.user)
      this.#save({ lastSeen: newest || now, user });
    if (outcome.recorded + outcome.corrected > 0)
      log.info('plays recorded', { source: 'lastfm', recorded: outcome.recorded, corrected: outcome.corrected });
  }

  /** Entries that name no play are kept apart and counted; the rest of the window is recorded all the same. */
  #setAside(reading: Awaited<ReturnType<typeof readWindow>>, window: { from: number; to: number }, now: number): void {
    const { library, log, source } = this.#o;
    const fresh = library.setAside.keep('lastfm', 'plays', reading.setAside, source()?.reader ?? 0);
    if (fresh.length > 0)
      log.warn('plays set aside', {
        source: 'lastfm',
        count: fresh.length,
        reasons: [...new Set(fresh.map(({ reason }) => reason))],
      });
    if (reading.complete) library.setAside.settle('lastfm', 'plays', now, window);
  }

  /** A newer version may read what an older one set aside. */
  async #readAgain(signal: AbortSignal): Promise<void> {
    const { library, log, source } = this.#o;
    const lastfm = source();
    if (!lastfm) return;
    const taken = await library.setAside.reread('lastfm', 'plays', lastfm.reader, (raw) => this.takePlay(raw), {
      signal,
    });
    if (taken > 0) log.info('plays read again', { source: 'lastfm', taken });
  }

  /** Records a play that was set aside. @returns false when it still cannot be read. */
  takePlay(raw: unknown): boolean {
    const play = this.#o.source()?.readAgain(raw) ?? null;
    if (play === null || stampRefusal(play.playedAt, likelySeconds(this.#o.library)) !== null) return false;
    this.#o.library.scrobbles.record([toScrobble(play)]);
    return true;
  }

  /** Takes over a love that was set aside. @returns false when it still cannot be read. */
  takeLove(raw: unknown): boolean {
    const track = this.#o.source()?.readLoveAgain(raw) ?? null;
    if (track === null) return false;
    this.#o.library.loves.seenUpstream(track, true);
    return true;
  }

  /** One odd answer removes nothing: a play is marked gone when two complete readings in a row do not list it. */
  #noticeGone(missing: readonly number[], complete: boolean): void {
    if (!complete) return;
    const before = new Set(this.#state.missingOnce ?? []);
    const gone = missing.filter((id) => before.has(id));
    if (gone.length > 0) this.#o.library.scrobbles.markGone(gone, true);
    const once = missing.filter((id) => !before.has(id));
    if (once.length > 0 || before.size > 0) this.#save({ missingOnce: once });
  }

  #refuseOtherUser(): void {
    const configured = this.#o.username() ?? '';
    const recorded = this.#state.user;
    this.#otherUser = recorded !== undefined && !isSameUser(recorded, configured) ? { recorded, configured } : null;
    if (this.#otherUser) {
      throw new Error(
        `The journal holds the Last.fm history of ${recorded}. Nothing of ${configured} is read until you say in Settings that both belong together.`,
      );
    }
  }

  #succeeded(answered: object | null): void {
    this.#answered = answered;
    this.#failures = 0;
    this.#failedPolls = 0;
    this.#failingSince = null;
    this.#lastError = null;
    this.#wellAt = this.#o.clock.elapsed();
  }

  #failed(error: Error): void {
    this.#failures += 1;
    // What the library itself cannot do is told as such.
    if (!isDatabaseUnavailable(error)) this.#failingSince ??= this.#o.clock.elapsed();
    this.#lastError = error;
    this.#announce();
  }

  /** @returns seconds until the next try. */
  #pauseAfter(error: unknown): number {
    const failure = error instanceof Error ? error : new Error(String(error));
    if (failure !== this.#told) this.#failed(failure);
    if (!isDatabaseUnavailable(failure)) this.#failedPolls += 1;
    this.#o.log.warn('poll failed', { source: 'lastfm', error: failure });
    const usual = this.#o.pollSeconds();
    if (isDatabaseUnavailable(failure)) return Math.min(usual, FIRST_RETRY_SECONDS);
    if (!isUpstreamError(failure)) return usual;
    if (this.#nowPlaying && failure.kind !== 'rate-limited') this.#show(null);
    if (failure.retryAfterSeconds !== undefined && failure.kind === 'rate-limited')
      return Math.max(failure.retryAfterSeconds, Math.min(usual, FIRST_RETRY_SECONDS));
    if (!failure.passing) return usual;
    const sooner = Math.max(
      failure.retryAfterSeconds ?? 0,
      FIRST_RETRY_SECONDS * 2 ** Math.min(this.#failedPolls - 1, 6),
    );
    return Math.min(usual, sooner * (0.75 + Math.random() * 0.5));
  }

  #show(report: NowPlayingReport | null): void {
    this.#nowPlaying = report;
    this.#o.board.show(
      'lastfm',
      report && {
        place: 'lastfm',
        source: 'lastfm',
        state: 'playing',
        title: report.title,
        artist: report.artist,
        album: report.album ?? null,
        durationSeconds: report.durationSeconds ?? null,
        positionSeconds: null,
        at: this.#o.clock.now(),
        ...(report.loved === undefined ? {} : { loved: report.loved }),
      },
    );
  }

  #announce(): void {
    this.#o.onStatus(this.status());
  }

  #save(change: Partial<TrackerState>): void {
    this.#state = { ...this.#state, ...change };
    this.#o.library.states.set(SERVICE, this.#state);
  }
}
