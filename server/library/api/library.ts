import type { Availability } from './availability.ts';
import type { Probe } from './probe.ts';
import type { Scrobbles } from './scrobbles.ts';
import type { Loves } from './loves.ts';
import type { Turntable } from './turntable.ts';
import type { ScrobbleOutbox } from './scrobbleOutbox.ts';
import type { Beginning, LibraryIdentity } from './libraryIdentity.ts';
import type { Feed } from './feed.ts';
import type { Mutations } from './mutations.ts';
import type { Reads } from './reads.ts';
import type { ServiceStates, Settings } from './settings.ts';
import type { SetAsideEntries } from './setAside.ts';
import type { Playlists } from './playlists.ts';
import type { Household } from './household.ts';
import type { Devices } from './devices.ts';
import type { Images } from './images.ts';
import type { Shelf } from './shelf.ts';
import type { Facts } from './facts.ts';
import type { EnrichmentQueue } from './enrichment.ts';
import type { JobRuns } from './jobs.ts';
import type { Rollups } from './rollups.ts';
import type { FollowUps } from './followUps.ts';
import type { Retention } from './retention.ts';
import type { Archive } from './archive.ts';
import type { Rebuild } from './rebuild.ts';
import type { Reresolution, ReresolveOptions } from './reresolve.ts';
import type { ServerTime } from '#shared/primitives/moments.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';

/** The library: one libSQL file, one writer. Methods are synchronous; each write is durable when it returns. */
export interface Library {
  readonly file: string;
  readonly availability: Availability;
  readonly probe: Probe;
  readonly scrobbles: Scrobbles;
  readonly loves: Loves;
  readonly turntable: Turntable;
  readonly scrobbleOutbox: ScrobbleOutbox;
  /** Whose library it is, and in which of its lives. */
  readonly life: LibraryIdentity;
  readonly feed: Feed;
  readonly mutations: Mutations;
  readonly reads: Reads;
  readonly settings: Settings;
  readonly states: ServiceStates;
  readonly setAside: SetAsideEntries;
  readonly playlists: Playlists;
  readonly household: Household;
  readonly devices: Devices;
  readonly images: Images;
  readonly shelf: Shelf;
  readonly facts: Facts;
  readonly queue: EnrichmentQueue;
  readonly jobRuns: JobRuns;
  readonly rollups: Rollups;
  readonly followUps: FollowUps;
  readonly retention: Retention;
  readonly archive: Archive;
  readonly rebuild: Rebuild;
  /** Applies today's rule for "the same listen" to the whole evidence; see `npm run reresolve`. */
  reresolve(options?: ReresolveOptions): Promise<Reresolution>;
  /**
   * When a device wrote something, in milliseconds of the library's own time: as long ago as the device's clock says, never later
   * than now. @param madeAt by the device's clock and its `offset`. @param deviceNow the device's clock without it, where it says.
   */
  writtenWhen(madeAt: number, device: { now?: number; offset?: number }): number;
  /** What it knows of the time. */
  time(): ServerTime;
  /** Several writes as one: all of them or none. */
  atomically<T>(work: () => T): T;
  /** Writes a verified copy of what is open, wherever its file is by now. @throws when it cannot be written or is not sound. */
  copyTo(path: string): void;
  close(): void;
}

export interface LibraryOptions {
  /** Path of `musique.db`; made with its folder when it is not there. */
  file: string;
  clock: Clock;
  log: Log;
  /** IANA name the household begins with; once it has chosen one, the chosen one holds. */
  timeZone: string;
  /** Where copies from before a migration go. */
  backupsDir: string;
  /** How a library begins where there is none yet. */
  begin?: Beginning;
  /** Texts in the file were found not to be UTF-8: they are mended first. */
  unreadableTexts?: boolean;
}
