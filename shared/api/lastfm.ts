import * as v from 'valibot';
import { ServiceError, WithheldList } from '../library/household.ts';
import { Count, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { SERVICE_ERRORS } from './errorGroups.ts';
import { Problem } from '../errors/errors.ts';
import { serviceTest } from './services.ts';

const Seconds = v.nullable(StoredSeconds);
const Scrobble = v.object({
  artist: v.string(),
  title: v.string(),
  album: v.nullable(v.string()),
  playedAt: StoredSeconds,
});
/** What is playing now, as far as the service knows it. */
const Sounding = v.object({
  artist: v.string(),
  title: v.string(),
  album: v.exactOptional(v.string()),
  durationSeconds: v.exactOptional(v.number()),
  positionSeconds: v.exactOptional(v.number()),
  imageUrl: v.exactOptional(v.string()),
  loved: v.exactOptional(v.boolean()),
});
/** How plays come in from Last.fm. Times in seconds since the epoch. */
export const TrackerStatus = v.object({
  running: v.boolean(),
  configured: v.boolean(),
  lastPollAt: Seconds,
  nextPollAt: Seconds,
  lastScrobble: v.nullable(Scrobble),
  nowPlaying: v.nullable(Sounding),
  consecutiveFailures: Count,
  lastError: v.nullable(v.string()),
  trouble: v.nullable(ServiceError),
  /** Set while another user's history would be mixed in: whose it is, and who is configured. */
  otherUser: v.nullable(v.object({ recorded: v.string(), configured: v.string() })),
  /** Pages of the last 15 days that could not be read; they are read again every hour. */
  pagesSteppedOver: Count,
  /** Loves that Last.fm no longer lists and that stay all the same. */
  withheld: v.array(WithheldList),
});
export type TrackerStatus = v.InferOutput<typeof TrackerStatus>;

/** The import of the whole history. */
export const BackfillStatus = v.object({
  state: v.picklist(['idle', 'running', 'done', 'failed', 'cancelled']),
  /** How many plays Last.fm has, as far as it said so. */
  total: v.nullable(Count),
  /** Roughly how long the whole takes at the allowed pace. */
  estimateSeconds: Seconds,
  seen: Count,
  new: Count,
  known: Count,
  /** Listed more than once under the same stamp and names; recorded once. */
  repeated: Count,
  refused: v.array(v.object({ reason: v.string(), count: Count })),
  /** Entries that name no play: set aside, not recorded. */
  setAside: v.array(v.object({ reason: v.string(), count: Count })),
  /** Pages that could never be read. */
  pagesSteppedOver: Count,
  /** Plays up to this moment are still to come; seconds since the epoch. */
  reachedBackTo: Seconds,
  startedAt: Seconds,
  endedAt: Seconds,
  lastError: v.nullable(v.string()),
  /** The same as a code that pages translate; null where it failed before there were any. */
  problem: v.nullable(Problem),
  /** When it is asked for again, where the last request failed. */
  nextTryAt: Seconds,
  /** "Last.fm has N, here are M, because …", once done. */
  comparison: v.nullable(
    v.object({
      lastfm: Count,
      here: Count,
      because: v.array(v.object({ reason: v.string(), count: Count })),
    }),
  ),
});

export type BackfillStatus = v.InferOutput<typeof BackfillStatus>;

const TAG = 'Last.fm';

/** A manual listen that Last.fm did not take. */
export const NotTaken = v.object({
  playedAt: StoredSeconds,
  artist: v.string(),
  title: v.string(),
  outcome: v.picklist(['ignored', 'too-old']),
  code: v.nullable(Whole),
  reason: v.nullable(v.string()),
});

export type NotTaken = v.InferOutput<typeof NotTaken>;

/** The outbox of manual listens for Last.fm. */
export const ScrobbleOutbox = v.object({
  on: v.boolean(),
  /** Logged since the switch was turned on, and not sent yet. */
  waiting: Count,
  taken: Count,
  /** Seconds since the epoch. */
  lastTakenAt: v.nullable(StoredSeconds),
  /** The latest that Last.fm does not have, and why. */
  notTaken: v.array(NotTaken),
  lastError: v.nullable(v.string()),
  trouble: v.nullable(ServiceError),
});
export type ScrobbleOutbox = v.InferOutput<typeof ScrobbleOutbox>;

export const getTracker = defineEndpoint({
  operationId: 'getTracker',
  method: 'get',
  path: '/services/tracker/status',
  tag: TAG,
  summary: 'How the Last.fm tracker is',
  answers: { 200: TrackerStatus },
});

export const startTracker = defineEndpoint({
  operationId: 'startTracker',
  method: 'post',
  path: '/services/tracker/start',
  tag: TAG,
  summary: 'Follow Last.fm; the choice survives a restart',
  answers: { 200: TrackerStatus },
});

export const stopTracker = defineEndpoint({
  operationId: 'stopTracker',
  method: 'post',
  path: '/services/tracker/stop',
  tag: TAG,
  summary: 'Stop following Last.fm; the choice survives a restart',
  answers: { 200: TrackerStatus },
});

export const acceptTrackerUser = defineEndpoint({
  operationId: 'acceptTrackerUser',
  method: 'post',
  path: '/services/tracker/accept-user',
  tag: TAG,
  summary: "Say that the configured user's plays belong in this journal too",
  answers: { 200: TrackerStatus },
});

export const getBackfill = defineEndpoint({
  operationId: 'getBackfill',
  method: 'get',
  path: '/services/lastfm/backfill',
  errors: [...SERVICE_ERRORS],
  tag: TAG,
  summary: 'The import of the whole Last.fm history: its size, how far it came, how it ended',
  query: { measure: v.optional(v.picklist(['true', 'false'])) },
  answers: { 200: BackfillStatus },
});

export const startBackfill = defineEndpoint({
  operationId: 'startBackfill',
  method: 'post',
  path: '/services/lastfm/backfill',
  errors: ['lastfm-not-connected'],
  tag: TAG,
  summary: 'Import the whole Last.fm history, or join the import that is going',
  answers: { 202: BackfillStatus },
});

export const cancelBackfill = defineEndpoint({
  operationId: 'cancelBackfill',
  method: 'delete',
  path: '/services/lastfm/backfill',
  tag: TAG,
  summary: 'Cancel the import; what it brought stays',
  answers: { 200: BackfillStatus },
});

export const getScrobbleOutbox = defineEndpoint({
  operationId: 'getScrobbleOutbox',
  method: 'get',
  path: '/services/lastfm/scrobbles',
  tag: TAG,
  summary:
    'Listens logged by hand, as they are submitted to Last.fm: how many wait, how many it took, the latest it did not take and why',
  answers: { 200: ScrobbleOutbox },
});

export const testLastfm = serviceTest('testLastfm', 'lastfm', TAG, ['lastfm-key-missing']);

export const authorizeLastfm = defineEndpoint({
  operationId: 'authorizeLastfm',
  method: 'get',
  path: '/services/lastfm/authorize',
  errors: ['lastfm-key-missing', 'setting-fixed', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'The page on which a person allows AIME to love and scrobble for them; it leads back to `callback`',
  query: { callback: v.pipe(v.string(), v.url()) },
  answers: { 200: v.object({ url: v.string() }) },
});

export const connectLastfm = defineEndpoint({
  operationId: 'connectLastfm',
  method: 'post',
  path: '/services/lastfm/session',
  errors: ['lastfm-key-missing', 'setting-fixed', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'Turn the token that came back into a session',
  body: v.object({ token: v.pipe(v.string(), v.minLength(1)) }),
  answers: { 200: v.object({ name: v.string() }) },
});
