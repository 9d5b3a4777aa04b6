import * as v from 'valibot';
import { queryInteger } from '#shared/api/lists.ts';
import { Trouble } from '#shared/library/household.ts';
import { Positive } from '#shared/library/identifiers.ts';
import { lookupIds } from '#shared/upstreams/registry.ts';
import type { Library } from '../../library/api/library.ts';
import type { EnrichmentModule } from '../../modules/enrichment.ts';
import { HttpError } from '../httpError.ts';
import { defineRoute } from '../route.ts';
import { TestAnswer } from './testAnswer.ts';

/** EurIA has a switch of its own for what it writes by itself. */
const LookupService = v.picklist(lookupIds);
const AlbumIds = v.pipe(v.array(Positive), v.minLength(1), v.maxLength(500));

/** What fills gaps: how it goes, and what a person wants of it. */
export const enrichmentRoutes = (enrichment: EnrichmentModule, library: Pick<Library, 'facts'>) => [
  defineRoute({
    method: 'get',
    path: '/services/enrichment/status',
    tag: 'Enrichment',
    summary: 'How much is still to be found, and how each source is',
    answer: v.object({
      waiting: v.number(),
      running: v.number(),
      done: v.number(),
      givenUp: v.record(v.string(), v.number()),
      upstreams: v.array(
        v.object({
          upstream: v.string(),
          state: v.picklist(['off', 'paused', 'idle', 'working', 'blocked', 'refused']),
          blockedUntil: v.nullable(v.number()),
          lastError: v.nullable(v.string()),
          trouble: v.nullable(Trouble),
          waiting: v.number(),
          done: v.number(),
          kinds: v.record(v.string(), v.number()),
          secondsLeft: v.nullable(v.number()),
        }),
      ),
    }),
    handle: () => enrichment.status(),
  }),
  defineRoute({
    method: 'post',
    path: '/collection/albums/:id/words',
    errors: ['unknown-album', 'euria-not-connected', 'cap-reached'],
    tag: 'Enrichment',
    summary: 'Have the words about an album written now; they come by the event stream as they are written',
    params: { id: queryInteger(1, Number.MAX_SAFE_INTEGER) },
    status: 202,
    handle({ params }) {
      if (!library.facts.album(params.id)) throw new HttpError({ code: 'unknown-album', params: { id: params.id } });
      if (!enrichment.euria.client) throw new HttpError({ code: 'euria-not-connected' });
      const asked = enrichment.euria.share('asked');
      if (asked.waitSeconds() > 0)
        throw new HttpError(
          { code: 'cap-reached', params: { cap: asked.usage().cap } },
          { message: asked.words(), retryAfterSeconds: asked.waitSeconds() },
        );
      enrichment.writeWords(params.id);
      return { albumId: params.id };
    },
  }),
  defineRoute({
    method: 'post',
    path: '/services/spotify/test',
    writes: false,
    tag: 'Enrichment',
    summary: 'Ask Spotify once, with the settings as they are',
    answer: TestAnswer,
    handle: () => enrichment.testSpotify(),
  }),
  defineRoute({
    method: 'post',
    path: '/services/musicbrainz/test',
    writes: false,
    tag: 'Enrichment',
    summary: 'Ask MusicBrainz once, with the settings as they are',
    answer: TestAnswer,
    handle: () => enrichment.testMusicBrainz(),
  }),
  // A person wants nothing looked up at a service for now, and later that it goes on. Kept over restarts.
  pauseRoute('pause', 'Look nothing up at a service until that is resumed', (service) =>
    enrichment.pause(service, true),
  ),
  pauseRoute('resume', 'Go on looking things up at a service', (service) => enrichment.pause(service, false)),
  defineRoute({
    method: 'post',
    path: '/services/enrichment/again',
    tag: 'Enrichment',
    summary:
      'Look again for what is missing about these albums: details, covers, years; words where there are none and EurIA writes by itself',
    body: v.object({ albumIds: AlbumIds }),
    status: 202,
    answer: v.object({ albums: v.number() }),
    handle: ({ body }) => ({ albums: enrichment.lookUpAgain([...new Set(body.albumIds)]) }),
  }),
];

const pauseRoute = <Name extends string>(
  name: Name,
  summary: string,
  act: (service: v.InferOutput<typeof LookupService>) => void,
) =>
  defineRoute({
    method: 'post',
    path: `/services/:service/${name}`,
    tag: 'Enrichment',
    summary,
    params: { service: LookupService },
    status: 202,
    answer: v.object({ service: LookupService }),
    handle({ params }) {
      act(params.service);
      return { service: params.service };
    },
  });
