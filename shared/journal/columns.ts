import { clipRuns, dropRepeated, joinParts, orderRuns, sliceRows } from './assemble.ts';
import { encodePage } from './codec.ts';
import type { Listen } from './listen.ts';
import { DATE_UNKNOWN } from '../primitives/moments.ts';
import type { JournalPage } from './page.ts';
import { withPossibleTimes } from './possibleTimes.ts';
import { listenAt, readPageInto } from './readPage.ts';
import { allocateRows, dropRows, findRows, lowerBound, mergeRows, type ListenRows } from './rows.ts';
import { ZoneNames } from './zoneNames.ts';

interface Block {
  rows: ListenRows;
  /** By listen id. */
  notes: Map<number, string>;
}

/** Pages in the order of their arrival, so that of two that hold the same listen the later one speaks. */
type Blocks = ReadonlyMap<string, Block>;

/** Beyond this many changed pages it is cheaper to put everything together anew. */
const MANY_PAGES = 50;

/**
 * The journal in memory: every listen in typed arrays, ordered by (playedAt, id). Never changed once made; a changed page or
 * an edit gives a new one, which shares what it can.
 */
export class JournalColumns implements ListenRows {
  readonly length: number;
  readonly time: Float64Array;
  readonly id: Float64Array;
  readonly track: Int32Array;
  readonly owner: Int32Array;
  readonly zone: Uint16Array;
  readonly reportCount: Uint16Array;
  readonly source: Uint8Array;
  readonly flags: Uint8Array;
  readonly zones: ZoneNames;
  readonly #notes: ReadonlyMap<number, string>;
  /** Absent under an overlay, which pages cannot be applied to. */
  readonly #blocks: Blocks | undefined;
  /** Whether pages overlap, so that some page's row is not shown. */
  readonly #repeated: boolean;
  /** What time it most likely is, in milliseconds since the epoch: later than that nothing can have been heard. */
  readonly #now: () => number;

  private constructor(
    rows: ListenRows,
    zones: ZoneNames,
    notes: ReadonlyMap<number, string>,
    now: () => number,
    blocks?: Blocks,
    repeated = false,
  ) {
    this.length = rows.length;
    this.time = rows.time;
    this.id = rows.id;
    this.track = rows.track;
    this.owner = rows.owner;
    this.zone = rows.zone;
    this.reportCount = rows.reportCount;
    this.source = rows.source;
    this.flags = rows.flags;
    this.zones = zones;
    this.#notes = notes;
    this.#now = now;
    this.#blocks = blocks;
    this.#repeated = repeated;
  }

  /**
   * The journal of these pages. A listen that several pages hold (one page came before the other's new version) is taken
   * from the last of them.
   *
   * @param now what time it most likely is, in milliseconds since the epoch.
   * @throws {JournalPageError} where a page contradicts itself.
   */
  static fromPages(pages: Iterable<JournalPage>, now: () => number = Date.now): JournalColumns {
    return JournalColumns.#empty(now).withPages(pages);
  }

  /** A journal of single listens that belong to no page. Of two with the same id the later counts. */
  static fromListens(listens: readonly Listen[]): JournalColumns {
    return JournalColumns.#empty(Date.now).withExtra(listens);
  }

