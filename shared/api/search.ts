import * as v from 'valibot';
import { Whole } from '../primitives/identifiers.ts';
import { Album, Artist } from './collection.ts';
import { defineEndpoint } from './contract.ts';
import { queryInteger } from './lists.ts';

/** What a search finds, of each kind the likeliest first. */
export const SearchResult = v.object({
  artists: v.array(Artist),
  albums: v.array(Album),
  tracks: v.array(
    v.object({
      id: Whole,
      title: v.string(),
      album: v.nullable(v.object({ id: Whole, title: v.string() })),
      artists: v.array(v.object({ id: Whole, name: v.string() })),
    }),
  ),
  playlists: v.array(v.object({ id: v.string(), name: v.string() })),
});
export type SearchResult = v.InferOutput<typeof SearchResult>;

export const searchLibrary = defineEndpoint({
  operationId: 'searchLibrary',
  method: 'get',
  etag: true,
  path: '/search',
  tag: 'Search',
  summary:
    'Artists, albums, tracks and playlists by name, the likeliest first; accents do not matter, nor does one typing error',
  query: {
    q: v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(200)),
    limit: v.optional(queryInteger(1, 50), '10'),
  },
  answers: { 200: SearchResult },
});
