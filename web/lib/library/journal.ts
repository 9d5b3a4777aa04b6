import { createCalendar, isTimeZone, type Calendar } from '#shared/journal/calendar.ts';
import { JournalColumns } from '#shared/journal/columns.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
import type { JournalPage } from '#shared/journal/page.ts';
import { JournalPageError } from '#shared/journal/pageError.ts';
import { takeRows } from '#shared/journal/rows.ts';
import type { Changes } from '../replica/types.ts';
import type { Catalogue } from './catalogue.ts';
import { rowsThatPass } from './journalFilter.ts';
import { DaysOfRows, listens, type ViewContext } from './journalView.ts';
import { pendingListens } from './pendingListens.ts';
import type { OptimisticState } from '#shared/mutations/optimisticState.ts';
import { NO_MUTATIONS } from './optimisticState.ts';
import type { Signal } from './signal.ts';
import type { TurntableListens } from './turntable.ts';
import type { Journal, JournalDay, JournalFilter, JournalListen, JournalView } from './types.ts';

/** Filtered views cached while a person goes back and forth. */
const CACHED_VIEWS = 4;

/** The whole listening history in memory, with what this device added or took away and the server has not confirmed. */
export class JournalStore implements Journal {
  readonly signal: Signal;
  readonly #catalogue: Catalogue;
  #base: JournalColumns;
  #optimistic: OptimisticState = NO_MUTATIONS;
  #turntable: TurntableListens = { added: [], takenBack: [] };
  #shown: JournalColumns | undefined;
  #pending: ReadonlyMap<number, string | null> = new Map();
  /** The catalogue's version in which an added listen found no album yet. */
  #placedBy: number | undefined;
  #days: DaysOfRows | undefined;
  #daysBefore: DaysOfRows | undefined;
  #calendar: Calendar;
  #complete = false;
  #version = 0;
  readonly #views = new Map<string, { version: number; days: DaysOfRows }>();
  /** Listens deleted in this session: their return is shown before the server has sent it. */
  readonly #deleted = new Map<number, Listen>();

  /** @param now by the server's clock, as far as this device knows it, in milliseconds since the epoch. */
  constructor(catalogue: Catalogue, signal: Signal, now?: () => number) {
    this.#catalogue = catalogue;
    this.#base = JournalColumns.fromPages([], now);
    this.signal = signal;
    this.#calendar = createCalendar(Intl.DateTimeFormat().resolvedOptions().timeZone);
  }

  get version(): number {
    this.#place();
    return this.#version;
  }

  get length(): number {
    return this.columns.length;
  }

  get complete(): boolean {
    this.signal.track();
    return this.#complete;
  }

  get dayCount(): number {
    return this.#table().dayCount;
  }

  get calendar(): Calendar {
    this.signal.track();
    return this.#calendar;
  }

