import * as v from 'valibot';
import { Count, Whole } from '../primitives/identifiers.ts';
import { defineEndpoint } from './contract.ts';
import { SERVICE_ERRORS } from './errorGroups.ts';

const Mbid = v.pipe(v.string(), v.uuid());
const SearchText = v.pipe(v.string(), v.trim(), v.maxLength(200));

export const searchMusicBrainz = defineEndpoint({
  operationId: 'searchMusicBrainz',
  method: 'get',
  path: '/services/musicbrainz/releases',
  errors: SERVICE_ERRORS,
  tag: 'MusicBrainz',
  summary: 'Editions of a record by its title and artist, the likeliest first, to log what is not in the library',
  query: { title: v.pipe(SearchText, v.minLength(1)), artist: v.optional(SearchText) },
  answers: {
    200: v.object({
      items: v.array(v.object({ mbid: v.string(), title: v.string(), artist: v.string(), year: v.nullable(Whole) })),
    }),
  },
});

export const getMusicBrainzRelease = defineEndpoint({
  operationId: 'getMusicBrainzRelease',
  method: 'get',
  path: '/services/musicbrainz/releases/:mbid',
  errors: SERVICE_ERRORS,
  tag: 'MusicBrainz',
  summary: 'The tracks of an edition, with their lengths where they are known',
  params: { mbid: Mbid },
  answers: {
    200: v.object({
      tracks: v.array(
        v.object({ title: v.string(), position: v.nullable(v.string()), durationSeconds: v.nullable(Count) }),
      ),
    }),
  },
});
