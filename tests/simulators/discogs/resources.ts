import type { SimulatedAnswer, SimulatedRequest } from '../kit/exchange.ts';
import { type Caller, Refusal } from './auth.ts';
import type { SimulatedRelease } from './release.ts';
import { FIELDS, FOLDERS, type Shelf } from './shelf.ts';
import { formatCopy, formatMaster, formatRelease, formatResult, formatWant } from './responseFormat.ts';

export interface Site {
  shelf: Shelf;
  username: string;
  userId: number;
  /** The API's own address. */
  base: string;
}

const MOST_PER_PAGE = 100;

/** What Discogs answers to a request that got past authentication. */
export function resource(request: SimulatedRequest, caller: Caller, site: Site): SimulatedAnswer {
  const parts = request.path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const [kind, id] = parts;
  if (kind === 'oauth' && id === 'identity') return identity(caller, site);
  if (kind === 'users' && id !== undefined) return ofUser(request, caller, site, id, parts.slice(2));
  if (kind === 'releases') return json(formatRelease(found(site.shelf.releases.get(Number(id)), 'Release'), site.base));
  if (kind === 'masters') return json(formatMaster(masterOf(site, Number(id)), site.base));
  if (kind === 'database' && id === 'search') return search(request, caller, site);
  throw new Refusal(404, 'The requested resource was not found.');
}

const json = (body: unknown): SimulatedAnswer => ({ json: body });

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Refusal(404, `${what} not found.`);
  return value;
}

function asUser(caller: Caller): void {
  if (caller !== 'user') throw new Refusal(401, 'You must authenticate to access this resource.');
}

function identity(caller: Caller, { username, userId, base }: Site): SimulatedAnswer {
  asUser(caller);
  return json({ id: userId, username, resource_url: `${base}/users/${username}`, consumer_name: 'AIME' });
}

function ofUser(request: SimulatedRequest, caller: Caller, site: Site, user: string, rest: string[]): SimulatedAnswer {
  if (user.toLowerCase() !== site.username.toLowerCase())
    throw new Refusal(404, 'User does not exist or may have been deleted.');
  const { shelf, base } = site;
  const copies = (releaseId?: number, folder = 0) =>
    shelf.copies.filter(
      (copy) => (folder === 0 || copy.folderId === folder) && (releaseId === undefined || copy.releaseId === releaseId),
    );
  const toEntry = (copy: (typeof shelf.copies)[number]) =>
    formatCopy(copy, shelf.releaseOf(copy), base, caller !== 'nobody');
  const [area, what, folder] = rest;
  if (area === undefined)
    return json({
      id: site.userId,
      username: site.username,
      resource_url: `${base}/users/${site.username}`,
      num_collection: shelf.copies.length,
    });
  if (area === 'wants') {
    asUser(caller);
    return paged(request, 'wants', shelf.wants, (want) => formatWant(want, shelf.releaseOf(want), base, user));
  }
  if (area !== 'collection') throw new Refusal(404, 'The requested resource was not found.');
  if (what === 'fields') return json({ fields: FIELDS.filter((field) => field.public || caller === 'user') });
  if (what === 'releases') return paged(request, 'releases', copies(Number(folder)), toEntry);
  if (what === 'folders' && folder === undefined) return folders(site, copies);
  if (what === 'folders') {
    if (folder !== '0') asUser(caller);
    return paged(request, 'releases', copies(undefined, Number(folder)), toEntry);
  }
  throw new Refusal(404, 'The requested resource was not found.');
}

function folders(
  { base, username }: Site,
  copies: (releaseId: undefined, folder: number) => unknown[],
): SimulatedAnswer {
  const all = [{ id: 0, name: 'All' }, ...FOLDERS];
  const listed = all.map(({ id, name }) => ({
    id,
    name,
    count: copies(undefined, id).length,
    resource_url: `${base}/users/${username}/collection/folders/${id}`,
  }));
  return json({ folders: listed });
}

/** Ordered by date when asked to, and cut into pages. `urls` has no `next` on the last page and is empty when it is the only one. */
function paged<Entry extends { dateAdded: number }>(
  request: SimulatedRequest,
  list: string,
  entries: readonly Entry[],
  toEntry: (entry: Entry) => unknown,
): SimulatedAnswer {
  const { query, path } = request;
  const perPage = Math.min(Number(query.get('per_page') ?? 50), MOST_PER_PAGE);
  const page = Number(query.get('page') ?? 1);
  const pages = Math.max(1, Math.ceil(entries.length / perPage));
  if (!(perPage >= 1) || !(page >= 1) || page > pages) throw new Refusal(404, 'That page does not exist.');
  const direction = query.get('sort_order') === 'asc' ? 1 : -1;
  const ordered =
    query.get('sort') === 'added'
      ? entries.toSorted((one, other) => (one.dateAdded - other.dateAdded) * direction)
      : entries;
  const url = (to: number) => `${path}?page=${to}&per_page=${perPage}`;
  const urls = {
    ...(page < pages && { next: url(page + 1), last: url(pages) }),
    ...(page > 1 && { first: url(1), prev: url(page - 1) }),
  };
  return json({
    pagination: { page, pages, per_page: perPage, items: entries.length, urls },
    [list]: ordered.slice((page - 1) * perPage, page * perPage).map(toEntry),
  });
}

function masterOf(site: Site, id: number): SimulatedRelease {
  const release = [...site.shelf.releases.values()].find(({ masterId }) => masterId === id && id !== 0);
  return found(release, 'Master Release');
}

function search({ query }: SimulatedRequest, caller: Caller, { shelf }: Site): SimulatedAnswer {
  if (caller === 'nobody') throw new Refusal(401, 'You must authenticate to access this resource.');
  const wanted = (name: string) => (query.get(name) ?? '').toLowerCase();
  const holds = (text: string, part: string) => part === '' || text.toLowerCase().includes(part);
  const names = ({ artists }: SimulatedRelease) => artists.map(({ name, anv }) => `${name} ${anv ?? ''}`).join(' ');
  const results = [...shelf.releases.values()].filter(
    (release) =>
      (wanted('barcode') === '' || release.barcode === wanted('barcode')) &&
      holds(names(release), wanted('artist')) &&
      holds(release.title, wanted('release_title')) &&
      holds(`${names(release)} ${release.title}`, wanted('q')),
  );
  const shown = results.slice(0, Number(query.get('per_page') ?? 50));
  return json({
    pagination: { page: 1, pages: 1, per_page: 50, items: results.length, urls: {} },
    results: shown.map(formatResult),
  });
}
