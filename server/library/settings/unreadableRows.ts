import { isoNow, type Core } from '../core.ts';

type Dependencies = Pick<Core, 'db' | 'clock' | 'log'>;

/**
 * Gives a document that AIME keeps for itself, and writes anew by itself, a name beside its own when it cannot be read: whoever it is
 * for begins without it, and its text stays.
 */
export function setRowAside(
  { db, clock, log }: Dependencies,
  {
    table,
    column,
    key,
    why,
  }: { table: 'settings' | 'service_states'; column: 'key' | 'service'; key: string; why: string },
): void {
  const newKey = `unreadable:${key}:${isoNow({ clock })}`;
  db.run(`UPDATE OR REPLACE ${table} SET ${column} = ? WHERE ${column} = ?`, newKey, key);
  log.warn('library.row-unreadable', {
    table,
    key,
    why,
    kept: newKey,
    done: 'it is kept under this name, and begun anew',
  });
}

/** Does so with what services remember: each is a JSON object, or a number. To be called before anybody reads any. */
export function setUnreadableStatesAside(dependencies: Dependencies): void {
  dependencies.db.transaction(() => {
    for (const { service, state } of dependencies.db.all<{ service: string; state: string }>(
      "SELECT service, state FROM service_states WHERE service NOT LIKE 'unreadable:%'",
    )) {
      const why = flawOf(state);
      if (why !== null) setRowAside(dependencies, { table: 'service_states', column: 'service', key: service, why });
    }
  });
}

const flawOf = (state: string): string | null => {
  const read = readObject(state, (value) => typeof value === 'number');
  return 'flaw' in read ? read.flaw : null;
};

/** A stored JSON object, or a message that says why the text is none. @param isAlso what else it may be. */
export function readObject(
  text: string,
  isAlso: (value: unknown) => boolean = () => false,
): { value: Record<string, unknown> } | { flaw: string } {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject || isAlso(value) ? { value: value as Record<string, unknown> } : { flaw: 'it is of another kind' };
  } catch (error) {
    return { flaw: (error as Error).message };
  }
}
