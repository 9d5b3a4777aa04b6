import type { Core } from './core.ts';

type Kind = 'track' | 'listen';

/** The id under which something is known today, given one it may have had before it became one with another. */
export function findFormer(core: Core, kind: Kind, id: number): number {
  return core.db.get<{ id: number }>('SELECT id FROM former_ids WHERE kind = ? AND former_id = ?', kind, id)?.id ?? id;
}

/** Notes that what was `former` is now part of `id`; what led to the former leads there too. */
export function keepFormer(core: Core, kind: Kind, former: number, id: number): void {
  core.db.run('UPDATE former_ids SET id = ? WHERE kind = ? AND id = ?', id, kind, former);
  core.db.run('INSERT OR REPLACE INTO former_ids (kind, former_id, id) VALUES (?, ?, ?)', kind, former, id);
  core.db.run('DELETE FROM former_ids WHERE kind = ? AND former_id = id', kind);
}

/** What was `former` is itself again. */
export function forgetFormer(core: Core, kind: Kind, former: number): void {
  core.db.run('DELETE FROM former_ids WHERE kind = ? AND former_id = ?', kind, former);
}
