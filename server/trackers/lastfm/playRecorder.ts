import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import { inSlices } from '../../kit/slices.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { RecentPlaysSource } from '../../upstreams/ports.ts';
import type { WindowReading } from './readWindow.ts';
import { reconcile, toScrobble } from './reconcile.ts';
import { likelySeconds, stampRefusal } from './stamps.ts';
import type { TrackerStore } from './trackerState.ts';

const HOUR = 3_600;

export interface PlayRecorderOptions {
  library: Library;
  log: Log;
  store: TrackerStore;
  loves: LoveReports;
  source: () => RecentPlaysSource | null;
  username: () => string | undefined;
}

/** What a reading of a window found, and when: seconds since the epoch, but for `askedAt`, which is by the clock that nobody sets. */
export interface FoundPlays {
  reading: WindowReading;
  window: { from: number; to: number };
  now: number;
  askedAt: number;
}

/** Brings the journal in line with what a reading of Last.fm found. */
export class PlayRecorder {
  readonly #o: PlayRecorderOptions;

  constructor(options: PlayRecorderOptions) {
    this.#o = options;
  }

  async record(found: FoundPlays, signal: AbortSignal): Promise<void> {
    const { reading, window, now, askedAt } = found;
    const { library, log, loves } = this.#o;
    const accepted = reading.plays.filter((play) => {
      const refusal = stampRefusal(play.playedAt, likelySeconds(library));
      if (refusal) log.warn('play refused', { source: 'lastfm', refusal, playedAt: play.playedAt });
      return refusal === null;
    });
    const outcome = await reconcile(library.scrobbles, accepted, window, { signal });
    this.#setAside(found);
    if (outcome.back.length > 0)
      library.scrobbles.markGone(
        outcome.back.map((scrobble) => scrobble.id),
        false,
      );
    // What is listed but cannot be read may be what was recorded.
    const unread = new Set(reading.setAside.map(({ playedAt }) => playedAt));
    const ownSince = this.#o.store.state.joined?.at ?? -Infinity;
    const missing = outcome.missing.filter(
      (scrobble) => !scrobble.goneUpstream && !unread.has(scrobble.playedAt) && scrobble.playedAt >= ownSince,
    );
    this.#noticeGone(
      missing.map((scrobble) => scrobble.id),
      reading.complete && !unread.has(undefined),
    );
    await inSlices(accepted, { signal }, (slice) => {
      for (const play of slice) if (play.loved !== undefined) loves.take(play, play.loved, askedAt);
    });
    if (reading.pagesSteppedOver > 0)
      log.warn('pages stepped over', { source: 'lastfm', pages: reading.pagesSteppedOver, ...window });
    this.#noteSeen(
      accepted.map(({ playedAt }) => playedAt),
      reading.pagesSteppedOver > 0 ? now - HOUR : 0,
      now,
    );
    if (outcome.recorded + outcome.corrected > 0)
      log.info('plays recorded', { source: 'lastfm', recorded: outcome.recorded, corrected: outcome.corrected });
  }

  /** A newer version may read what an older one set aside. */
  async readAgain(signal: AbortSignal): Promise<void> {
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
    const { library, source } = this.#o;
    const play = source()?.readAgain(raw) ?? null;
    if (play === null || stampRefusal(play.playedAt, likelySeconds(library)) !== null) return false;
    library.scrobbles.record([toScrobble(play)]);
    return true;
  }

  /** Takes over a love that was set aside. @returns false when it still cannot be read. */
  takeLove(raw: unknown): boolean {
    const track = this.#o.source()?.readLoveAgain(raw) ?? null;
    if (track === null) return false;
    this.#o.library.loves.seenUpstream(track, true);
    return true;
  }

  /**
   * The next polls read from the newest stamp, and leave pages that could not be read to the readings of 15 days: what is played
   * meanwhile is not on them. @param least where they read from at least, all of it in seconds since the epoch.
   */
  #noteSeen(stamps: readonly number[], least: number, now: number): void {
    const { store, username } = this.#o;
    const lastSeen = store.state.lastSeen ?? 0;
    const newest = stamps.reduce((latest, stamp) => Math.max(latest, Math.min(stamp, now)), Math.max(lastSeen, least));
    const user = store.state.user ?? username() ?? '';
    if (newest > lastSeen || user !== store.state.user) store.save({ lastSeen: newest || now, user });
  }

  /** Entries that name no play are set aside and counted; the rest of the window is recorded all the same. */
  #setAside({ reading, window, now }: FoundPlays): void {
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

  /** One odd answer removes nothing: a play is marked gone when two complete readings in a row do not list it. */
  #noticeGone(missing: readonly number[], complete: boolean): void {
    if (!complete) return;
    const { library, store } = this.#o;
    const before = new Set(store.state.missingOnce ?? []);
    const gone = missing.filter((id) => before.has(id));
    if (gone.length > 0) library.scrobbles.markGone(gone, true);
    const once = missing.filter((id) => !before.has(id));
    if (once.length > 0 || before.size > 0) store.save({ missingOnce: once });
  }
}
