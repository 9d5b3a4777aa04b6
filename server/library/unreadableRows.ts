import { isoNow, type Core } from './core.ts';

type Means = Pick<Core, 'db' | 'clock' | 'log'>;

/**
 * Gives a document that AIME keeps for itself, and writes anew by itself, a name beside its own when it cannot be read: whoever it is
 * for begins without it, and its text stays.
 */
export function setRowAside({ db, clock, log }: Means, { table, column, key, why }: { table: 'settings' | 'service_states'; column: 'key' | 'service'; key: string; why: string }): void {
  const kept = `unreadable:${key}:${isoNow({ clock })}`;
  db.run(`UPDATE OR REPLACE ${table} SET ${column} = ? WHERE ${column} = ?`, kept, key);
  log.warn('library.row-unreadable', { table, key, why, kept, done: 'it is kept under this name, and begun anew' });
}

/** Does so with what services remember: each is a JSON object, or a number. To be called before anybody reads any. */
export function setUnreadableStatesAside(means: Means): void {
  means.db.transaction(() => {
    for (const { service, state } of means.db.all<{ service: string; state: string }>("SELECT service, state FROM service_states WHERE service NOT LIKE 'unreadable:%'")) {
      const why = flawOf(state);
      if (why !== null) setRowAside(means, { table: 'service_states', column: 'service', key: service, why });
    }
  });
}

function flawOf(state: string): string | null {
  try {
    const value: unknown = JSON.parse(state);
    const isWanted = typeof value === 'number' || (typeof value === 'object' && value !== null && !Array.isArray(value));
    return isWanted ? null : 'it is of another kind';
  } catch (error) {
    return (error as Error).message;
  }
}
