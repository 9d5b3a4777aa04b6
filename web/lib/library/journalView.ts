import { sliceRows } from '#shared/journal/assemble.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { dayKeyOf, parseDayKey } from '#shared/journal/dates.ts';
import { DATE_UNKNOWN, ListenSources } from '#shared/journal/listen.ts';
import { dropRows, GONE_UPSTREAM, HAS_NOTE, lowerBound, type ListenRows } from '#shared/journal/rows.ts';
import { groupIntoDays, type DayTable } from './days.ts';
import type { DaySummary, JournalDay, JournalListen, JournalRun } from './types.ts';

/** What a view needs beside its rows. */
export interface ViewContext {
  calendar: Calendar;
  zoneName(index: number): string | undefined;
  noteOf(listenId: number): string | undefined;
  /** The group of an added listen that waits; null for another pending listen; undefined for one that is not pending. */
  pendingGroup(listenId: number): string | null | undefined;
  /** Seconds; 0 where unknown. */
  durationOf(trackId: number): number;
}

/** Listens as days, newest first. Made once for each state of the journal; a day that did not change is taken over. */
export class DaysOfRows {
  readonly length: number;
  readonly #context: ViewContext;
  readonly #rows: ListenRows;
  readonly #unknown: ListenRows;
  readonly #table: DayTable;
  readonly #days = new Map<number, Day>();
  /** The days of the state before this one. */
  readonly #daysBefore: ReadonlyMap<number, Day> | undefined;

  constructor(rows: ListenRows, context: ViewContext, before?: DaysOfRows) {
    this.length = rows.length;
    this.#context = context;
    const [from, to] = [lowerBound(rows, DATE_UNKNOWN), lowerBound(rows, DATE_UNKNOWN + 1)];
    this.#rows = dropRows(rows, Array.from({ length: to - from }, (_, index) => from + index));
    this.#unknown = sliceRows(rows, from, to);
    this.#table = groupIntoDays(this.#rows, context.calendar);
    this.#daysBefore = before && before.#days;
  }

  get dayCount(): number {
    return this.#table.days.length + (this.#unknown.length > 0 ? 1 : 0);
  }

  day(index: number): JournalDay | undefined {
    const { days, rows, runs, runRows } = this.#table;
    const at = days.length - 1 - index;
    if (at < -1 || index < 0 || (at === -1 && this.#unknown.length === 0)) return undefined;
    if (at === -1) return this.#made(-1, () => new Day(null, this.#unknown, [...this.#unknown.time.keys()], this.#context));
    const day = days[at]!;
    return this.#made(day, () => {
      const own = sliceRows(this.#rows, rows[at]!, rows[at + 1]!);
      const starts = runRows.slice(runs[at], runs[at + 1]).map((row) => row - rows[at]!);
      return new Day(dayKeyOf(day), own, starts, this.#context);
    });
  }

  dayIndexOf(date: string): number {
    const day = parseDayKey(date);
    const { days } = this.#table;
    let [low, high] = [0, days.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.dayCount : days.length - low;
  }

  #made(key: number, make: () => Day): Day {
    let day = this.#days.get(key);
    if (day) return day;
    day = make();
    const before = this.#daysBefore?.get(key);
    if (before?.signature === day.signature) day = before;
    this.#days.set(key, day);
    return day;
  }
}

class Day implements JournalDay {
  readonly date: string | null;
  readonly listenCount: number;
  readonly runSizes: readonly number[];
  readonly #rows: ListenRows;
  readonly #starts: readonly number[];
  readonly #context: ViewContext;
  #runs: readonly JournalRun[] | undefined;
  #signature: string | undefined;

  constructor(date: string | null, rows: ListenRows, starts: readonly number[], context: ViewContext) {
    this.date = date;
    this.listenCount = rows.length;
    this.#rows = rows;
    this.#starts = starts;
    this.#context = context;
    this.runSizes = starts.map((start, index) => (starts[index + 1] ?? rows.length) - start).reverse();
  }

  get runCount(): number {
    return this.#starts.length;
  }

  get runs(): readonly JournalRun[] {
    this.#runs ??= this.#starts
      .map((start, index) => this.#run(start, this.#starts[index + 1] ?? this.#rows.length))
      .reverse();
    return this.#runs;
  }

  get summary(): DaySummary {
    const hours = new Array<number>(24).fill(0);
    let seconds = 0;
    for (let row = 0; row < this.#rows.length; row++) {
      seconds += this.#context.durationOf(this.#rows.track[row]!);
      if (this.date !== null) hours[this.#context.calendar.hour(this.#rows.time[row]!)]! += 1;
    }
    return { listens: this.listenCount, minutes: Math.round(seconds / 60), hours };
  }

  /** Two days of the same signature look the same. */
  get signature(): string {
    this.#signature ??= JSON.stringify([this.date, this.#starts, listens(this.#rows, 0, this.#rows.length, this.#context)]);
    return this.#signature;
  }

  #run(start: number, end: number): JournalRun {
    const holder = this.#rows.holder[start]!;
    return {
      key: `${this.date ?? 'unknown'}:${this.#rows.id[start]!}`,
      albumId: holder > 0 ? String(holder) : null,
      listens: listens(this.#rows, start, end, this.#context).reverse(),
    };
  }
}

/** Rows as objects, oldest first. */
export function listens(rows: ListenRows, start: number, end: number, context: ViewContext): JournalListen[] {
  const made: JournalListen[] = [];
  for (let row = start; row < end; row++) {
    const id = rows.id[row]!;
    const zone = context.zoneName(rows.zone[row]!);
    const note = rows.flags[row]! & HAS_NOTE ? context.noteOf(id) : undefined;
    const group = context.pendingGroup(id);
    made.push({
      id,
      playedAt: rows.time[row]!,
      trackId: rows.track[row]!,
      holder: rows.holder[row]!,
      source: ListenSources[rows.source[row]!]!,
      witnesses: rows.witnesses[row]!,
      goneUpstream: (rows.flags[row]! & GONE_UPSTREAM) !== 0,
      pending: group !== undefined,
      ...(zone !== undefined && { zone }),
      ...(note !== undefined && { note }),
      ...(typeof group === 'string' && { group }),
    });
  }
  return made;
}
