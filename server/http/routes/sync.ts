import * as v from 'valibot';
import { queryInteger } from '#shared/api/lists.ts';
import { PULL_LIMIT, PullAnswer } from '#shared/sync/checkpoint.ts';
import { DEVICE_HEADER, PushAnswer, PushBody, ROWS_HEADER } from '#shared/sync/protocol.ts';
import { Sighting, SyncState } from '#shared/sync/state.ts';
import type { Log } from '../../kit/log.ts';
import type { Library } from '../../library/api/library.ts';
import { collectionNamed, pull } from '../../sync/pull.ts';
import { createPush } from '../../sync/push.ts';
import { deviceOf } from '../../sync/pushingDevice.ts';
import { syncState } from '../../sync/state.ts';
import { eventStream, type StreamOptions } from '../../sync/stream.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';

const TAG = 'Sync';

/** What devices keep in step with the library by: its state, pull, push and the stream of live events. */
export const syncRoutes = (stream: StreamOptions, log: Log) => [
  ...stateRoutes(stream.library),
  pullRoute(stream.library),
  pushRoute(stream.library, log),
  defineRoute({
    method: 'get',
    path: '/sync/stream',
    tag: TAG,
    summary: 'Live events: resync, now-playing, service, progress, health, facts, words (server-sent events)',
    query: { device: v.optional(v.string()), lastEventId: v.optional(v.string()) },
    handle: ({ c, query }) => eventStream(stream, c.req.header('last-event-id') ?? query.lastEventId),
  }),
];

const stateRoutes = (library: Library) => [
  defineRoute({
    method: 'get',
    path: '/sync/state',
    tag: TAG,
    summary:
      'Whose library this is, which of its lives, and how many documents it holds: for a device to look at before it believes',
    answer: SyncState,
    handle: () => syncState(library),
  }),
  defineRoute({
    method: 'post',
    path: '/sync/seen',
    tag: TAG,
    summary:
      'What a device has seen of this library, so that no id is given twice: told before it writes in a new life; of another library nothing is taken',
    body: Sighting,
    handle({ body }) {
      library.life.seen(body);
    },
  }),
];

const pullRoute = (library: Library) =>
  defineRoute({
    method: 'get',
    path: '/sync/:collection/pull',
    errors: ['unknown-collection', 'library-restored', 'library-older', 'ahead-of-library'],
    tag: TAG,
    summary:
      'Documents changed after a checkpoint, oldest change first; fewer than `limit` only at the end of the feed',
    params: { collection: v.string() },
    query: {
      seq: v.optional(queryInteger(0, Number.MAX_SAFE_INTEGER)),
      epoch: v.optional(v.string()),
      limit: v.optional(queryInteger(1, PULL_LIMIT), '100'),
      device: v.optional(v.string()),
    },
    answer: PullAnswer,
    handle: ({ params, query, c }) =>
      pull(library, collectionNamed(params.collection), {
        ...query,
        device: query.device ?? c.req.header(DEVICE_HEADER),
      }),
  });

/**
 * What devices wrote. Answers the master state of every row that conflicts, and which rows were not taken and why; an app that does
 * not ask for the latter gets the conflicts alone, or a 400 that names the first such row once the others are taken.
 */
export const pushRoute = (library: Library, log: Log) => {
  const push = createPush(library, log);
  return defineRoute({
    method: 'post',
    path: '/sync/:collection/push',
    errors: ['unknown-collection', 'read-only', 'foreign-option'],
    tag: TAG,
    summary: 'Rows a device wrote; answers the conflicting master states',
    params: { collection: v.string() },
    body: PushBody,
    largeBody: true,
    answer: v.union([PushAnswer, PushAnswer.entries.conflicts]),
    async handle({ params, body, c }) {
      const pushed = await push(params.collection, body, deviceOf(c));
      if (c.req.header(ROWS_HEADER) !== undefined) return pushed;
      const [first] = pushed.refused;
      if (first)
        throw new HttpError(
          { code: 'bad-value' },
          { field: first.field ?? String(first.index), message: first.message },
        );
      return pushed.conflicts;
    },
  });
};
