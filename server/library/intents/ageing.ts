import { INTENT_KEPT_DAYS } from '#shared/sync/intents.ts';
import type { Core } from '../core.ts';

/** Makes every answered intent a day older; those that have been kept for their time leave the library and the devices. */
export function countDay(core: Core): number {
  return core.db.transaction(() => {
    core.db.run('UPDATE intents SET days_kept = days_kept + 1');
    const old = core.db.rows<[string]>('DELETE FROM intents WHERE days_kept >= ? RETURNING id', INTENT_KEPT_DAYS);
    for (const [id] of old) core.feed.touch('intents', id, true);
    return old.length;
  });
}
