import { getSyncState, openStream, pullCollection, pushCollection, reportSeen } from '#shared/api/sync.ts';
import { DEVICE_HEADER, ROWS_HEADER } from '#shared/sync/protocol.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import { collectionNamed, pull } from '../../sync/pull.ts';
import { createPush } from '../../sync/push.ts';
import { deviceOf } from '../../sync/pushingDevice.ts';
import { syncState } from '../../sync/state.ts';
import { eventStream, type StreamOptions } from '../../sync/stream.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { route } from '../route.ts';

/** What devices keep in step with the library by: its state, pull, push and the stream of live events. */
export const syncRoutes = (stream: StreamOptions, log: Log) => [
  route(getSyncState, () => syncState(stream.library)),
  route(reportSeen, ({ body }) => void stream.library.life.seen(body)),
  route(pullCollection, ({ params, query, c }) =>
    pull(stream.library, collectionNamed(params.collection), {
      ...query,
      device: query.device ?? c.req.header(DEVICE_HEADER),
    }),
  ),
  pushRoute(stream.library, log),
  route(openStream, ({ c, query }) => eventStream(stream, c.req.header('last-event-id') ?? query.lastEventId)),
];

/**
 * What devices wrote. Answers the master state of every row that conflicts, and which rows were not taken and why; an app that does
 * not ask for the latter gets the conflicts alone, or a 400 that names the first such row once the others are taken.
 */
export const pushRoute = (library: Library, log: Log) => {
  const push = createPush(library, log);
  return route(pushCollection, async ({ params, body, c }) => {
    const pushed = await push(params.collection, body, deviceOf(c));
    if (c.req.header(ROWS_HEADER) !== undefined) return pushed;
    const [first] = pushed.refused;
    if (first)
      throw new HttpError({ code: 'bad-value' }, { field: first.field ?? String(first.index), message: first.message });
    return pushed.conflicts;
  });
};
