import type { JournalColumns } from '#shared/journal/columns.ts';
import type { Listen } from '#shared/journal/listen.ts';
import { lowerBound, type ListenRows } from '#shared/journal/rows.ts';
import { ListenSources } from '#shared/journal/listen.ts';
import type { AddedListen, Overlay } from './overlay.ts';

const MANUAL = ListenSources.indexOf('manual');
/** An added listen and the server's of it may differ so much in time, where the server knows the tracks' lengths better. Seconds. */
const SAME_PLAY = 30 * 60;

export interface PendingListens {
  /** Listens that are in the journal and must not be shown. */
  hidden: Set<number>;
  /** Listens to show that are not in it, or otherwise in it. */
  extra: Listen[];
  /** Ids of what waits, each with the group it was added by, if any. */
  pending: Map<number, string | null>;
}

/** What the overlay changes in the journal. */
export function pendingListens(
  base: JournalColumns,
  overlay: Overlay,
  deleted: ReadonlyMap<number, Listen>,
  holderOf: (trackId: number) => number,
): PendingListens {
  const hidden = new Set(overlay.deletedListens);
  const extra: Listen[] = [];
  const pending = new Map<number, string | null>();
  const taken = new Set<number>();
  for (const added of overlay.takenBack) {
    const row = rowOfAdded(base, added, taken);
    if (row >= 0) hidden.add(base.id[row]!);
  }
  for (const added of overlay.added) {
    if (rowOfAdded(base, added, taken) >= 0) continue;
    const { id, playedAt, trackId, group } = added;
    extra.push({ id, playedAt, trackId, holder: holderOf(trackId), source: 'manual', witnesses: 1 });
    pending.set(id, group);
  }
  for (const [id, note] of overlay.listenNotes) {
    const row = base.indexOf(id);
    if (row < 0 || hidden.has(id)) continue;
    const { note: _before, ...listen } = base.listen(row);
    extra.push(note === '' ? listen : { ...listen, note });
    pending.set(id, null);
  }
  for (const id of overlay.restoredListens) {
    const listen = deleted.get(id);
    if (!listen || base.indexOf(id) >= 0) continue;
    extra.push(listen);
    pending.set(id, null);
  }
  return { hidden, extra, pending };
}

/** The row in which the server has sent an added listen back; −1 while it has not. Each row answers for one listen. */
function rowOfAdded(rows: ListenRows, { trackId, playedAt }: AddedListen, taken: Set<number>): number {
  for (let row = lowerBound(rows, playedAt - SAME_PLAY); row < rows.length; row++) {
    if (rows.time[row]! > playedAt + SAME_PLAY) return -1;
    if (rows.track[row] !== trackId || rows.source[row] !== MANUAL || taken.has(row)) continue;
    taken.add(row);
    return row;
  }
  return -1;
}
