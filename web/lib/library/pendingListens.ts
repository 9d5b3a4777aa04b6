import type { JournalColumns } from '#shared/journal/columns.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { lowerBound, type ListenRows } from '#shared/journal/rows.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import { textKey } from '#shared/matching/identity.ts';
import type { AddedListen, OptimisticState, SplitListen } from '#shared/mutations/optimisticState.ts';

const MANUAL = ListenSources.indexOf('manual');
/** An added listen and the server's of it may differ so much in time, where the server knows the tracks' lengths better. Seconds. */
const SAME_PLAY = 30 * 60;
/** Two times that are one, of clocks that were set right by less. Seconds. */
const AT_ONCE = 2;

export interface PendingListens {
  /** Listens that are in the journal and must not be shown. */
  hidden: Set<number>;
  /** Listens to show that are not in it, or otherwise in it. */
  extra: Listen[];
  /** Ids of what waits, each with the group it was added by, if any. */
  pending: Map<number, string | null>;
}

/** What this device knows of the library's tracks. */
export interface TracksHere {
  ownerOf(trackId: number): number;
  /** Undefined as long as its document is not here. */
  titleOf(trackId: number): string | undefined;
}

/** What the optimistic state changes in the journal. */
export function pendingListens(
  base: JournalColumns,
  state: OptimisticState,
  deleted: ReadonlyMap<number, Listen>,
  library: TracksHere,
): PendingListens {
  const changes = new Changes(base, state.deletedListens);
  const taken = new Set<number>();
  const isOf = sameTrack(state, library);
  for (const added of state.takenBack) {
    const row = rowOfAdded(base, added, taken, isOf);
    if (row >= 0) changes.hidden.add(base.id[row]!);
  }
  for (const added of state.added) {
    if (rowOfAdded(base, added, taken, isOf) >= 0) continue;
    const { id, playedAt, trackId, group } = added;
    changes.show({ id, playedAt, trackId, ownerId: library.ownerOf(trackId), source: 'manual', witnesses: 1 }, group);
  }
  for (const id of state.restoredListens) {
    const listen = deleted.get(id);
    if (listen && base.indexOf(id) < 0) changes.show(listen);
  }
  for (const split of state.splits.values()) changes.split(split);
  for (const split of state.rejoined) changes.rejoin(split);
  for (const [id, others] of state.unmerged) changes.unmerge([id, ...others], deleted);
  for (const [id, others] of state.merged) changes.merge(id, others);
  for (const [id, note] of state.listenNotes) {
    changes.change(id, ({ note: _before, ...listen }) => (note === '' ? listen : { ...listen, note }));
  }
  return changes.result;
}

/**
 * Whether a track of the journal is the one that was added: by its id, or by its title where it was logged by its names. One that came
 * before its record did has no title yet: it is the one that began at that moment.
 */
function sameTrack(
  { named }: OptimisticState,
  library: TracksHere,
): (trackId: number, secondsBetween: number, added: AddedListen) => boolean {
  return (trackId, secondsBetween, added) => {
    const names = named.get(added.trackId);
    if (!names) return trackId === added.trackId;
    const title = library.titleOf(trackId);
    return title === undefined ? secondsBetween <= AT_ONCE : textKey(title) === textKey(names.title);
  };
}

class Changes {
  readonly hidden: Set<number>;
  readonly #base: JournalColumns;
  readonly #shown = new Map<number, Listen>();
  readonly #pending = new Map<number, string | null>();

  constructor(base: JournalColumns, hidden: ReadonlySet<number>) {
    this.#base = base;
    this.hidden = new Set(hidden);
  }

  get result(): PendingListens {
    const extra = [...this.#shown.values()].filter(({ id }) => !this.hidden.has(id));
    return { hidden: this.hidden, extra, pending: this.#pending };
  }

  show(listen: Listen, group: string | null = null): void {
    this.#shown.set(listen.id, listen);
    this.#pending.set(listen.id, group);
  }

  change(id: number, make: (listen: Listen) => Listen): void {
    const listen = this.#listen(id);
    if (listen && !this.hidden.has(id)) this.show(make(listen));
  }

  split({ id, listenId, report }: SplitListen): void {
    const listen = this.#listen(listenId);
    if (!listen) return;
    const { trackId, ownerId, witnesses: reportCount } = listen;
    this.change(listenId, (whole) => ({ ...whole, witnesses: Math.max(1, reportCount - 1) }));
    if (report) this.show({ id, trackId, ownerId, witnesses: 1, ...report });
  }

  /** Where the split went through, the journal holds the report as a listen of its own. */
  rejoin({ listenId, report }: SplitListen): void {
    if (!report) return;
    const { time, source, id, length } = this.#base;
    const wanted = ListenSources.indexOf(report.source);
    for (let row = lowerBound(this.#base, report.playedAt); row < length && time[row] === report.playedAt; row++) {
      if (source[row] !== wanted || id[row] === listenId) continue;
      this.hidden.add(id[row]!);
      return this.change(listenId, (listen) => ({ ...listen, witnesses: listen.witnesses + 1 }));
    }
  }

  merge(id: number, others: readonly number[]): void {
    const listens = others.flatMap((other) => this.#listen(other) ?? []);
    if (listens.length === 0) return;
    const more = listens.reduce((sum, { witnesses: reportCount }) => sum + reportCount, 0);
    this.change(id, (listen) => ({ ...listen, witnesses: listen.witnesses + more }));
    // Whichever of them the server keeps, one remains visible.
    if (this.#listen(id)) for (const other of listens) this.hidden.add(other.id);
  }

  /** As long as the journal lacks one of them it holds another with the source reports of both. */
  unmerge(ids: readonly number[], before: ReadonlyMap<number, Listen>): void {
    if (ids.every((id) => this.#base.indexOf(id) >= 0)) return;
    for (const id of ids) if (before.has(id)) this.show(before.get(id)!);
  }

  #listen(id: number): Listen | undefined {
    const shown = this.#shown.get(id);
    if (shown) return shown;
    const row = this.#base.indexOf(id);
    return row < 0 ? undefined : this.#base.listen(row);
  }
}

/** The row in which the server has sent an added listen back; −1 while it has not. Each row answers for one listen. */
function rowOfAdded(
  rows: ListenRows,
  added: AddedListen,
  taken: Set<number>,
  isOf: (row: number, secondsBetween: number, added: AddedListen) => boolean,
): number {
  const { playedAt } = added;
  for (let row = lowerBound(rows, playedAt - SAME_PLAY); row < rows.length; row++) {
    if (rows.time[row]! > playedAt + SAME_PLAY) return -1;
    if (
      rows.source[row] !== MANUAL ||
      taken.has(row) ||
      !isOf(rows.track[row]!, Math.abs(rows.time[row]! - playedAt), added)
    )
      continue;
    taken.add(row);
    return row;
  }
  return -1;
}
