import type { Devices } from '../api/devices.ts';
import type { ServiceStates, Settings } from '../api/settings.ts';
import { type Core, isoNow } from '../core.ts';
import { nowSeconds } from '../../kit/clock.ts';

/** Keys under which the library keeps documents of its own among the settings. */
const OWN_KEYS = new Set(['household']);

/** For a setting that is no JSON any more, which stays until a person chooses another value: of a type that no setting can have. */
const UNREADABLE = Symbol('a setting that cannot be read');

/** What a person set in the app: one JSON value a key. */
export function settings({ db, clock }: Core): Settings {
  return {
    get<T>(key: string) {
      const row = db.get<{ value: string }>('SELECT value FROM settings WHERE key = ?', key);
      return row === undefined ? undefined : (valueOf(row.value) as T);
    },
    set(key, value) {
      if (value === undefined) db.run('DELETE FROM settings WHERE key = ?', key);
      else
        db.run(
          'INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES (?, ?, ?)',
          key,
          JSON.stringify(value),
          isoNow({ clock }),
        );
    },
    all: () =>
      Object.fromEntries(
        db
          .all<{ key: string; value: string }>('SELECT key, value FROM settings ORDER BY key')
          .filter(({ key }) => !OWN_KEYS.has(key))
          .map(({ key, value }) => [key, valueOf(value)]),
      ),
  };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return UNREADABLE;
  }
}

/** What a service must remember across restarts: one JSON value each. */
export function serviceStates({ db, clock, availability }: Core): ServiceStates {
  /** What could not be written yet. */
  const unwritten = new Map<string, unknown>();
  return {
    get<T>(service: string) {
      if (unwritten.has(service)) return unwritten.get(service) as T | undefined;
      const row = db.get<{ state: string }>('SELECT state FROM service_states WHERE service = ?', service);
      return row === undefined ? undefined : (JSON.parse(row.state) as T);
    },
    set(service, state) {
      const json = state === undefined ? undefined : JSON.stringify(state);
      if (!db.inTransaction) unwritten.set(service, state);
      availability.soon(`state:${service}`, () => {
        if (json === undefined) db.run('DELETE FROM service_states WHERE service = ?', service);
        else
          db.run(
            'INSERT OR REPLACE INTO service_states (service, state, updated_at) VALUES (?, ?, ?)',
            service,
            json,
            isoNow({ clock }),
          );
        unwritten.delete(service);
      });
    },
  };
}

/** Devices that have synced, and how far each has come. */
export function devices({ db, clock, availability }: Core): Devices {
  return {
    seen(id, { userAgent, name, seq }) {
      const at = nowSeconds(clock);
      availability.soon(
        `device:${id}`,
        () =>
          void db.run(
            `INSERT INTO devices (id, name, user_agent, first_seen, last_seen, last_seq) VALUES (?1, ?2, ?3, ?4, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET name = ifnull(?2, name), user_agent = ifnull(?3, user_agent), last_seen = ?4, last_seq = ifnull(?5, last_seq)`,
            id,
            name,
            userAgent,
            at,
            seq,
          ),
      );
    },
    all: () =>
      db.all(
        `SELECT id, name, user_agent AS userAgent, first_seen AS firstSeen, last_seen AS lastSeen, last_seq AS lastSeq
         FROM devices ORDER BY last_seen DESC, id`,
      ),
  };
}
