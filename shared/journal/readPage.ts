import { ListenSources, type Listen } from './listen.ts';
import type { JournalPage } from './page.ts';
import { integer, MAX_REPORTS, refuse } from './pageError.ts';
import { sizeProblem } from './pageSizes.ts';
import { allocateRows, GONE_UPSTREAM, HAS_NOTE, type ListenRows } from './rows.ts';
import type { ZoneNames } from './zoneNames.ts';

/**
 * Reads a page straight into typed arrays, making no object per listen. Its zones' names go to `zones`,
 * its notes to `notes` by listen id.
 *
 * @throws {JournalPageError} where the page contradicts itself; `zones` and `notes` may then hold some of its values.
 */
export function readPageInto(page: JournalPage, zones: ZoneNames, notes: Map<number, string>): ListenRows {
  const { id, n } = page;
  const size = sizeProblem(page);
  if (size !== null) refuse(id, size.column, size.problem);
  const rows = allocateRows(n);
  readSums(id, 't', page.t, rows.time);
  readSums(id, 'i', page.i, rows.id);
  checkOrder(page);
  readIntegers(id, 'k', page.k, rows.track);
  readIntegers(id, 'h', page.h, rows.owner);
  readSources(page, rows);
  rows.reportCount.fill(1);
  readPairs(id, 'w', page.w ?? [], n, (index, count) => {
    rows.reportCount[index] = integer(id, 'w', count, 1, MAX_REPORTS);
  });
  if (page.z) {
    const numbers = page.z.names.map((name) => zones.indexOf(text(id, 'z', name)));
    readPairs(id, 'z', page.z.at, n, (index, zone) => {
      rows.zone[index] = numbers[zone] ?? refuse(id, 'z', `names no zone ${zone}`);
    });
  }
  for (const index of page.g ?? []) rows.flags[rowOf(id, 'g', index, n)]! |= GONE_UPSTREAM;
  for (const entry of page.m ?? []) {
    if (!Array.isArray(entry)) refuse(id, 'm', 'holds something that is no note');
    const [index, note] = entry;
    rows.flags[rowOf(id, 'm', index, n)]! |= HAS_NOTE;
    notes.set(rows.id[index]!, text(id, 'm', note));
  }
  return rows;
}

/** A page is sorted by (playedAt, id); everything that merges pages relies on it. */
function checkOrder(page: JournalPage): void {
  for (let index = 1; index < page.n; index++) {
    if (page.t[index]! < 0) refuse(page.id, 't', `goes back at listen ${index}`);
    if (page.t[index] === 0 && page.i[index]! <= 0) {
      refuse(page.id, 'i', `listen ${index} is of the same second as the one before and out of order`);
    }
  }
}

/** Running sums of differences. */
function readSums(page: string, column: 't' | 'i', differences: readonly number[], into: Float64Array): void {
  let sum = 0;
  for (let index = 0; index < differences.length; index++) {
    const difference = differences[index]!;
    sum += difference;
    if (!Number.isSafeInteger(difference) || !Number.isSafeInteger(sum)) {
      refuse(page, column, `no integer at listen ${index}`);
    }
    into[index] = sum;
  }
}

function readIntegers(page: string, column: 'k' | 'h', values: readonly number[], into: Int32Array): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    into[index] = value;
    if (into[index] !== value) refuse(page, column, `${value} at listen ${index} is no 32-bit integer`);
  }
}

function readSources(page: JournalPage, rows: ListenRows): void {
  let at = 0;
  for (let run = 0; run < page.s.length; run += 2) {
    const source = integer(page.id, 's', page.s[run]!, 0, ListenSources.length - 1);
    const length = integer(page.id, 's', page.s[run + 1] ?? NaN, 0, page.n - at);
    rows.source.fill(source, at, at + length);
    at += length;
  }
  if (at !== page.n) refuse(page.id, 's', `its runs cover ${at} listens, n says ${page.n}`);
}

function readPairs(
  page: string,
  column: string,
  pairs: readonly number[],
  n: number,
  read: (index: number, value: number) => void,
): void {
  if (pairs.length % 2 !== 0) refuse(page, column, 'its last pair has one half only');
  for (let pair = 0; pair < pairs.length; pair += 2) read(rowOf(page, column, pairs[pair]!, n), pairs[pair + 1]!);
}

function text(page: string, column: string, value: unknown): string {
  return typeof value === 'string' ? value : refuse(page, column, 'holds something that is no text');
}

function rowOf(page: string, column: string, index: number, n: number): number {
  if (!Number.isInteger(index) || index < 0 || index >= n) refuse(page, column, `speaks of listen ${index} of ${n}`);
  return index;
}

/** The listen in one row. `notes` are by listen id. */
export function listenAt(
  rows: ListenRows,
  index: number,
  zones: ZoneNames,
  notes: ReadonlyMap<number, string>,
): Listen {
  const id = rows.id[index]!;
  const flags = rows.flags[index]!;
  const zone = zones.nameOf(rows.zone[index]!);
  const note = flags & HAS_NOTE ? notes.get(id) : undefined;
  return {
    id,
    playedAt: rows.time[index]!,
    trackId: rows.track[index]!,
    ownerId: rows.owner[index]!,
    source: ListenSources[rows.source[index]!]!,
    witnesses: rows.reportCount[index]!,
    ...(zone !== undefined && { zone }),
    ...(note !== undefined && { note }),
    ...(flags & GONE_UPSTREAM && { goneUpstream: true }),
  };
}
