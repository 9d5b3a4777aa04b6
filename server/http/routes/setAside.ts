import * as v from 'valibot';
import { ServiceState } from '#shared/library/household.ts';
import { countSetAside, listSetAside, retrySetAside } from '#shared/api/services.ts';
import type { Library } from '../../library/api/library.ts';
import type { SetAsideReaders } from '../../modules/module.ts';
import { listAnswer } from '../lists.ts';
import { route } from '../route.ts';

/** What other services list and nobody can read: it is set aside and never stops the rest. */
export const setAsideRoutes = ({ setAside }: Library, readers: SetAsideReaders) => [
  route(countSetAside, () => ({
    items: setAside.counts().map((count) => ({
      ...count,
      canRetry: v.is(ServiceState.entries.id, count.service) && Object.hasOwn(readers[count.service] ?? {}, count.list),
    })),
  })),
  route(listSetAside, ({ params, query }) => listAnswer(query, setAside.page(params.service, query))),
  route(retrySetAside, async ({ params: { service }, c }) => {
    let taken = 0;
    for (const [list, take] of Object.entries(readers[service] ?? {}))
      taken += await setAside.reread(service, list, 'all', take, { signal: c.req.raw.signal });
    return { taken, left: setAside.page(service, { page: 1, pageSize: 1 }).total };
  }),
];
