import * as v from 'valibot';
import { TurntableSession } from '../journal/turntable.ts';
import { upstreamIds } from '../upstreams/registry.ts';
import { Count, StoredSeconds } from '../primitives/identifiers.ts';

/** What can be wrong with a service. */
/** What a service gives nothing for, where no key is to blame and a person can mend it. */
export const REFUSAL_CODES = [
  'premium-needed',
  'history-private',
  'account-refused',
  'secret-refused',
  'token-needed',
  'user-unknown',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];
export const SERVICE_ERROR_CODES = [
  ...REFUSAL_CODES,
  'unreachable',
  'timeout',
  'rate-limited',
  'resting',
  'refused',
  'not-found',
  'bad-request',
  'malformed',
  'broken',
  'cancelled',
  'model-unknown',
  'cap-reached',
  'missing-scope',
  'no-credit',
  'wrong-address',
  'no-key',
] as const;
export type ServiceErrorCode = (typeof SERVICE_ERROR_CODES)[number];

/** What goes wrong with a service: a stable key of the translations, and the values its sentence names. */
export const ServiceError = v.object({
  code: v.string(),
  values: v.optional(v.record(v.string(), v.union([v.string(), v.number()]))),
});
export type ServiceError = v.InferOutput<typeof ServiceError>;

/** What a list of a service no longer holds and stays here for now, all the same. */
export const WithheldList = v.object({
  list: v.picklist(['collection', 'wants', 'loved']),
  missing: Count,
  of: Count,
  /** When it was missing first. An hour later a reading that says the same takes it away. */
  since: StoredSeconds,
  /** Whose list is stored, where another person's was read: it is removed only after a person agreed. */
  owner: v.optional(v.string()),
});
export type WithheldList = v.InferOutput<typeof WithheldList>;

/** How a connection is, in terms a page can put into words. `code` is a key of the translations; `detail` is the service's own sentence. */
export const ServiceState = v.object({
  id: v.picklist(upstreamIds),
  status: v.picklist(['off', 'connected', 'attention']),
  code: v.string(),
  detail: v.optional(v.string()),
  /** The same in a page's own words, where it is one of the known errors. */
  trouble: v.optional(ServiceError),
  account: v.optional(v.string()),
  withheld: v.optional(v.array(WithheldList)),
  since: v.optional(StoredSeconds),
  lastOkAt: v.optional(StoredSeconds),
});
export type ServiceState = v.InferOutput<typeof ServiceState>;

/** What every device should know about the server and its services. One document, id `household`. */
export const HouseholdDocument = v.object({
  id: v.literal('household'),
  /** IANA name: calendars and hours are reckoned in it. */
  timeZone: v.string(),
  services: v.array(ServiceState),
  zones: v.array(v.object({ id: v.string(), name: v.string(), hidden: v.boolean() })),
  /** Days a listen is retained in the journal; 0 is for ever. */
  retentionDays: Count,
  /**
   * Listens that would fall out of that period for the first time: a person is asked before any is archived. `oldest` in seconds, and
   * `clock`, what the server's says where it may be wrong.
   */
  retentionQuestion: v.optional(
    v.nullable(v.object({ listens: Count, oldest: StoredSeconds, clock: v.optional(StoredSeconds) })),
  ),
  /** How well the library is backed up: when the newest good one was made, and what is wrong, if anything. */
  backup: v.optional(
    v.object({
      lastGoodAt: v.nullable(StoredSeconds),
      problem: v.nullable(
        v.object({ code: v.picklist(['failed', 'old', 'none', 'second']), reason: v.nullable(v.string()) }),
      ),
    }),
  ),
  /** True when a person's love of a track also goes to Last.fm. */
  lovesReachLastfm: v.boolean(),
  firstRunDone: v.boolean(),
  language: v.nullable(v.picklist(['fr', 'en'])),
  /** What plays at the turntable, the session begun first first; absent when nothing does. */
  turntable: v.optional(v.array(TurntableSession)),
});
export type HouseholdDocument = v.InferOutput<typeof HouseholdDocument>;
