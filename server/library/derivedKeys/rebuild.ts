import type { Database } from '../database/database.ts';
import { type DerivedKey, derivedKeys } from './index.ts';

/** Some rows of a table that are made anew one after the other. */
export interface RebuildStep {
  /** SQL of the ids above `?1`, ascending, at most `?2` of them. */
  ids: string;
  /** Makes these anew, inside a transaction. Doing one again must change nothing. */
  work(ids: readonly number[]): void;
}

/** A step that is one piece of work, whatever there is. */
export const inOnePiece = (work: () => void): RebuildStep => ({
  ids: 'SELECT 1 AS id WHERE ?1 < 1 LIMIT ?2',
  work,
});

/** One kind of derived keys being made anew. Its progress is written with each slice, so that a crash at any line loses none and doubles none. */
export interface Rebuild {
  readonly key: DerivedKey;
  /** `known` when today's rules made all of them; `begun` when some of them. */
  state(): 'known' | 'begun' | 'unknown' | 'earlier';
  /** What is to be done next; null once there is nothing more, which is noted. */
  waiting(): { step: number; ids: number[] } | null;
  /** Does some of what waits, from its beginning on. */
  make(step: number, ids: readonly number[]): void;
}

/** How many are looked up at a time. */
const AT_ONCE = 500;

interface Progress {
  version: string;
  target: string | null;
  step: number;
  done: number;
}

export function openRebuild(db: Database, key: DerivedKey, steps: readonly RebuildStep[]): Rebuild {
  const today = derivedKeys[key];
  const progress = (): Progress =>
    db.get<Progress>('SELECT version, target, step, done FROM derived_keys WHERE name = ?', key) ?? {
      version: '',
      target: null,
      step: 0,
      done: 0,
    };
  const save = (step: number, done: number) =>
    db.run(
      `INSERT INTO derived_keys (name, version, target, step, done) VALUES (?1, '', ?2, ?3, ?4)
       ON CONFLICT (name) DO UPDATE SET target = excluded.target, step = excluded.step, done = excluded.done`,
      key,
      today,
      step,
      done,
    );
  const isKnown = ({ version, target }: Progress) => version === today && target === null;
  return {
    key,
    state() {
      const now = progress();
      if (isKnown(now)) return 'known';
      if (now.target === today) return 'begun';
      return now.version === '' ? 'unknown' : 'earlier';
    },
    waiting() {
      for (;;) {
        const now = progress();
        if (isKnown(now)) return null;
        const { step, done } = now.target === today ? now : { step: 0, done: 0 };
        const at = steps[step];
        if (at === undefined) {
          db.run('UPDATE derived_keys SET version = target, target = NULL, step = 0, done = 0 WHERE name = ?', key);
          return null;
        }
        const ids = db.rows<[number]>(at.ids, done, AT_ONCE).map(([id]) => id);
        if (ids.length > 0) return { step, ids };
        save(step + 1, 0);
      }
    },
    make: (step, ids) =>
      db.transaction(() => {
        steps[step]!.work(ids);
        save(step, ids.at(-1)!);
      }),
  };
}

/** Notes that today's rules made all there is, as in a library that has nothing yet. */
export function noteKnown(db: Database): void {
  for (const [name, version] of Object.entries(derivedKeys))
    db.run('INSERT OR REPLACE INTO derived_keys (name, version) VALUES (?, ?)', name, version);
}
