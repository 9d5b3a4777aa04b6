import { addTimes, type PlayingTime } from '#shared/analytics/playingTime.ts';
import { sliceRows } from '#shared/journal/assemble.ts';
import type { Calendar } from '#shared/journal/calendar.ts';
import { dayKeyOf, parseDayKey } from '#shared/journal/dates.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import { DATE_UNKNOWN } from '#shared/primitives/moments.ts';
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
  timeOf(trackId: number): PlayingTime;
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
    this.#rows = dropRows(
      rows,
      Array.from({ length: to - from }, (_, index) => from + index),
    );
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
    const number = at === -1 ? UNKNOWN_DAY : days[at]!;
    const known = this.#days.get(number);
    if (known) return known;
    const day =
      at === -1
        ? new Day(null, this.#unknown, [...this.#unknown.time.keys(), this.#unknown.length], this.#context)
        : new Day(
            dayKeyOf(number),
            this.#rows,
            runRows.slice(runs[at], runs[at + 1]).concat(rows[at + 1]!),
            this.#context,
          );
    const before = this.#daysBefore?.get(number);
    const same = before?.signature === day.signature;
    if (same) before.moveTo(day);
    this.#days.set(number, same ? before : day);
    return same ? before : day;
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
}

class Day implements JournalDay {
  readonly date: string | null;
  #rows: ListenRows;
  /** First row of each run, oldest first; one more at the end. */
  #starts: readonly number[];
  #context: ViewContext;
  #runs: readonly JournalRun[] | undefined;
  #runSizes: readonly number[] | undefined;
  #signature: number | undefined;

  constructor(date: string | null, rows: ListenRows, starts: readonly number[], context: ViewContext) {
    this.date = date;
    this.#rows = rows;
    this.#starts = starts;
    this.#context = context;
  }

  get listenCount(): number {
    return this.#end - this.#start;
  }

  get runCount(): number {
    return this.#starts.length - 1;
  }

  get runSizes(): readonly number[] {
    this.#runSizes ??= this.#starts
      .slice(1)
      .map((end, index) => end - this.#starts[index]!)
      .reverse();
    return this.#runSizes;
  }

  get runs(): readonly JournalRun[] {
    this.#runs ??= this.#starts
      .slice(1)
      .map((end, index) => this.#run(this.#starts[index]!, end))
      .reverse();
    return this.#runs;
  }

  get summary(): DaySummary {
    const hours = new Array<number>(24).fill(0);
    for (let row = this.#start; row < this.#end; row++) {
      if (this.date !== null) hours[this.#context.calendar.hour(this.#rows.time[row]!)]! += 1;
    }
    const times = Array.from(this.#rows.track.subarray(this.#start, this.#end), (trackId) =>
      this.#context.timeOf(trackId),
    );
    return { listens: this.listenCount, time: addTimes(times), hours };
  }

  /** Stands for the same day in a newer state of the journal, so that the older one need not stay in memory for it. */
  moveTo(same: Day): void {
    this.#rows = same.#rows;
    this.#starts = same.#starts;
    this.#context = same.#context;
  }

  /** Two states of a day with the same signature look the same. */
  get signature(): number {
    this.#signature ??= signatureOf(this.#rows, this.#start, this.#end, this.#context);
    return this.#signature;
  }

  get #start(): number {
    return this.#starts[0]!;
  }

  get #end(): number {
    return this.#starts[this.#starts.length - 1]!;
  }

  #run(start: number, end: number): JournalRun {
    const ownerId = this.#rows.owner[start]!;
    return {
      key: `${this.date ?? 'unknown'}:${this.#rows.id[start]!}`,
      albumId: ownerId > 0 ? String(ownerId) : null,
      listens: listens(this.#rows, start, end, this.#context).reverse(),
    };
  }
}

const UNKNOWN_DAY = -Infinity;

/** 32 bits over everything that a day shows (FNV-1a's mixing). */
function signatureOf(rows: ListenRows, start: number, end: number, context: ViewContext): number {
  let sum = end - start;
  const mix = (value: number): void => {
    sum = Math.imul(sum ^ value, 16_777_619);
  };
  for (let row = start; row < end; row++) {
    const id = rows.id[row]!;
    mix(id);
    mix(rows.time[row]!);
    mix(rows.track[row]!);
    mix(rows.owner[row]!);
    mix(rows.flags[row]! | (rows.source[row]! << 8) | (rows.reportCount[row]! << 16));
    mix(rows.zone[row]!);
    const group = context.pendingGroup(id);
    if (group !== undefined) mix(group === null ? 1 : 2);
    if (rows.flags[row]! & HAS_NOTE) for (const letter of context.noteOf(id) ?? '') mix(letter.codePointAt(0)!);
  }
  return sum;
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
      ownerId: rows.owner[row]!,
      source: ListenSources[rows.source[row]!]!,
      witnesses: rows.reportCount[row]!,
      goneUpstream: (rows.flags[row]! & GONE_UPSTREAM) !== 0,
      pending: group !== undefined,
      ...(zone !== undefined && { zone }),
      ...(note !== undefined && { note }),
      ...(typeof group === 'string' && { group }),
    });
  }
  return made;
}
