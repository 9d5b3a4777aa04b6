import type { Core } from '../core.ts';
import type { Snapshot } from './snapshots.ts';

/** The place of the next merge among all of albums and artists: they are undone in the reverse order. */
export const nextMerge = (core: Core): number =>
  core.db.get<{ nth: number }>(
    'SELECT max(ifnull((SELECT max(nth) FROM album_merges), 0), ifnull((SELECT max(nth) FROM artist_aliases), 0)) + 1 AS nth',
  )!.nth;

/** What is known of a merge that is made again. */
export interface Again {
  /** When a person or matching made it. */
  createdAt: string;
  /** Columns of the survivor that were written since: it is given nothing there. */
  said: readonly string[];
}

/** A merge that was undone. */
export interface Undone {
  /** What was said since of tracks that another was merged into. */
  tracks: Snapshot[];
  /** Makes the same merge again. */
  redo: () => void;
}
