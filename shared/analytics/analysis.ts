import type { Calendar } from '../journal/calendar.ts';
import type { JournalColumns } from '../journal/columns.ts';
import { isPossibleMonth } from '../primitives/moments.ts';
import type { LibraryIndex } from './libraryIndex.ts';
import type { MonthlyRollup } from './rollup.ts';

/** How many results the cache holds, those last asked for: a year's review looks at twelve months, four ways each. */
const MAX_CACHED = 128;

export interface AnalysisSources {
  journal: JournalColumns;
  library: LibraryIndex;
  calendar: Calendar;
  /** What is left of months whose listens were archived; journal + rollups = everything. */
  rollups?: readonly MonthlyRollup[];
}

/**
 * The journal, the library and a calendar, looked at together. Every function of analytics takes one; what several of them need
 * is derived once and cached here until the library changes. A changed journal makes a new analysis.
 *
 * A listen of a track that no document carries (yet) counts as a listen of the period, and nowhere else.
 */
export class Analysis {
  readonly journal: JournalColumns;
  readonly library: LibraryIndex;
  readonly calendar: Calendar;
  readonly rollups: readonly MonthlyRollup[];
  readonly #derived = new Map<string, unknown>();
  #libraryVersion: number;

  constructor({ journal, library, calendar, rollups = [] }: AnalysisSources) {
    this.journal = journal;
    this.library = library;
    this.calendar = calendar;
    // One month far off would stretch every count of days.
    this.rollups = rollups.filter(({ id }) => isPossibleMonth(id));
    this.#libraryVersion = library.version;
  }

  /** What `make` gives, cached under `key` until the library changes. One key must always stand for the same kind of value. */
  derive<T>(key: string, make: () => T): T {
    if (this.#libraryVersion !== this.library.version) {
      this.#derived.clear();
      this.#libraryVersion = this.library.version;
    }
    const known = this.#derived.has(key);
    const value = known ? (this.#derived.get(key) as T) : make();
    if (known) this.#derived.delete(key);
    this.#derived.set(key, value);
    if (this.#derived.size > MAX_CACHED) {
      const [oldest] = this.#derived.keys();
      this.#derived.delete(oldest!);
    }
    return value;
  }
}
