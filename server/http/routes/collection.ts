import { getAlbum, getArtist, listAlbums, listArtists } from '#shared/api/collection.ts';
import type { Library } from '../../library/api/library.ts';
import { HttpError } from '../../kit/http/httpError.ts';
import { listAnswer } from '../lists.ts';
import { route } from '../route.ts';

/** @param onLooked called with the album a person looks at, so that what is missing about it is found first. */
export const collectionRoutes = (library: Library, onLooked: (albumId: number) => void) => [
  route(listAlbums, ({ query }) => listAnswer(query, library.reads.albums(query))),
  route(getAlbum, ({ params }) => {
    const album = library.reads.album(params.id);
    if (!album) throw new HttpError({ code: 'unknown-album', params: { id: params.id } });
    onLooked(params.id);
    return album;
  }),
  route(listArtists, ({ query }) => listAnswer(query, library.reads.artists(query))),
  route(getArtist, ({ params }) => {
    const artist = library.reads.artist(params.id);
    if (!artist) throw new HttpError({ code: 'unknown-artist', params: { id: params.id } });
    return artist;
  }),
];
