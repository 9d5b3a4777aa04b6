import type { DiscogsImport } from '#shared/api/discogs.ts';
import type { Progress } from '#shared/sync/stream.ts';
import type { Withheld } from '../../kit/absence.ts';
import { NEVER_RUN, type ResumableRun } from '../../kit/background/resumableRun.ts';
import type { Clock } from '../../kit/clock.ts';
import type { Log } from '../../kit/log.ts';
import type { ServiceStates } from '../../library/api/settings.ts';
import type { SetAsideEntries } from '../../library/api/setAside.ts';
import type { Shelf } from '../../library/api/shelf.ts';
import type { DiscogsClient } from '../../upstreams/discogs/index.ts';

export interface ImportState extends Omit<DiscogsImport, 'withheld'> {
  /** Identifies what this pass saw. A pass goes on under its name after a crash. */
  pass: string;
  /** False once a page shifted or could not be read whole: then the pass may not say what was sold. */
  whole: boolean;
  /** The account that is read, by its number, which a new name does not change. */
  userId?: number;
  /** Whose collection is on the shelf; earlier versions knew the name alone. */
  owner?: string;
  ownerId?: number;
  kept?: Partial<Record<ListName, Withheld | null>>;
}

export type ListName = 'collection' | 'wants';
export const LISTS: readonly ListName[] = ['collection', 'wants'];

/** The state before any import ran. */
export const idle: ImportState = {
  ...NEVER_RUN,
  page: 0,
  pages: 0,
  added: 0,
  changed: 0,
  removed: 0,
  unreadable: 0,
  username: null,
  pass: '',
  whole: true,
};

export interface DiscogsImportOptions {
  shelf: Shelf;
  states: ServiceStates;
  setAside: SetAsideEntries;
  clock: Clock;
  log: Log;
  client: () => DiscogsClient | null;
  onProgress: (progress: Progress) => void;
  /** Writes as soon as the library can be written to. */
  written: <T>(work: () => T, signal: AbortSignal) => Promise<T>;
  /** Albums that came or changed, to be enriched and compared with what was heard. */
  onAlbums: (albumIds: readonly number[]) => void;
}

/** What the steps of an import work with: its options, and the run that persists how far it is. */
export interface ImportContext extends DiscogsImportOptions {
  run: ResumableRun<ImportState>;
}
