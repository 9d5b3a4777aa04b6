import { agreed } from '../../kit/absence.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import type { LoveReports } from '../../outbox/lastfm/loveReports.ts';
import type { RecentPlaysSource } from '../../upstreams/ports.ts';
import { followLoves } from './loves.ts';
import type { TrackerStore } from './trackerState.ts';

/** After the list could not be read until it is asked for again. */
const REST_MS = 900_000;

export interface LoveFollowerOptions {
  library: Library;
  log: Log;
  store: TrackerStore;
  loves: LoveReports;
}

/** Keeps the loves here in step with Last.fm's whole list, and remembers how far that is. */
export class LoveFollower {
  readonly #o: LoveFollowerOptions;
  /** By the clock that nobody sets. */
  #restUntil = -Infinity;

  constructor(options: LoveFollowerOptions) {
    this.#o = options;
  }

  /** A person says that what was withheld may go: it does when one more reading says the same. */
  removeWithheld(): void {
    const { store } = this.#o;
    store.save({ lovesWithheld: agreed(store.state.lovesWithheld) });
    this.#restUntil = -Infinity;
  }

  /**
   * Reads the list where that is due. A failure is left for a later poll: the plays of this one are recorded already.
   * @param now seconds since the epoch. @param askedAt by the clock that nobody sets.
   */
  async follow(
    source: RecentPlaysSource,
    { now, askedAt }: { now: number; askedAt: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (askedAt < this.#restUntil) return;
    const { library, store, loves, log } = this.#o;
    const { lovesReadAt, lovesWithheld, joined } = store.state;
    const last = { at: lovesReadAt ?? 0, withheld: lovesWithheld ?? null };
    const read = await followLoves(source, library.loves, {
      now,
      last,
      reports: loves,
      setAside: (entries, readAt) => {
        library.setAside.keep('lastfm', 'loved', entries, source.reader);
        library.setAside.settle('lastfm', 'loved', readAt);
      },
      ...(joined?.former !== undefined && { otherOwner: joined.former }),
      log,
      signal,
    });
    if (read === null) this.#restUntil = askedAt + REST_MS;
    else if (read !== last) {
      const { joined: since } = store.state;
      store.save({
        lovesReadAt: read.at,
        lovesWithheld: read.withheld,
        ...(since && read.withheld === null && { joined: { at: since.at } }),
      });
    }
  }
}
