import * as v from 'valibot';
import { AlbumDocument } from '#shared/library/album.ts';
import { ArtistDocument } from '#shared/library/artist.ts';
import { Part } from '#shared/library/parts.ts';
import { listOf, pageQuery, queryInteger } from '#shared/api/lists.ts';
import type { Library } from '../../library/contract.ts';
import { HttpError } from '../httpError.ts';
import { listAnswer } from '../lists.ts';
import { defineRoute } from '../route.ts';

const Id = v.number();
const { tracks: _tracks, ...albumEntries } = AlbumDocument.entries;
const Credit = v.object({ id: Id, name: v.string(), creditedAs: v.optional(v.string()), join: v.optional(v.string()) });
export const AlbumAnswer = v.object({
  ...albumEntries,
  id: Id,
  artists: v.array(Credit),
  owned: v.boolean(),
  plays: v.number(),
  lastPlayedAt: v.nullable(v.number()),
});
const AlbumDetailAnswer = v.object({
  ...AlbumAnswer.entries,
  tracks: v.array(
    v.object({
      id: Id,
      position: v.nullable(v.string()),
      title: v.string(),
      durationSeconds: v.nullable(v.number()),
      loved: v.boolean(),
      kind: v.optional(v.string()),
      part: v.optional(Part),
      plays: v.number(),
      artists: v.optional(v.array(v.object({ id: Id, name: v.string() }))),
    }),
  ),
});
const { tracks: _artistTracks, ...artistEntries } = ArtistDocument.entries;
export const ArtistAnswer = v.object({
  ...artistEntries,
  id: Id,
  albums: v.number(),
  plays: v.number(),
  lastPlayedAt: v.nullable(v.number()),
});
const ArtistDetailAnswer = v.object({
  ...ArtistAnswer.entries,
  albumItems: v.array(AlbumAnswer),
  topTracks: v.array(v.object({ id: Id, title: v.string(), plays: v.number() })),
  firstHeardAt: v.nullable(v.number()),
});

const idParam = { id: queryInteger(1, Number.MAX_SAFE_INTEGER) };
const flag = v.optional(
  v.pipe(
    v.picklist(['true', 'false', '1', '0']),
    v.transform((value) => value === 'true' || value === '1'),
  ),
);
const words = v.optional(v.pipe(v.string(), v.maxLength(200)));

/** @param onLooked told which album a person looks at, so that what is missing about it is found first. */
export const collectionRoutes = (library: Library, onLooked: (albumId: number) => void) => [
  defineRoute({
    method: 'get',
    path: '/collection/albums',
    tag: 'Collection',
    summary: 'Albums, owned and heard',
    query: {
      ...pageQuery(30),
      q: words,
      support: words,
      year: v.optional(queryInteger(0, 9999)),
      decade: v.optional(
        v.pipe(
          queryInteger(0, 9990),
          v.check((decade) => decade % 10 === 0, 'must be the first year of a decade, such as 1970'),
        ),
      ),
      artist: v.optional(queryInteger(1, Number.MAX_SAFE_INTEGER)),
      label: words,
      genre: words,
      owned: flag,
      wanted: flag,
      sort: v.optional(v.picklist(['artist', 'title', 'year', 'added', 'plays', 'lastPlayed', 'rating'])),
    },
    answer: listOf(AlbumAnswer),
    handle: ({ query }) => listAnswer(query, library.reads.albums(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/collection/albums/:id',
    errors: ['unknown-album'],
    tag: 'Collection',
    summary: 'One album with its tracks, copies and words',
    params: idParam,
    answer: AlbumDetailAnswer,
    handle({ params }) {
      const album = library.reads.album(params.id);
      if (!album) throw new HttpError({ code: 'unknown-album', params: { id: params.id } });
      onLooked(params.id);
      return album;
    },
  }),
  defineRoute({
    method: 'get',
    path: '/collection/artists',
    tag: 'Collection',
    summary: 'Artists',
    query: { ...pageQuery(30), q: words },
    answer: listOf(ArtistAnswer),
    handle: ({ query }) => listAnswer(query, library.reads.artists(query)),
  }),
  defineRoute({
    method: 'get',
    path: '/collection/artists/:id',
    errors: ['unknown-artist'],
    tag: 'Collection',
    summary: 'One artist with albums and most played tracks',
    params: idParam,
    answer: ArtistDetailAnswer,
    handle({ params }) {
      const artist = library.reads.artist(params.id);
      if (!artist) throw new HttpError({ code: 'unknown-artist', params: { id: params.id } });
      return artist;
    },
  }),
];
