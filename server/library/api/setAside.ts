import type { SetAsideCount as AnsweredCount, SetAsideEntry } from '#shared/api/services.ts';
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

/** What the library knows of the count that is answered: whether these can be read anew, it does not. */
export type SetAsideCount = Omit<AnsweredCount, 'canRetry'>;

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
  page(service: string, request: PageRequest): Page<SetAsideEntry>;
}
