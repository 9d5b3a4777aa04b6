import { pageMonth } from '#shared/journal/codec.ts';
import { PAGE_CAPACITY } from '#shared/journal/page.ts';
import type { Core } from '../core.ts';

interface OpenPage {
  id: string;
  listens: number;
  number: number;
}

/**
 * The pages that listens of these moments go on, in the order given: the newest page of a UTC month that has room, else a
 * new one. To be followed by `countListens` once the listens are on them.
 *
 * @param reserved places on pages that others get in the same breath.
 */
export function pagesWithRoom(
  core: Core,
  moments: readonly number[],
  reserved: ReadonlyMap<string, number> = new Map(),
): string[] {
  const open = new Map<string, OpenPage>();
  return moments.map((playedAt) => {
    const month = pageMonth(playedAt);
    let page = open.get(month) ?? withReserved(newestWithRoom(core, month), reserved);
    if (page === undefined || page.listens >= PAGE_CAPACITY) page = newPage(core, month);
    page.listens += 1;
    open.set(month, page);
    return page.id;
  });
}

/** The pages of listens that are to be added: those they were on before where these have room, else as `pagesWithRoom`. */
export function pagesFor(core: Core, listens: readonly { playedAt: number; page?: string }[]): string[] {
  const reserved = new Map<string, number>();
  const pages = listens.map(({ playedAt, page }) => {
    if (page === undefined || !isPageOf(page, playedAt)) return null;
    const taken = reserved.get(page) ?? 0;
    if (namedPage(core, page).listens + taken >= PAGE_CAPACITY) return null;
    reserved.set(page, taken + 1);
    return page;
  });
  const others = listens.filter((_, index) => pages[index] === null);
  const rest = pagesWithRoom(
    core,
    others.map(({ playedAt }) => playedAt),
    reserved,
  );
  let next = 0;
  return pages.map((page) => page ?? rest[next++]!);
}

/** A page of this name, made where there is none. */
function namedPage(core: Core, id: string): OpenPage {
  const [month, number = '0'] = id.split('.') as [string, string?];
  core.db.run('INSERT OR IGNORE INTO journal_pages (id, month, number) VALUES (?, ?, ?)', id, month, Number(number));
  return core.db.get<OpenPage>('SELECT id, listens, number FROM journal_pages WHERE id = ?', id)!;
}

function withReserved(page: OpenPage | undefined, reserved: ReadonlyMap<string, number>): OpenPage | undefined {
  return page && { ...page, listens: page.listens + (reserved.get(page.id) ?? 0) };
}

function newestWithRoom(core: Core, month: string): OpenPage | undefined {
  return core.db.get<OpenPage>(
    'SELECT id, listens, number FROM journal_pages WHERE month = ? AND listens < ? ORDER BY number DESC LIMIT 1',
    month,
    PAGE_CAPACITY,
  );
}

function newPage(core: Core, month: string): OpenPage {
  const { number } = core.db.get<{ number: number }>(
    'SELECT ifnull(max(number) + 1, 0) AS number FROM journal_pages WHERE month = ?',
    month,
  )!;
  const id = number === 0 ? month : `${month}.${number}`;
  core.db.run('INSERT INTO journal_pages (id, month, number) VALUES (?, ?, ?)', id, month, number);
  return { id, listens: 0, number };
}

/** Counts new listens on their pages, one page a listen, and marks the pages as changed. */
export function countListens(core: Core, pages: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const page of pages) counts.set(page, (counts.get(page) ?? 0) + 1);
  for (const [page, added] of counts) {
    core.db.run('UPDATE journal_pages SET listens = listens + ? WHERE id = ?', added, page);
    core.feed.touch('journal', page);
  }
}

/** Marks the page as changed; one without listens leaves the replicas. */
export function touchPage(core: Core, id: string): void {
  const page = core.db.get<{ listens: number }>('SELECT listens FROM journal_pages WHERE id = ?', id);
  core.feed.touch('journal', id, page === undefined || page.listens === 0);
}

/** True when a page is of the month of this moment, so that a listen may stay on it. */
export const isPageOf = (page: string, playedAt: number): boolean => page.startsWith(pageMonth(playedAt));
