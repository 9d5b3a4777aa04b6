import * as v from 'valibot';
import { UpstreamError } from '../../../kit/http/upstreamError.ts';
import { count, name } from './parts.ts';

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
  throw new UpstreamError({ upstream: 'Last.fm', kind: 'malformed', code: 'other-user', message });
}

export interface Extent {
  page: number;
  totalPages: number;
  total: number;
}

/** Where the page stands, worked out from what is there when the server leaves some of it out. */
export function extent(said: v.InferOutput<typeof attributes>, asked: AskedPage, here: number): Extent {
  const page = said.page ?? asked.page;
  const perPage = said.perPage || asked.limit;
  const another = here >= perPage ? 1 : 0;
  const totalPages = said.totalPages ?? (said.total === undefined ? page + another : Math.ceil(said.total / perPage));
  return { page, totalPages, total: said.total ?? (totalPages <= 1 ? here : totalPages * perPage) };
}
