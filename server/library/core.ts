import type { ServerTime } from '#shared/primitives/moments.ts';
import type { Clock } from '../kit/clock.ts';
import type { Log } from '../kit/log.ts';
import type { Availability } from './api/availability.ts';
import type { Database } from './database/database.ts';
import type { ChangeFeed } from './feed/changeFeed.ts';
import type { FollowUpNotes } from './jobs/followUpNotes.ts';
import type { LocalDays } from './settings/localDays.ts';
import type { SearchIndex } from './search/searchIndex.ts';

/** Ids by which tracks and listens were known before each became one with another. */
export interface Redirects {
  /** The id under which it is known today; the same id where it leads nowhere else. */
  resolveId(kind: 'track' | 'listen', id: number): number;
  /** Notes that what was `former` is now part of `id`. */
  keep(kind: 'track' | 'listen', former: number, id: number): void;
}

/** What every part of the library works with. */
export interface Core {
  readonly db: Database;
  readonly availability: Availability;
  readonly feed: ChangeFeed;
  readonly search: SearchIndex;
  readonly clock: Clock;
  readonly log: Log;
  readonly days: LocalDays;
  /** What is to be done once the transaction is over, because it takes longer than one may. */
  readonly followUps: FollowUpNotes;
  readonly redirects: Redirects;
  /** When what is being written arrived, milliseconds since the epoch; never goes back, whatever the clock does. */
  readonly received: () => number;
  /** What is known of the time. */
  readonly time: () => ServerTime;
}

/** Now, as the `created_at` and `updated_at` columns hold it. */
export const isoNow = (core: Pick<Core, 'clock'>): string => new Date(core.clock.now()).toISOString();

/** A list as one bound value, for `IN (SELECT value FROM json_each(?))`. */
export const listed = (values: Iterable<string | number>): string => JSON.stringify([...values]);
