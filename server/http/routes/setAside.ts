import * as v from 'valibot';
import { listOf, pageQuery } from '#shared/api/lists.ts';
import { ServiceState } from '#shared/library/household.ts';
import { Count, StoredSeconds, Whole } from '#shared/library/identifiers.ts';
import type { Library } from '../../library/api/library.ts';
import type { SetAsideReaders } from '../../modules/module.ts';
import { listAnswer } from '../lists.ts';
import { defineRoute } from '../route.ts';

const Tally = v.object({
  service: v.string(),
  list: v.string(),
  reason: v.string(),
  count: Count,
  lastSeenAt: StoredSeconds,
  /** Whether what could be read of these now would be recorded, see `retry`. */
  canRetry: v.boolean(),
});
const Entry = v.object({
  id: Whole,
  list: v.string(),
  reason: v.string(),
  raw: v.string(),
  firstSeenAt: StoredSeconds,
  lastSeenAt: StoredSeconds,
});
const Service = ServiceState.entries.id;

const TAG = 'Services';

/** What other services list and nobody can read: it is kept apart and never stops the rest. */
export const setAsideRoutes = ({ setAside }: Library, readers: SetAsideReaders) => [
  defineRoute({
    method: 'get',
    path: '/services/set-aside',
    tag: TAG,
    summary:
      'How many entries of each service could not be read, by list and reason (`no-artist`, `no-title`, `no-date`, `unreadable`)',
    answer: v.object({ items: v.array(Tally) }),
    handle: () => ({
      items: setAside.counts().map((count) => ({
        ...count,
        canRetry: v.is(Service, count.service) && Object.hasOwn(readers[count.service] ?? {}, count.list),
      })),
    }),
  }),
  defineRoute({
    method: 'get',
    path: '/services/set-aside/:service',
    tag: TAG,
    summary:
      'The entries of one service that could not be read, as they came (`raw` is JSON, perhaps only its beginning), the latest first',
    params: { service: Service },
    query: pageQuery(50),
    answer: listOf(Entry),
    handle: ({ params, query }) => listAnswer(query, setAside.page(params.service, query)),
  }),
  defineRoute({
    method: 'post',
    path: '/services/set-aside/:service/retry',
    tag: TAG,
    summary: 'Read them again: what this version can read is recorded and no longer set aside',
    params: { service: Service },
    answer: v.object({ taken: Count, left: Count }),
    async handle({ params: { service }, c }) {
      let taken = 0;
      for (const [list, take] of Object.entries(readers[service] ?? {}))
        taken += await setAside.reread(service, list, 'all', take, { signal: c.req.raw.signal });
      return { taken, left: setAside.page(service, { page: 1, pageSize: 1 }).total };
    },
  }),
];
