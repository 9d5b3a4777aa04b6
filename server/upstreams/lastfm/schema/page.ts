import * as v from 'valibot';
import { UpstreamError } from '../../../kit/http/upstreamError.ts';
import { count, name } from './parts.ts';
import { LASTFM } from '../settings.ts';

/** What was asked, to hold the answer against. */
export interface AskedPage {
  user: string;
  page: number;
  limit: number;
}

/** The `@attr` of a page: text, once recorded as numbers. */
export const attributes = v.object({ user: name, page: count, perPage: count, totalPages: count, total: count });

/**
 * Last.fm was seen answering with the history of someone else.
 * @throws UpstreamError `malformed`, code `other-user`
 */
export function refuseOtherUser(asked: string, answered: string): void {
  if (asked.toLowerCase() === answered.toLowerCase()) return;
  const message = `Last.fm answered with another user’s data (asked for “${asked}”); nothing of it was used`;
  throw new UpstreamError({ upstream: LASTFM, kind: 'malformed', code: 'other-user', message });
}

export interface Extent {
  page: number;
  totalPages: number;
  total: number;
  /** False where the server says nothing of how much there is in all. */
  isCounted: boolean;
  /** How many entries this page must hold, by what is counted, and does not. */
  leftOut: number;
}

/**
 * Where the page stands, worked out from what is there when the server leaves some of it out. Where the pages that are announced are too
 * few for what is counted, there are more: what is counted may still come.
 *
 * @param here how many entries it holds. @param besides how many that are none, and may be counted as one.
 * @throws UpstreamError `malformed`, code `left-out` for a page without any entry where some are counted (`values.total` says how
 * many), `other-page` for another page than was asked for.
 */
export function extent(said: v.InferOutput<typeof attributes>, asked: AskedPage, here: number, besides = 0): Extent {
  const page = said.page ?? asked.page;
  const perPage = said.perPage || asked.limit;
  const another = here >= perPage ? 1 : 0;
  if (here > 0 && page !== asked.page)
    throw refused('other-page', `Last.fm answered with page ${page} where page ${asked.page} was asked for`);
  const before = (asked.page - 1) * perPage;
  const counted = said.total;
  const totalPages = Math.max(
    said.totalPages ?? (counted === undefined ? asked.page + another : 0),
    Math.ceil((counted ?? 0) / perPage),
  );
  // Without a count every page but the last is full, and the last of several holds something.
  const isBeforeLast = asked.page < totalPages;
  const fewest =
    counted === undefined
      ? isBeforeLast
        ? perPage
        : Number(asked.page > 1)
      : Math.max(Number(isBeforeLast), Math.min(perPage, counted - before));
  const leftOut = asked.page > totalPages ? 0 : Math.max(0, fewest - here - besides);
  const total = counted ?? (totalPages <= 1 ? here : totalPages * perPage);
  if (here === 0 && leftOut > 0)
    throw refused('left-out', `Last.fm counts ${total} entries and lists none of them on page ${asked.page}`, {
      total,
    });
  return { page: asked.page, totalPages, total, isCounted: counted !== undefined, leftOut };
}

const refused = (code: string, message: string, values?: { total: number }) =>
  new UpstreamError({ upstream: LASTFM, kind: 'malformed', code, message, ...(values && { values }) });
