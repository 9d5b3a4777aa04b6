import * as v from 'valibot';
import { ServiceError } from '../library/household.ts';
import { Count, Positive, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { lookupIds, upstreamIds } from '../upstreams/registry.ts';
import { defineEndpoint } from './contract.ts';
import { idParams } from './lists.ts';
import { serviceTest } from './services.ts';

const TAG = 'Enrichment';

/** How the look-ups at one service are. */
export const Lookups = v.object({
  upstream: v.picklist(upstreamIds),
  state: v.picklist(['off', 'paused', 'idle', 'working', 'blocked', 'refused']),
  blockedUntil: v.nullable(StoredSeconds),
  lastError: v.nullable(v.string()),
  trouble: v.nullable(ServiceError),
  waiting: Count,
  done: Count,
  kinds: v.record(v.string(), Count),
  /** About how long it takes to find what waits, as fast as it went lately; null where that is not known. */
  secondsLeft: v.nullable(Count),
});
export type Lookups = v.InferOutput<typeof Lookups>;

/** EurIA has a switch of its own for what it writes by itself. */
const LookupService = v.picklist(lookupIds);
const AlbumIds = v.pipe(v.array(Positive), v.minLength(1), v.maxLength(500));

export const getEnrichment = defineEndpoint({
  operationId: 'getEnrichment',
  method: 'get',
  path: '/services/enrichment/status',
  tag: TAG,
  summary: 'How much is still to be found, and how each source is',
  answers: {
    200: v.object({
      waiting: Count,
      running: Count,
      done: Count,
      givenUp: v.record(v.string(), Count),
      upstreams: v.array(Lookups),
    }),
  },
});

export const writeAlbumWords = defineEndpoint({
  operationId: 'writeAlbumWords',
  method: 'post',
  path: '/collection/albums/:id/words',
  errors: ['unknown-album', 'euria-not-connected', 'cap-reached'],
  tag: TAG,
  summary: 'Have the words about an album written now; they come by the event stream as they are written',
  params: idParams,
  answers: { 202: v.object({ albumId: Whole }) },
});

export const testSpotify = serviceTest('testSpotify', 'spotify', TAG);

export const testMusicBrainz = serviceTest('testMusicBrainz', 'musicbrainz', TAG);

/** Persisted over restarts. */
export const pauseLookups = defineEndpoint({
  operationId: 'pauseLookups',
  method: 'post',
  path: '/services/:service/pause',
  tag: TAG,
  summary: 'Look nothing up at a service until that is resumed',
  params: { service: LookupService },
  answers: { 202: v.object({ service: LookupService }) },
});

export const resumeLookups = defineEndpoint({
  operationId: 'resumeLookups',
  method: 'post',
  path: '/services/:service/resume',
  tag: TAG,
  summary: 'Go on looking things up at a service',
  params: { service: LookupService },
  answers: { 202: v.object({ service: LookupService }) },
});

export const lookUpAgain = defineEndpoint({
  operationId: 'lookUpAgain',
  method: 'post',
  path: '/services/enrichment/again',
  tag: TAG,
  summary:
    'Look again for what is missing about these albums: details, covers, years; words where there are none and EurIA writes by itself',
  body: v.object({ albumIds: AlbumIds }),
  answers: { 202: v.object({ albums: Count }) },
});
