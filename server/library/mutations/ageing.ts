import type { Core } from '../core.ts';
import { forgetSessions } from '../turntable/sessions.ts';
import { expire } from './mutationHistory.ts';

/** A device that was away so long does not come back with what was done at the turntable. */
const SESSION_RETENTION_SECONDS = 180 * 86_400;

/**
 * Makes every answered mutation a day older; those that have been stored for their time leave the library and the devices. What was
 * refused stays, however old: it holds what the person wrote, until they have dismissed it.
 */
export function countDay(core: Core): number {
  return core.db.transaction(() => {
    core.db.run('UPDATE intents SET days_kept = days_kept + 1');
    forgetSessions(core, Math.floor(core.time().clock / 1000) - SESSION_RETENTION_SECONDS);
    const old = expire(core);
    for (const id of old) core.feed.touch('intents', id, true);
    return old.length;
  });
}

/** The person has read why this was refused, and does not need it any more. Nothing happens to what was not refused. */
export function dismiss(core: Core, id: string): void {
  core.db.transaction(() => {
    const gone = core.db.rows<[string]>(
      "DELETE FROM intents WHERE id = ? AND json_extract(verdict, '$.state') = 'refused' RETURNING id",
      id,
    );
    for (const [dismissed] of gone) core.feed.touch('intents', dismissed, true);
  });
}
