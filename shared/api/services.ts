import * as v from 'valibot';
import { ServiceState } from '../library/household.ts';
import { Count, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { sharedUpstreams, type TestableId } from '../upstreams/registry.ts';
import { defineEndpoint } from './contract.ts';
import type { ErrorCode } from '../errors/errorCodes.ts';
import { Problem } from '../errors/errors.ts';
import { listOf, pageQuery } from './lists.ts';

/** So many entries of a list of a service that could not be read for one reason. */
export const SetAsideCount = v.object({
  service: v.string(),
  list: v.string(),
  reason: v.string(),
  count: Count,
  lastSeenAt: StoredSeconds,
  /** Whether what could be read of these now would be recorded, see `retry`. */
  canRetry: v.boolean(),
});
/** One of them, as it came. */
const SetAsideEntry = v.object({
  id: Whole,
  list: v.string(),
  reason: v.string(),
  /** The entry as it came, JSON, perhaps only its beginning. */
  raw: v.string(),
  firstSeenAt: StoredSeconds,
  lastSeenAt: StoredSeconds,
});
export type SetAsideCount = v.InferOutput<typeof SetAsideCount>;
export type SetAsideEntry = v.InferOutput<typeof SetAsideEntry>;
const Service = ServiceState.entries.id;

/** What comes of asking a service once: whether it answers, in words, and where it does not, the code that pages translate. */
export const ServiceTest = v.object({
  ok: v.boolean(),
  message: v.string(),
  problem: v.optional(Problem),
  /** How much it holds, where it says so. */
  total: v.optional(Count),
});
export type ServiceTest = v.InferOutput<typeof ServiceTest>;

/** Asks a service once. @param errors its own cases. */
export const serviceTest = <
  const I extends string,
  const S extends TestableId,
  const T extends string,
  const E extends readonly ErrorCode[] = readonly [],
>(
  operationId: I,
  service: S,
  tag: T,
  errors?: E,
) =>
  defineEndpoint({
    operationId,
    method: 'post',
    path: `/services/${service}/test`,
    ...(errors && { errors }),
    writes: false,
    tag,
    summary: `Ask ${sharedUpstreams[service].name} once, with the settings as they are`,
    answers: { 200: ServiceTest },
  });

const TAG = 'Services';

/** How any of them is asked, for who does not know which; each operation is defined beside the others of its service. */
export const serviceTestOf = (service: TestableId) => serviceTest('testService', service, TAG);

/** Whatever pause it wanted, or however often it failed. */
export const tryServiceNow = defineEndpoint({
  operationId: 'tryServiceNow',
  method: 'post',
  path: '/services/:service/try-now',
  tag: 'Services',
  summary: 'Ask a service again at once, whatever pause it wanted',
  params: { service: Service },
  writes: false,
  answers: { 202: v.object({ service: Service }) },
});

/** What stayed although a service no longer lists it may go. */
export const letGoOfService = defineEndpoint({
  operationId: 'letGoOfService',
  method: 'post',
  path: '/services/:service/let-go',
  tag: 'Services',
  summary: 'Let what a service no longer lists go from here too, once it has been read again and says the same',
  params: { service: Service },
  answers: { 202: v.object({ service: Service }) },
});

export const countSetAside = defineEndpoint({
  operationId: 'countSetAside',
  method: 'get',
  path: '/services/set-aside',
  tag: TAG,
  summary:
    'How many entries of each service could not be read, by list and reason (`no-artist`, `no-title`, `no-date`, `unreadable`)',
  answers: { 200: v.object({ items: v.array(SetAsideCount) }) },
});

export const listSetAside = defineEndpoint({
  operationId: 'listSetAside',
  method: 'get',
  path: '/services/set-aside/:service',
  tag: TAG,
  summary:
    'The entries of one service that could not be read, as they came (`raw` is JSON, perhaps only its beginning), the latest first',
  params: { service: Service },
  query: pageQuery(50),
  answers: { 200: listOf(SetAsideEntry) },
});

export const retrySetAside = defineEndpoint({
  operationId: 'retrySetAside',
  method: 'post',
  path: '/services/set-aside/:service/retry',
  tag: TAG,
  summary: 'Read them again: what this version can read is recorded and no longer set aside',
  params: { service: Service },
  answers: { 200: v.object({ taken: Count, left: Count }) },
});