  /** Every listen as this device shows it. */
  get columns(): JournalColumns {
    this.#place();
    if (!this.#shown) {
      const { hidden, extra, pending } = pendingListens(this.#base, this.#wanted, this.#deleted, this.#catalogue);
      this.#pending = pending;
      this.#placedBy = extra.some(({ ownerId }) => ownerId === 0) ? this.#catalogue.version : undefined;
      this.#shown = this.#base.without(hidden).withExtra(extra);
    }
    return this.#shown;
  }

  day(index: number): JournalDay | undefined {
    return this.#table().day(index);
  }

  dayIndexOf(date: string): number {
    return this.#table().dayIndexOf(date);
  }

  listen(id: number): JournalListen | undefined {
    const { columns } = this;
    const row = columns.indexOf(id);
    return row < 0 ? undefined : listens(columns, row, row + 1, this.#context())[0];
  }

  onDate(date: string): readonly JournalListen[] {
    const { columns, calendar } = this;
    const [start, end] = columns.indexRange(calendar.dayStart(date), calendar.dayEnd(date));
    // The stamp of an unknown date falls on a day of its own; it is no listen of that day.
    return listens(columns, start, end, this.#context()).filter(({ playedAt }) => playedAt !== DATE_UNKNOWN);
  }

  filtered(filter: JournalFilter): JournalView {
    const days = (): DaysOfRows => this.#filteredDays(filter);
    const version = (): number => this.version;
    return {
      get version() {
        return version();
      },
      get length() {
        return days().length;
      },
      get dayCount() {
        return days().dayCount;
      },
      day: (index) => days().day(index),
      dayIndexOf: (date) => days().dayIndexOf(date),
    };
  }

  setPages({ documents, removed }: Changes<JournalPage>): void {
    try {
      this.#base = this.#base.withPages(documents, removed);
    } catch (error) {
      if (!(error instanceof JournalPageError)) throw error;
      this.#setOneByOne(documents, removed);
    }
    this.#changed();
  }

  setComplete(): void {
    this.#complete = true;
    this.#changed();
  }

  setOptimistic(state: OptimisticState): void {
    this.#optimistic = state;
    this.#changed();
  }

  /** What plays at the turntable has been heard, or was taken back. */
  setTurntable(listens: TurntableListens): void {
    if (JSON.stringify(listens) === JSON.stringify(this.#turntable)) return;
    this.#turntable = listens;
    this.#changed();
  }

  setTimeZone(timeZone: string): void {
    if (timeZone === this.#calendar.timeZone || !isTimeZone(timeZone)) return;
    this.#calendar = createCalendar(timeZone);
    this.#daysBefore = undefined;
    this.#days = undefined;
    this.#views.clear();
    this.#changed();
  }

  /** Remembers a listen that is about to be deleted, with what a person wrote about it that the server has not sent back. */
  remember(id: number): void {
    const { columns } = this;
    const row = columns.indexOf(id);
    if (row >= 0 && this.#base.indexOf(id) >= 0) this.#deleted.set(id, columns.listen(row));
  }

  /** A listen that was deleted in this session. */
  remembered(id: number): Listen | undefined {
    return this.#deleted.get(id);
  }

  /** The person's mutations, and what is heard at the turntable by their word. */
  get #wanted(): OptimisticState {
    const { added, takenBack } = this.#turntable;
    if (added.length === 0 && takenBack.length === 0) return this.#optimistic;
    return {
      ...this.#optimistic,
      added: [...this.#optimistic.added, ...added],
      takenBack: [...this.#optimistic.takenBack, ...takenBack],
    };
  }

  /** A page that contradicts itself must not take the others with it. */
  #setOneByOne(pages: readonly JournalPage[], removed: readonly string[]): void {
    this.#base = this.#base.withPages([], removed);
    for (const page of pages) {
      try {
        this.#base = this.#base.withPages([page]);
      } catch (error) {
        if (!(error instanceof JournalPageError)) throw error;
        reportError(error);
      }
    }
  }

  #changed(): void {
    this.#forget();
    this.signal.bump();
  }

  /** An added listen finds its album once the catalogue has it. */
  #place(): void {
    this.signal.track();
    if (this.#placedBy === undefined) return;
    this.#catalogue.signal.track();
    if (this.#placedBy !== this.#catalogue.version) this.#forget();
  }

  #forget(): void {
    this.#version++;
    this.#shown = undefined;
    this.#placedBy = undefined;
    if (this.#days) this.#daysBefore = this.#days;
    this.#days = undefined;
  }

  #table(): DaysOfRows {
    const { columns } = this;
    this.#days ??= new DaysOfRows(columns, this.#context(), this.#daysBefore);
    return this.#days;
  }

  #filteredDays(filter: JournalFilter): DaysOfRows {
    const { columns } = this;
    this.#catalogue.signal.track();
    const key = JSON.stringify(filter);
    const version = this.#version + this.#catalogue.version;
    const known = this.#views.get(key);
    if (known?.version === version) return known.days;
    const rows = takeRows(columns, rowsThatPass(filter, columns, this.#catalogue.index, this.#calendar));
    const days = new DaysOfRows(rows, this.#context(), known?.days);
    this.#views.delete(key);
    this.#views.set(key, { version, days });
    if (this.#views.size > CACHED_VIEWS) this.#views.delete(this.#views.keys().next().value!);
    return days;
  }

  #context(): ViewContext {
    const { columns } = this;
    const pending = this.#pending;
    return {
      calendar: this.#calendar,
      zoneName: (zone) => columns.zones.nameOf(zone),
      noteOf: (id) => columns.listen(columns.indexOf(id)).note,
      pendingGroup: (id) => pending.get(id),
      timeOf: (trackId) => {
        this.#catalogue.signal.track();
        return this.#catalogue.playingTime(trackId);
      },
    };
  }
}
