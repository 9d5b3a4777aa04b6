import type { Pace } from '../../kit/slices.ts';
import type { Page, PageRequest } from './page.ts';

/** An entry of another service's list that could not be read, as it is handed over. */
export interface EntryToSetAside {
  /** `no-artist`, `no-title`, `no-date` or `unreadable`. */
  reason: string;
  /** The moment it speaks of, seconds since the epoch, where that can be read. */
  playedAt?: number | undefined;
  raw: unknown;
}

export interface SetAsideCount {
  service: string;
  list: string;
  reason: string;
  count: number;
  /** Seconds since the epoch. */
  lastSeenAt: number;
}

export interface SetAsideItem {
  id: number;
  list: string;
  reason: string;
  /** The entry as it came, JSON, perhaps only its beginning. */
  raw: string;
  firstSeenAt: number;
  lastSeenAt: number;
}

/** Entries that could not be read, stored for people to see and for a newer version to read. */
export interface SetAsideEntries {
  /** Keeps entries, each once however often it is listed. @returns those that were not known. */
  keep<E extends EntryToSetAside>(service: string, list: string, entries: readonly E[], reader: number): E[];
  /** The list was read whole: what it held and holds no longer goes. A window narrows it to entries that speak of moments in [from, to). */
  settle(service: string, list: string, readAt: number, window?: { from: number; to: number }): void;
  /**
   * Offers those that an older reader could not read, and at a person's request (`all`) whatever could not be read; one that is taken
   * goes. A few at a time, each few in one transaction.
   * @returns how many were taken.
   */
  reread(
    service: string,
    list: string,
    reader: number | 'all',
    take: (raw: unknown) => boolean,
    pace?: Pace,
  ): Promise<number>;
  counts(): SetAsideCount[];
  page(service: string, request: PageRequest): Page<SetAsideItem>;
}
