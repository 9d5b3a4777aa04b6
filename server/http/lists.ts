import type { Page, PageRequest } from '../library/api/page.ts';

/** `{items, total, page, pageSize, pages}`, the one shape of every paginated list. */
export function listAnswer<T>(request: PageRequest, { items, total }: Page<T>) {
  return { items, total, page: request.page, pageSize: request.pageSize, pages: Math.ceil(total / request.pageSize) };
}
