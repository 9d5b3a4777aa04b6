import { pageMonth } from '#shared/journal/codec.ts';
import type { Core } from '../core.ts';

/** Of `deleted_listens`: a person deleted it. A listen that a merge made part of another is stored there too, with its reports. */
export const IS_DELETION = `listen ->> 'reports' IS NULL`;

/** Marks a month's deletions as changed for the replicas. */
export function touchDeletions(core: Core, month: string): void {
  core.feed.touch('deletions', month);
}

/** The same for the month of a deleted listen whose reports or note changed; nothing for one that nobody deleted. */
export function touchDeletionOf(core: Core, listenId: number): void {
  const deleted = core.db.get<{ at: number }>(
    `SELECT listen ->> 'timestamp' AS at FROM deleted_listens WHERE listen_id = ? AND ${IS_DELETION}`,
    listenId,
  );
  if (deleted !== undefined) touchDeletions(core, pageMonth(deleted.at));
}
