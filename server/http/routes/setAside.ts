import * as v from 'valibot';
import { listOf, pageQuery } from '#shared/api/lists.ts';
import type { Library } from '../../library/contract.ts';
import { listAnswer } from '../lists.ts';
import { defineRoute } from '../route.ts';

const Count = v.object({ service: v.string(), list: v.string(), reason: v.string(), count: v.number(), lastSeenAt: v.number() });
const Entry = v.object({ id: v.number(), list: v.string(), reason: v.string(), raw: v.string(), firstSeenAt: v.number(), lastSeenAt: v.number() });
const Service = v.picklist(['lastfm', 'roon', 'discogs', 'spotify', 'euria', 'musicbrainz']);

/** What other services list and nobody can read: it is kept apart and never stops the rest. */
export const setAsideRoutes = ({ setAside }: Library) => [
  defineRoute({
    method: 'get',
    path: '/services/set-aside',
    tag: 'Services',
    summary: 'How many entries of each service could not be read, by list and reason (`no-artist`, `no-title`, `no-date`, `unreadable`)',
    answer: v.object({ items: v.array(Count) }),
    handle: () => ({ items: setAside.counts() }),
  }),
  defineRoute({
    method: 'get',
    path: '/services/set-aside/:service',
    tag: 'Services',
    summary: 'The entries of one service that could not be read, as they came (`raw` is JSON, perhaps only its beginning), the latest first',
    params: { service: Service },
    query: pageQuery(50),
    answer: listOf(Entry),
    handle: ({ params, query }) => listAnswer(query, setAside.page(params.service, query)),
  }),
];
