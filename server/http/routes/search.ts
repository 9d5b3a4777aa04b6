import * as v from 'valibot';
import { queryInteger } from '#shared/api/lists.ts';
import type { Library } from '../../library/contract.ts';
import { defineRoute } from '../route.ts';
import { AlbumAnswer, ArtistAnswer } from './collection.ts';

const Id = v.number();

export const searchRoutes = (library: Library) => [
  defineRoute({
    method: 'get',
    path: '/search',
    tag: 'Search',
    summary:
      'Artists, albums, tracks and playlists by name, the likeliest first; accents do not matter, nor does one typing error',
    query: {
      q: v.pipe(v.string(), v.trim(), v.minLength(1, 'must not be empty'), v.maxLength(200)),
      limit: v.optional(queryInteger(1, 50), '10'),
    },
    answer: v.object({
      artists: v.array(ArtistAnswer),
      albums: v.array(AlbumAnswer),
      tracks: v.array(
        v.object({
          id: Id,
          title: v.string(),
          album: v.nullable(v.object({ id: Id, title: v.string() })),
          artists: v.array(v.object({ id: Id, name: v.string() })),
        }),
      ),
      playlists: v.array(v.object({ id: v.string(), name: v.string() })),
    }),
    handle: ({ query }) => library.reads.search(query.q, query.limit),
  }),
];
