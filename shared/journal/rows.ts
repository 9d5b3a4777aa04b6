/** Flag bits of a listen in {@link ListenRows}. */
export const GONE_UPSTREAM = 1;
export const HAS_NOTE = 2;

/** Listens in columns; every array has `length` items. One allocation, so that it can be handed to a worker as it is. */
export interface ListenRows {
  readonly length: number;
  /** Start of the play, seconds since the epoch. */
  readonly time: Float64Array;
  readonly id: Float64Array;
  readonly track: Int32Array;
  /** Album id, or minus the artist's id. */
  readonly owner: Int32Array;
  /** Index into the journal's zone names; 0 is no zone. */
  readonly zone: Uint16Array;
  readonly reportCount: Uint16Array;
  /** Index into `ListenSources`. */
  readonly source: Uint8Array;
  /** {@link GONE_UPSTREAM} and {@link HAS_NOTE}. */
  readonly flags: Uint8Array;
}

const BYTES_PER_ROW = 8 + 8 + 4 + 4 + 2 + 2 + 1 + 1;

export function allocateRows(length: number): ListenRows {
  const buffer = new ArrayBuffer(length * BYTES_PER_ROW);
  return {
    length,
    time: new Float64Array(buffer, 0, length),
    id: new Float64Array(buffer, length * 8, length),
    track: new Int32Array(buffer, length * 16, length),
    owner: new Int32Array(buffer, length * 20, length),
    zone: new Uint16Array(buffer, length * 24, length),
    reportCount: new Uint16Array(buffer, length * 26, length),
    source: new Uint8Array(buffer, length * 28, length),
    flags: new Uint8Array(buffer, length * 29, length),
  };
}

/** Below this many rows a plain loop is quicker than eight calls of `set`. */
const FEW = 24;

/** Copies the rows [start, end) to `at` and answers the place after them. */
export function copyRows(from: ListenRows, start: number, end: number, to: ListenRows, at: number): number {
  if (end - start < FEW) return copyOneByOne(from, start, end, to, at);
  to.time.set(from.time.subarray(start, end), at);
  to.id.set(from.id.subarray(start, end), at);
  to.track.set(from.track.subarray(start, end), at);
  to.owner.set(from.owner.subarray(start, end), at);
  to.zone.set(from.zone.subarray(start, end), at);
  to.reportCount.set(from.reportCount.subarray(start, end), at);
  to.source.set(from.source.subarray(start, end), at);
  to.flags.set(from.flags.subarray(start, end), at);
  return at + end - start;
}

function copyOneByOne(from: ListenRows, start: number, end: number, to: ListenRows, at: number): number {
  for (let index = start; index < end; index++, at++) {
    to.time[at] = from.time[index]!;
    to.id[at] = from.id[index]!;
    to.track[at] = from.track[index]!;
    to.owner[at] = from.owner[index]!;
    to.zone[at] = from.zone[index]!;
    to.reportCount[at] = from.reportCount[index]!;
    to.source[at] = from.source[index]!;
    to.flags[at] = from.flags[index]!;
  }
  return at;
}

/** The rows that are not in `dropped` (ascending indexes), in their order. */
export function dropRows(rows: ListenRows, dropped: readonly number[]): ListenRows {
  if (dropped.length === 0) return rows;
  const out = allocateRows(rows.length - dropped.length);
  let [at, start] = [0, 0];
  for (const index of dropped) {
    at = copyRows(rows, start, index, out, at);
    start = index + 1;
  }
  copyRows(rows, start, rows.length, out, at);
  return out;
}

/** The rows at these ascending indexes, in their order. */
export function takeRows(rows: ListenRows, taken: readonly number[]): ListenRows {
  if (taken.length === rows.length) return rows;
  const out = allocateRows(taken.length);
  let at = 0;
  for (let first = 0; first < taken.length;) {
    let last = first + 1;
    while (last < taken.length && taken[last] === taken[last - 1]! + 1) last++;
    at = copyRows(rows, taken[first]!, taken[last - 1]! + 1, out, at);
    first = last;
  }
  return out;
}

/** Indexes of the rows with one of these listen ids, ascending. */
export function findRows(rows: ListenRows, ids: { has(id: number): boolean; keys(): Iterable<number> }): number[] {
  let [min, max] = [Infinity, -Infinity];
  for (const id of ids.keys()) {
    if (id < min) min = id;
    if (id > max) max = id;
  }
  const found: number[] = [];
  const all = rows.id;
  for (let index = 0; index < all.length; index++) {
    const id = all[index]!;
    if (id >= min && id <= max && ids.has(id)) found.push(index);
  }
  return found;
}

/** First row whose time is at or after `time`; `length` when there is none. The rows are in order. */
export function lowerBound(rows: ListenRows, time: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows.time[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Merges two ordered runs of rows into one, by (time, id); the rows of `a` come first where both are equal. */
export function mergeRows(a: ListenRows, b: ListenRows): ListenRows {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = allocateRows(a.length + b.length);
  let [i, j, at] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const fromA = i;
    while (i < a.length && !isBefore(b, j, a, i)) i++;
    at = copyRows(a, fromA, i, out, at);
    const fromB = j;
    if (i < a.length) while (j < b.length && isBefore(b, j, a, i)) j++;
    at = copyRows(b, fromB, j, out, at);
  }
  at = copyRows(a, i, a.length, out, at);
  copyRows(b, j, b.length, out, at);
  return out;
}

function isBefore(a: ListenRows, i: number, b: ListenRows, j: number): boolean {
  const difference = a.time[i]! - b.time[j]!;
  return difference < 0 || (difference === 0 && a.id[i]! < b.id[j]!);
}

/** Merges any number of ordered runs, in pairs, so that each row is copied log₂(runs) times. */
export function mergeRuns(runs: readonly ListenRows[]): ListenRows {
  let round = runs;
  while (round.length > 1) {
    const next: ListenRows[] = [];
    for (let index = 0; index < round.length; index += 2) {
      const [a, b] = [round[index]!, round[index + 1]];
      next.push(b ? mergeRows(a, b) : a);
    }
    round = next;
  }
  return round[0] ?? allocateRows(0);
}
