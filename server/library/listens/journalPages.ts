import { pageMonth } from '#shared/journal/codec.ts';
import { PAGE_CAPACITY } from '#shared/journal/page.ts';
import type { Core } from '../core.ts';

/**
 * The page a listen of this moment goes on: the newest page of its UTC month that has room, else a new one. Counts of
 * pages are kept by the table's triggers.
 */
export function pageWithRoom(core: Core, playedAt: number): string {
  const month = pageMonth(playedAt);
  const open = core.db.get<{ id: string }>(
    'SELECT id FROM journal_pages WHERE month = ? AND listens < ? ORDER BY number DESC LIMIT 1',
    month,
    PAGE_CAPACITY,
  );
  if (open !== undefined) return open.id;
  const { number } = core.db.get<{ number: number }>('SELECT ifnull(max(number) + 1, 0) AS number FROM journal_pages WHERE month = ?', month)!;
  const id = number === 0 ? month : `${month}.${number}`;
  core.db.run('INSERT INTO journal_pages (id, month, number) VALUES (?, ?, ?)', id, month, number);
  return id;
}

/** Tells the page that its listens changed; one without listens leaves the replicas. */
export function touchPage(core: Core, id: string): void {
  const page = core.db.get<{ listens: number }>('SELECT listens FROM journal_pages WHERE id = ?', id);
  core.feed.touch('journal', id, page === undefined || page.listens === 0);
}

/** True when a page is of the month of this moment, so that a listen may stay on it. */
export const isPageOf = (page: string, playedAt: number): boolean => page.startsWith(pageMonth(playedAt));
