import * as v from 'valibot';
import type { MusicBrainzClient } from '../../upstreams/musicbrainz/index.ts';
import { defineRoute } from '../route.ts';
import { SERVICE_ERRORS } from '../routeErrors.ts';

const Mbid = v.pipe(v.string(), v.uuid());
const Words = v.pipe(v.string(), v.trim(), v.maxLength(200));

/** Records that the library does not have, to log them: MusicBrainz needs no key. @param client the one that keeps to its rate. */
export const musicBrainzRoutes = (client: () => MusicBrainzClient) => [
  defineRoute({
    method: 'get',
    path: '/services/musicbrainz/releases',
    errors: SERVICE_ERRORS,
    tag: 'MusicBrainz',
    summary: 'Editions of a record by its title and artist, the likeliest first, to log what is not in the library',
    query: { title: v.pipe(Words, v.minLength(1)), artist: v.optional(Words) },
    answer: v.object({
      items: v.array(
        v.object({ mbid: v.string(), title: v.string(), artist: v.string(), year: v.nullable(v.number()) }),
      ),
    }),
    async handle({ query }) {
      const found = await client().searchReleases({ title: query.title, artist: query.artist ?? '' });
      return { items: found.map(({ mbid, title, credit, year }) => ({ mbid, title, artist: credit, year })) };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/services/musicbrainz/releases/:mbid',
    errors: SERVICE_ERRORS,
    tag: 'MusicBrainz',
    summary: 'The tracks of an edition, with their lengths where they are known',
    params: { mbid: Mbid },
    answer: v.object({
      tracks: v.array(
        v.object({ title: v.string(), position: v.nullable(v.string()), durationSeconds: v.nullable(v.number()) }),
      ),
    }),
    handle: async ({ params }) => ({ tracks: await client().releaseTracks(params.mbid) }),
  }),
];
