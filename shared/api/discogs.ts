import * as v from 'valibot';
import { ServiceError, WithheldList } from '../library/household.ts';
import { Count, Positive, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { SERVICE_ERRORS } from './errorGroups.ts';
import { queryInteger } from './lists.ts';
import { serviceTest } from './services.ts';

const TAG = 'Discogs';
const Seconds = v.nullable(StoredSeconds);
/** How the import of the collection goes. Times in seconds since the epoch. */
export const DiscogsImport = v.object({
  state: v.picklist(['idle', 'running', 'done', 'failed', 'cancelled']),
  page: Count,
  pages: Count,
  /** Copies read so far, and how many Discogs counts. */
  seen: Count,
  total: v.nullable(Count),
  added: Count,
  changed: Count,
  removed: Count,
  /** Copies that could not be read; with any, nothing is taken off the shelf. */
  unreadable: Count,
  username: v.nullable(v.string()),
  startedAt: Seconds,
  endedAt: Seconds,
  lastError: v.nullable(v.string()),
  trouble: v.optional(v.nullable(ServiceError)),
  /** What Discogs no longer lists and stays all the same. */
  withheld: v.array(WithheldList),
});

export type DiscogsImport = v.InferOutput<typeof DiscogsImport>;

/** A release, as it is added as a record. */
export const FoundRelease = v.object({
  id: Positive,
  masterId: v.nullable(Positive),
  title: v.string(),
  year: v.nullable(Whole),
  support: v.nullable(v.string()),
  artists: v.array(v.string()),
  tracks: v.array(v.string()),
});

export type FoundRelease = v.InferOutput<typeof FoundRelease>;

/** A release that a search found, as Discogs lists it. */
export const FoundOnDiscogs = v.object({
  id: Positive,
  masterId: v.nullable(Positive),
  /** "Artist - Title", as Discogs joins them. */
  title: v.string(),
  year: v.nullable(Whole),
  formats: v.array(v.string()),
  labels: v.array(v.string()),
  catno: v.nullable(v.string()),
  country: v.nullable(v.string()),
  barcodes: v.array(v.string()),
  coverUrl: v.nullable(v.string()),
  thumbUrl: v.nullable(v.string()),
});
export type FoundOnDiscogs = v.InferOutput<typeof FoundOnDiscogs>;

export const getDiscogsImport = defineEndpoint({
  operationId: 'getDiscogsImport',
  method: 'get',
  path: '/services/discogs/status',
  tag: TAG,
  summary: 'How the import of the collection goes',
  answers: { 200: DiscogsImport },
});

export const startDiscogsImport = defineEndpoint({
  operationId: 'startDiscogsImport',
  method: 'post',
  path: '/services/discogs/sync',
  errors: ['discogs-not-connected'],
  tag: TAG,
  summary: 'Import the collection, or join the import that is going',
  answers: { 202: DiscogsImport },
});

export const stopDiscogsImport = defineEndpoint({
  operationId: 'stopDiscogsImport',
  method: 'delete',
  path: '/services/discogs/sync',
  tag: TAG,
  summary: 'Cancel the import; what it brought stays',
  answers: { 200: DiscogsImport },
});

export const cancelDiscogsImport = defineEndpoint({
  operationId: 'cancelDiscogsImport',
  method: 'post',
  path: '/services/discogs/cancel',
  tag: TAG,
  summary: 'Cancel the import; what it brought stays',
  answers: { 200: DiscogsImport },
});

export const testDiscogs = serviceTest('testDiscogs', 'discogs', TAG);

export const authorizeDiscogs = defineEndpoint({
  operationId: 'authorizeDiscogs',
  method: 'post',
  path: '/services/discogs/authorize',
  errors: ['discogs-consumer-missing', 'setting-fixed', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'Begin to connect an account (OAuth 1.0a): the page where the person agrees; it leads back to `callback`',
  body: v.object({ callback: v.pipe(v.string(), v.url()) }),
  answers: { 200: v.object({ url: v.string() }) },
});

export const connectDiscogs = defineEndpoint({
  operationId: 'connectDiscogs',
  method: 'post',
  path: '/services/discogs/session',
  errors: ['connection-too-old', 'discogs-not-connected', 'setting-fixed', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'End the dance with what came back: the account is connected',
  body: v.object({
    oauthToken: v.pipe(v.string(), v.minLength(1)),
    oauthVerifier: v.pipe(v.string(), v.minLength(1)),
  }),
  answers: { 200: v.object({ username: v.string() }) },
});

export const getDiscogsRelease = defineEndpoint({
  operationId: 'getDiscogsRelease',
  method: 'get',
  path: '/services/discogs/releases/:id',
  errors: ['unknown-release', 'discogs-not-connected', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'One release, to add it as a record or to know what a link leads to',
  params: { id: queryInteger(1, Number.MAX_SAFE_INTEGER) },
  answers: { 200: FoundRelease },
});

export const searchDiscogs = defineEndpoint({
  operationId: 'searchDiscogs',
  method: 'get',
  path: '/services/discogs/search',
  errors: ['nothing-to-look-for', 'discogs-not-connected', 'discogs-token-needed', ...SERVICE_ERRORS],
  tag: TAG,
  summary: 'Releases by barcode or by words, to add a record by hand',
  query: {
    barcode: v.optional(v.pipe(v.string(), v.maxLength(40))),
    q: v.optional(v.pipe(v.string(), v.maxLength(200))),
  },
  answers: { 200: v.object({ items: v.array(FoundOnDiscogs) }) },
});
