import * as v from 'valibot';
import { AlbumDocument, AlbumSorts } from '../library/album.ts';
import { ArtistDocument } from '../library/artist.ts';
import { Count, StoredSeconds, Whole } from '../primitives/identifiers.ts';
import { Part } from '../library/partRules.ts';
import { defineEndpoint } from './contract.ts';
import { flagQuery, idParams, IdQuery, listOf, pageQuery, queryInteger } from './lists.ts';

const TAG = 'Collection';

const { tracks: _tracks, ...albumEntries } = AlbumDocument.entries;
const Credit = v.object({
  id: Whole,
  name: v.string(),
  creditedAs: v.optional(v.string()),
  join: v.optional(v.string()),
});

/** An album: the document with numbers for ids, its plays (summed over its pressings) and when it was last heard. */
export const Album = v.object({
  ...albumEntries,
  id: Whole,
  artists: v.array(Credit),
  owned: v.boolean(),
  plays: Count,
  lastPlayedAt: v.nullable(StoredSeconds),
});
export type Album = v.InferOutput<typeof Album>;

/** An album with its tracks. */
export const AlbumDetail = v.object({
  ...Album.entries,
  tracks: v.array(
    v.object({
      id: Whole,
      position: v.nullable(v.string()),
      title: v.string(),
      durationSeconds: v.nullable(Whole),
      loved: v.boolean(),
      kind: v.optional(v.string()),
      part: v.optional(Part),
      plays: Count,
      artists: v.optional(v.array(v.object({ id: Whole, name: v.string() }))),
    }),
  ),
});
export type AlbumDetail = v.InferOutput<typeof AlbumDetail>;

const { tracks: _artistTracks, ...artistEntries } = ArtistDocument.entries;
/** An artist: the document with numbers for ids, how many albums, and their plays. */
export const Artist = v.object({
  ...artistEntries,
  id: Whole,
  albums: Count,
  plays: Count,
  lastPlayedAt: v.nullable(StoredSeconds),
});
export type Artist = v.InferOutput<typeof Artist>;

/** An artist with albums and most played tracks. */
export const ArtistDetail = v.object({
  ...Artist.entries,
  albumItems: v.array(Album),
  topTracks: v.array(v.object({ id: Whole, title: v.string(), plays: Count })),
  firstHeardAt: v.nullable(StoredSeconds),
});
export type ArtistDetail = v.InferOutput<typeof ArtistDetail>;

const TextQuery = v.optional(v.pipe(v.string(), v.maxLength(200)));
/** A year that is the first of a decade; the reference has its bounds from the number. */
const DecadeQuery = v.pipe(
  queryInteger(0, 9990),
  v.check((decade) => decade % 10 === 0, 'must be the first year of a decade, such as 1970'),
);

export const listAlbums = defineEndpoint({
  operationId: 'listAlbums',
  method: 'get',
  etag: true,
  path: '/collection/albums',
  tag: TAG,
  summary: 'Albums, owned and heard',
  query: {
    ...pageQuery(30),
    q: TextQuery,
    support: TextQuery,
    year: v.optional(queryInteger(0, 9999)),
    decade: v.optional(DecadeQuery),
    artist: v.optional(IdQuery),
    label: TextQuery,
    genre: TextQuery,
    owned: flagQuery,
    wanted: flagQuery,
    sort: v.optional(v.picklist(AlbumSorts)),
  },
  answers: { 200: listOf(Album) },
});

export const getAlbum = defineEndpoint({
  operationId: 'getAlbum',
  method: 'get',
  etag: true,
  path: '/collection/albums/:id',
  errors: ['unknown-album'],
  tag: TAG,
  summary: 'One album with its tracks, copies and words',
  params: idParams,
  answers: { 200: AlbumDetail },
});

export const listArtists = defineEndpoint({
  operationId: 'listArtists',
  method: 'get',
  etag: true,
  path: '/collection/artists',
  tag: TAG,
  summary: 'Artists',
  query: { ...pageQuery(30), q: TextQuery },
  answers: { 200: listOf(Artist) },
});

export const getArtist = defineEndpoint({
  operationId: 'getArtist',
  method: 'get',
  etag: true,
  path: '/collection/artists/:id',
  errors: ['unknown-artist'],
  tag: TAG,
  summary: 'One artist with albums and most played tracks',
  params: idParams,
  answers: { 200: ArtistDetail },
});
