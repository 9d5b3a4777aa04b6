import { MUTATION_RETENTION_DAYS, type MutationDocument } from '#shared/mutations/document.ts';
import { type Core, listed } from '../core.ts';
import { keysOfSame } from './conflictKeys.ts';

/** A UUID's 16 bytes, of one given as text. */
const bytes = (uuid: string): string => `unhex(replace(${uuid}, '-', ''))`;

/** Stores what outlives the answered mutations that have had their time, and removes them. @returns their ids. */
export function expire(core: Core): string[] {
  const old = `FROM intents WHERE days_kept >= ${MUTATION_RETENTION_DAYS} AND verdict ->> 'state' <> 'refused'`;
  core.db.run(
    `INSERT OR IGNORE INTO past_intents (id, outdone) SELECT ${bytes('id')}, ifnull(verdict ->> 'outdone', 0) ${old}`,
  );
  core.db.run(
    `INSERT INTO last_words (subject, device_id, number, made_at)
     SELECT subject, ${bytes('device_id')}, max(number), max(made_at) ${old} AND subject IS NOT NULL GROUP BY subject, device_id
     ON CONFLICT (subject, device_id) DO UPDATE SET number = max(number, excluded.number), made_at = max(made_at, excluded.made_at)`,
  );
  return core.db.rows<[string]>(`DELETE ${old} RETURNING id`).map(([id]) => id);
}

/** What became of one that was applied so long ago that its row went; undefined for one that never was. */
export function pastOutcome(core: Core, id: string): { outdone: boolean } | undefined {
  const row = core.db.get<{ outdone: number }>(`SELECT outdone FROM past_intents WHERE id = ${bytes('?')}`, id);
  return row && { outdone: row.outdone === 1 };
}

/**
 * Another device said something later about it; of one device's mutations the one with the higher number is the later, whatever its
 * clock did. What was said of something before it was merged into this is said of this.
 */
export function isSuperseded(core: Core, conflictKey: string, { madeAt, deviceId, number }: MutationDocument): boolean {
  const later = (table: string, device: string) =>
    `EXISTS (SELECT 1 FROM ${table} WHERE subject IN (SELECT value FROM json_each(?1)) AND CASE WHEN device_id = ${device} THEN number > ?3 ELSE made_at > ?4 END)`;
  return (
    core.db.get(
      `SELECT 1 WHERE ${later('intents', '?2')} OR ${later('last_words', bytes('?2'))}`,
      listed(keysOfSame(core, conflictKey)),
      deviceId,
      number,
      madeAt,
    ) !== undefined
  );
}

/** Made so long ago that what was said since, or whether this was taken, is not known any more. @param madeAt milliseconds since the epoch. */
export const isForgotten = (core: Core, madeAt: number): boolean =>
  core.db.get('SELECT 1 FROM library_state WHERE words_since > ?', madeAt) !== undefined;
