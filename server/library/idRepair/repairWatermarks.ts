import type { Database } from '../database/database.ts';
import { type Kind, WATERMARKS } from './idPlaces.ts';
import { watermarkOf, setWatermark } from './repairIds.ts';
import { MAX_HIGHEST_ID } from '../identity/highestIds.ts';

/** The last id of a kind that was given before a moment, in seconds since the epoch. */
const GIVEN_BEFORE: Partial<Record<Kind, string>> = {
  artists: 'SELECT max(id) AS last FROM artists WHERE unixepoch(created_at) < ?',
  albums: 'SELECT max(id) AS last FROM albums WHERE unixepoch(created_at) < ?',
  scrobbles: `SELECT max(id) AS last FROM scrobbles WHERE source = 'manual' AND recorded_at < ?`,
};

/**
 * Puts right what was left behind where ids had come down already: watermarks that nothing reaches any more go back to what there was when
 * they were set, and reports of listens that a person made one are found again by whose word they were and of when. To be called inside
 * a transaction.
 */
export function lowerWatermarks(db: Database): void {
  for (const [service, key, kind] of WATERMARKS) {
    const mark = watermarkOf(db, service, key);
    if (mark === undefined || mark <= MAX_HIGHEST_ID) continue;
    const { at } = db.get<{ at: number | null }>(
      'SELECT unixepoch(updated_at) AS at FROM service_states WHERE service = ?',
      service,
    )!;
    setWatermark(db, service, key, db.get<{ last: number | null }>(GIVEN_BEFORE[kind]!, at)?.last ?? 0);
  }
  db.run(
    `UPDATE deleted_listens SET listen = json_set(listen, '$.reports', (
       SELECT json_group_array(scrobbles.id) FROM scrobbles
       WHERE listen_id = ifnull((SELECT id FROM former_ids WHERE kind = 'listen' AND former_id = deleted_listens.listen_id), deleted_listens.listen_id)
         AND source = listen ->> 'source' AND played_at = listen ->> 'timestamp'))
     WHERE json_valid(listen) AND EXISTS (SELECT 1 FROM json_each(listen, '$.reports') WHERE value > ?)`,
    MAX_HIGHEST_ID,
  );
}
