import { nowSeconds } from '../../kit/clock.ts';
import type { Core } from '../core.ts';
import { evidence } from '../listens/evidence.ts';
import { type ListenRow, listenRow } from '../listens/listens.ts';

/** A listen as it was before a person merged it into another. */
export interface MergedListen extends ListenRow {
  /** Ids of the reports that were its own. */
  reports: number[];
}

/** These listens as they are, to be stored of those that a merge makes part of another. */
export function snapshots(core: Core, ids: Iterable<number>): MergedListen[] {
  return [...ids].map((id) => ({ ...listenRow(core, id)!, reports: evidence.ofListen(core, id).map((row) => row.id) }));
}

/** Stores those that are gone from the journal. */
export function keepMerged(core: Core, before: readonly MergedListen[]): void {
  const survivor = before.find(({ id }) => listenRow(core, id) !== undefined);
  for (const listen of before) {
    if (listenRow(core, listen.id) !== undefined) continue;
    const row = { ...listen, heirNote: survivor?.note ?? null };
    core.db.run(
      'INSERT OR REPLACE INTO deleted_listens (listen_id, listen, deleted_at) VALUES (?, ?, ?)',
      listen.id,
      JSON.stringify(row),
      nowSeconds(core.clock),
    );
  }
}

/** A listen that was merged, with the note that the one it went into had before; undefined when no merge took this id away. */
export function takeMerged(core: Core, id: number): (MergedListen & { heirNote: string | null }) | undefined {
  const row = core.db.get<{ listen: string }>(
    `SELECT listen FROM deleted_listens WHERE listen_id = ? AND listen ->> 'reports' IS NOT NULL`,
    id,
  );
  if (row === undefined) return undefined;
  core.db.run('DELETE FROM deleted_listens WHERE listen_id = ?', id);
  return JSON.parse(row.listen) as MergedListen & { heirNote: string | null };
}
