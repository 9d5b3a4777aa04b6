import { allocateRows, copyRows, dropRows, findRows, lowerBound, mergeRuns, type ListenRows } from './rows.ts';

/** Part of some rows as a view, without copying. */
export function sliceRows(rows: ListenRows, start: number, end: number): ListenRows {
  if (start === 0 && end === rows.length) return rows;
  return {
    length: end - start,
    time: rows.time.subarray(start, end),
    id: rows.id.subarray(start, end),
    track: rows.track.subarray(start, end),
    owner: rows.owner.subarray(start, end),
    zone: rows.zone.subarray(start, end),
    reportCount: rows.reportCount.subarray(start, end),
    source: rows.source.subarray(start, end),
    flags: rows.flags.subarray(start, end),
  };
}

/** Of each run the rows of the seconds [first, last], as views; runs that have none are left out. */
export function clipRuns(runs: Iterable<ListenRows>, first: number, last: number): ListenRows[] {
  const clipped: ListenRows[] = [];
  for (const run of runs) {
    if (run.length === 0 || run.time[0]! > last || run.time[run.length - 1]! < first) continue;
    clipped.push(sliceRows(run, lowerBound(run, first), lowerBound(run, last + 1)));
  }
  return clipped;
}

/**
 * Joins ordered runs into ordered parts: runs that overlap in time are merged, the others are left as they are.
 * Pages of different months do not overlap, so this is hardly more than sorting the pages.
 */
export function orderRuns(runs: readonly ListenRows[]): ListenRows[] {
  const sorted = runs.filter((run) => run.length > 0).sort((a, b) => a.time[0]! - b.time[0]!);
  const parts: ListenRows[] = [];
  let overlapping: ListenRows[] = [];
  let end = -Infinity;
  for (const run of sorted) {
    if (run.time[0]! > end) {
      if (overlapping.length > 0) parts.push(mergeRuns(overlapping));
      overlapping = [];
    }
    overlapping.push(run);
    end = Math.max(end, run.time[run.length - 1]!);
  }
  if (overlapping.length > 0) parts.push(mergeRuns(overlapping));
  return parts;
}

/** One set of rows from parts that follow each other. */
export function joinParts(parts: readonly ListenRows[]): ListenRows {
  const out = allocateRows(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) at = copyRows(part, 0, part.length, out, at);
  return out;
}

/**
 * Leaves of each listen id only its last occurrence: the last run that holds it, and the last row there.
 * Answers `undefined` when every id occurs once already.
 */
export function dropRepeated(runs: readonly ListenRows[]): ListenRows[] | undefined {
  const repeated = repeatedIds(runs);
  if (repeated.size === 0) return undefined;
  const later = new Set<number>();
  const remaining: ListenRows[] = [];
  for (const run of runs.toReversed()) {
    const dropped: number[] = [];
    for (const row of findRows(run, repeated).reverse()) {
      const id = run.id[row]!;
      if (later.has(id)) dropped.push(row);
      later.add(id);
    }
    remaining.push(dropRows(run, dropped.reverse()));
  }
  return remaining.reverse();
}

function repeatedIds(runs: readonly ListenRows[]): Set<number> {
  const repeated = new Set<number>();
  const seen = seenIds(runs);
  for (const run of runs) {
    for (let row = 0; row < run.length; row++) if (seen(run.id[row]!)) repeated.add(run.id[row]!);
  }
  return repeated;
}

/** Says whether it was asked for this id before. A bit map where the ids lie close together, as a server's keys do. */
function seenIds(runs: readonly ListenRows[]): (id: number) => boolean {
  let [min, max, total] = [Infinity, -Infinity, 0];
  for (const run of runs) {
    total += run.length;
    for (let row = 0; row < run.length; row++) {
      const id = run.id[row]!;
      if (id < min) min = id;
      if (id > max) max = id;
    }
  }
  const span = max - min + 1;
  if (span > total * 64 + 1_000_000) {
    const ids = new Set<number>();
    return (id) => ids.size === ids.add(id).size;
  }
  const bits = new Uint8Array(total === 0 ? 0 : (span >> 3) + 1);
  return (id) => {
    const place = id - min;
    const mask = 1 << (place & 7);
    const before = bits[place >> 3]!;
    bits[place >> 3] = before | mask;
    return (before & mask) !== 0;
  };
}