  static #empty(now: () => number): JournalColumns {
    return new JournalColumns(allocateRows(0), new ZoneNames(), new Map(), now, new Map());
  }

  /**
   * The journal after pages came, in whole, or were taken away. Costs about a millisecond when only new months change.
   *
   * @throws {JournalPageError} where a page contradicts itself; this journal stays as it is.
   * @throws {Error} under an overlay: pages go to the journal, and the overlay is laid again on what comes out.
   */
  withPages(changed: Iterable<JournalPage>, removedIds: Iterable<string> = []): JournalColumns {
    if (!this.#blocks) throw new Error('Pages are applied to the journal itself, not to one with edits laid over it');
    const blocks = new Map(this.#blocks);
    const before: ListenRows[] = [];
    const after: ListenRows[] = [];
    const remove = (id: string): void => {
      const block = blocks.get(id);
      if (block) before.push(block.rows);
      blocks.delete(id);
    };
    for (const id of removedIds) remove(id);
    for (const page of changed) {
      const notes = new Map<number, string>();
      const rows = withPossibleTimes(readPageInto(page, this.zones, notes), this.#now());
      remove(page.id);
      blocks.set(page.id, { rows, notes });
      after.push(rows);
    }
    if (before.length + after.length === 0) return this;
    const many = after.length > MANY_PAGES;
    if (many || this.#repeated || !this.#staysUnique(before, after)) return this.#rebuilt(blocks);
    return new JournalColumns(
      this.#replaced(blocks, before, after),
      this.zones,
      gatherNotes(blocks),
      this.#now,
      blocks,
    );
  }

  /** The journal without these listens. */
  without(ids: ReadonlySet<number>): JournalColumns {
    const rows = dropRows(this, findRows(this, ids));
    return rows === this ? this : new JournalColumns(rows, this.zones, this.#notes, this.#now);
  }

  /**
   * The journal with these listens as well; one whose id it holds already takes that one's place.
   *
   * @throws {JournalPageError} for a number that is no integer or an unknown source.
   */
  withExtra(listens: readonly Listen[]): JournalColumns {
    if (listens.length === 0) return this;
    const byId = new Map(listens.map((listen) => [listen.id, listen]));
    const notes = new Map(this.#notes);
    const extra = withPossibleTimes(
      readPageInto(encodePage('overlay', [...byId.values()]), this.zones, notes),
      this.#now(),
    );
    const rest = dropRows(this, findRows(this, byId));
    return new JournalColumns(mergeRows(rest, extra), this.zones, notes, this.#now);
  }

  /** The rows played in [from, to), as a half-open range of indexes. */
  indexRange(from: number, to: number): [start: number, end: number] {
    const start = lowerBound(this, from);
    return [start, Math.max(start, lowerBound(this, to))];
  }

  /**
   * The rows of [from, to) as half-open ranges, at most two. Listens without a date stand at a moment in 2005 that is none of theirs:
   * they are in no period but one without a beginning.
   */
  periodRanges(from: number, to: number): [start: number, end: number][] {
    const [start, end] = this.indexRange(from, to);
    if (from === -Infinity) return [[start, end]];
    const [undated, after] = this.indexRange(DATE_UNKNOWN, DATE_UNKNOWN + 1);
    if (undated >= end || after <= start) return [[start, end]];
    return [
      [start, Math.max(start, undated)],
      [Math.min(after, end), end],
    ];
  }

  /** Where this listen stands; −1 when it is not here. */
  indexOf(listenId: number): number {
    return this.id.indexOf(listenId);
  }

  /** The listen at this index as an object. */
  listen(index: number): Listen {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`The journal has no listen at ${index}`);
    return listenAt(this, index, this.zones, this.#notes);
  }

  /** Whether every listen id still occurs once when the rows of `before` give way to those of `after`. */
  #staysUnique(before: readonly ListenRows[], after: readonly ListenRows[]): boolean {
    const replacedIds = new Set<number>();
    for (const rows of before) for (const id of rows.id) replacedIds.add(id);
    const coming = new Set<number>();
    for (const rows of after) {
      for (const id of rows.id) {
        if (coming.size === coming.add(id).size) return false;
      }
    }
    for (const id of replacedIds) coming.delete(id);
    return findRows(this, coming).length === 0;
  }

  /** New rows where only the seconds that the changed pages touch are put together again. */
  #replaced(blocks: Blocks, before: readonly ListenRows[], after: readonly ListenRows[]): ListenRows {
    let [first, last] = [Infinity, -Infinity];
    for (const rows of [...before, ...after]) {
      if (rows.length === 0) continue;
      first = Math.min(first, rows.time[0]!);
      last = Math.max(last, rows.time[rows.length - 1]!);
    }
    if (first > last) return this;
    const middle = orderRuns(clipRuns(rowsOf(blocks), first, last));
    const head = sliceRows(this, 0, lowerBound(this, first));
    const tail = sliceRows(this, lowerBound(this, last + 1), this.length);
    return joinParts([head, ...middle, tail]);
  }

  #rebuilt(blocks: Blocks): JournalColumns {
    const runs = rowsOf(blocks);
    const once = dropRepeated(runs);
    return new JournalColumns(
      joinParts(orderRuns(once ?? runs)),
      this.zones,
      gatherNotes(blocks),
      this.#now,
      blocks,
      once !== undefined,
    );
  }
}

function rowsOf(blocks: Blocks): ListenRows[] {
  return Array.from(blocks.values(), ({ rows }) => rows);
}

function gatherNotes(blocks: Blocks): ReadonlyMap<number, string> {
  const all = new Map<number, string>();
  for (const { notes } of blocks.values()) for (const [id, note] of notes) all.set(id, note);
  return all;
}
